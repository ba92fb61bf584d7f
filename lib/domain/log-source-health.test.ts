import { describe, expect, it } from "vitest";
import { aLogSource } from "@/lib/testing/configs";
import {
  errorAdvice,
  type LogSourceFacts,
  type LogSourceStanding,
  logSourceHealth,
} from "./log-source-health";
import { logSourceErrorCodes } from "./log-source-state";
import { reason } from "./reason";

const nowMs = 1_800_000_000_000;
const minute = 60_000;

const standing: LogSourceStanding = {
  errorCode: null,
  lastError: null,
  lastErrorAtMs: null,
  consecutiveErrors: 0,
  offset: 100,
  fileSize: 100,
  generation: 1,
  lagBytes: 0,
  behindSinceMs: null,
  bytesPerSecond: 5,
  recordsPerMinute: 2,
  totalBytesRead: 100,
  totalLines: 10,
  totalCandidates: 3,
  totalSubmitted: 2,
  totalQuarantined: 1,
  totalOversizeLines: 0,
  lastPollAtMs: nowMs - 1_000,
  lastRecordAtMs: nowMs - minute,
  lastSubmittedAtMs: nowMs - minute,
  positionedAtMs: nowMs - 10 * minute,
  watching: "notified",
};

const facts = (
  more: Omit<Partial<LogSourceFacts>, "standing"> = {},
  over: Partial<LogSourceStanding> = {},
) => ({
  ...{ source: aLogSource(), stopped: null, watched: true, openQuarantined: 0, freshnessSlaMs: null, nowMs },
  standing: { ...standing, ...over },
  ...more,
});
const stopped = reason("source_paused", "The log source is paused.");
const failing = { consecutiveErrors: 2, errorCode: "not_found", lastError: "no such file" } as const;
const behind = { lagBytes: 4_000, behindSinceMs: nowMs - minute };
const hourly = aLogSource({ reading: { expectedIntervalSeconds: 30 } });

describe("the state is the first that holds", () => {
  it.each<[string, LogSourceFacts, string]>([
    ["stopped before everything", { ...facts({ stopped, openQuarantined: 3 }, { ...failing }) }, "stopped"],
    ["never looked at", { ...facts(), standing: null }, "waiting"],
    ["nobody reads", facts({ watched: false }, failing), "waiting"],
    ["a row, and no poll yet", facts({}, { lastPollAtMs: null }), "waiting"],
    ["errors in a row", facts({ openQuarantined: 1 }, { ...failing, ...behind }), "unreadable"],
    ["records set aside", facts({ openQuarantined: 1, source: hourly }, behind), "quarantining"],
    ["no record for longer than expected", facts({ source: hourly }, behind), "silent"],
    ["no record for longer than its freshness", facts({ freshnessSlaMs: 30_000 }), "silent"],
    [
      "the source's own interval comes first",
      facts({ source: hourly, freshnessSlaMs: 10 * minute }),
      "silent",
    ],
    [
      "never a record since it was first looked at",
      facts({ source: hourly }, { lastRecordAtMs: null }),
      "silent",
    ],
    ["a record in time", facts({ freshnessSlaMs: 2 * minute }), "healthy"],
    ["a backlog", facts({}, behind), "behind"],
    ["a backlog of a moment", facts({}, { lagBytes: 9, behindSinceMs: nowMs - 9_000 }), "healthy"],
    ["an error of the past", facts({}, { lastError: "no such file", lastErrorAtMs: 5 }), "healthy"],
  ])("%s", (_, given, state) => {
    expect(logSourceHealth("shop", given).state).toBe(state);
  });
});

describe("what it says besides", () => {
  it("lag in bytes and in time, and from when on silence is an alarm", () => {
    const health = logSourceHealth("shop", facts({ source: hourly }, { ...behind, lastRecordAtMs: nowMs }));
    expect(health).toMatchObject({
      ...{ projectId: "shop", sourceId: "api", path: "logs/api.log", lagBytes: 4_000, lagMs: minute },
      ...{ silentAfterMs: nowMs + 30_000, fileSize: 100, totalLines: 10, watching: "notified" },
    });
    expect(logSourceHealth("shop", facts()).silentAfterMs).toBeNull();
    expect(health).not.toHaveProperty("behindSinceMs");
  });

  it("advice for every error, and where nothing is to be done none", () => {
    for (const errorCode of logSourceErrorCodes) {
      const unreadable = logSourceHealth("shop", facts({}, { ...failing, errorCode }));
      expect(unreadable.advice).toBe(errorAdvice[errorCode]);
      expect(unreadable.advice).toMatch(/^[A-Z].*\.$/);
    }
    expect(logSourceHealth("shop", facts()).advice).toBeNull();
    expect(logSourceHealth("shop", facts({ stopped })).advice).toBe(stopped.message);
    expect(logSourceHealth("shop", facts({ watched: false })).advice).toContain("worker");
  });

  it("a rotated file that was lost is told though reading goes on", () => {
    const health = logSourceHealth("shop", facts({}, { errorCode: "rotated_file_lost", lastErrorAtMs: 5 }));
    expect([health.state, health.advice]).toEqual(["healthy", errorAdvice.rotated_file_lost]);
  });
});
