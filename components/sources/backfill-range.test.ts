import { describe, expect, it } from "vitest";
import { rangeOf, readRange } from "./backfill-range";

const now = Date.UTC(2026, 2, 12, 14, 5, 30);

it("a span ends with the minute that runs", () => {
  expect(rangeOf(3_600_000, now, "UTC")).toEqual({ from: "2026-03-12T13:06", to: "2026-03-12T14:06" });
  expect(rangeOf(3_600_000, now, "Europe/Berlin").to).toBe("2026-03-12T15:06");
});

describe("two date fields", () => {
  it("are read in the zone of the page", () => {
    expect(readRange({ from: "2026-03-12T13:00", to: "2026-03-12T14:00" }, "Europe/Berlin")).toEqual({
      ok: true,
      from_ms: Date.UTC(2026, 2, 12, 12),
      to_ms: Date.UTC(2026, 2, 12, 13),
    });
  });

  it.each([
    ["", "2026-03-12T14:00", "from"],
    ["2026-03-12T14:00", "", "to"],
    ["2026-03-12T14:00", "2026-03-12T14:00", "to"],
    ["2026-03-12T14:00", "2026-03-12T13:00", "to"],
  ])("%s to %s: at fault is %s", (from, to, field) => {
    expect(readRange({ from, to }, "UTC")).toMatchObject({ ok: false, field });
  });
});
