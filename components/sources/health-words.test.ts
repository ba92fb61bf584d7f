import { describe, expect, it } from "vitest";
import type { LogSourceHealthWire } from "@/lib/contracts/log-source";
import { hasBeenRead, lagWords, rateWords, readShare, worstHealth } from "./health-words";

describe("how far behind", () => {
  it.each([
    [0, 0, "all read"],
    [0, 5_000, "all read"],
    [900, 400, "900 bytes behind"],
    [1_100_000, 12_000, "1.1 MB behind, for 12 s"],
    [1_100_000, 4_320_000, "1.1 MB behind, for 1 h 12 min"],
  ])("%d bytes and %d ms", (lag_bytes, lag_ms, words) => {
    expect(lagWords({ lag_bytes, lag_ms })).toBe(words);
  });
});

it.each([
  [0.2, 0, "nothing in the last minute"],
  [12_000, 1, "12 kB a second, 1 record a minute"],
  [3, 1_234.6, "3 bytes a second, 1,235 records a minute"],
])("%d bytes/s and %d records/min", (bytes_per_second, records_per_minute, words) => {
  expect(rateWords({ bytes_per_second, records_per_minute })).toBe(words);
});

it.each([
  [10, undefined, null],
  [0, 0, 1],
  [5, 20, 0.25],
  [30, 20, 1],
])("offset %s of %s", (offset, file_size, share) => {
  expect(readShare({ offset, file_size })).toBe(share);
});

it.each([
  [{ total_bytes_read: 0 }, false],
  [{ last_poll_at_ms: 5, total_bytes_read: 0 }, false],
  [{ last_poll_at_ms: 5, file_size: 0, total_bytes_read: 0 }, true],
  [{ last_poll_at_ms: 5, total_bytes_read: 900 }, true],
])("%j has been read: %s", (row, read) => {
  expect(hasBeenRead(row)).toBe(read);
});

it("names the source that needs somebody most", () => {
  const row = (source_id: string, state: string) => ({ source_id, state }) as LogSourceHealthWire;
  const of = (...states: string[]) => worstHealth(states.map((state, at) => row(`s${at}`, state)))?.state;
  expect(of()).toBeUndefined();
  expect(of("healthy", "silent", "behind")).toBe("silent");
  expect(of("stopped", "healthy")).toBe("healthy");
  expect(of("waiting", "unreadable", "silent")).toBe("unreadable");
});
