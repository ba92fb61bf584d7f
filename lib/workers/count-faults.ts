import { logger } from "@/lib/logger";
import { reportOwnFailures } from "@/lib/pipeline/intake/report-own-failures";
import type { WorkerContext } from "./worker";

/** Failures in a row that are a failure of the product, not a hiccup; and how often it is said again while it lasts. */
const faultCountMin = 5;
const repeatMs = 10 * 60_000;

export type FaultCounter = {
  passed: () => void;
  /** Logs the fault; from the fifth in a row on it becomes an incident about this product, at most every ten minutes. */
  failed: (error: unknown, words: string) => Promise<void>;
};

/** Counts how often in a row a loop failed. A database that is away cannot be told so: that is in the log alone. */
export function countFaults(worker: WorkerContext, loop: string): FaultCounter {
  let failureCount = 0;
  let reportedAtMs = Number.NEGATIVE_INFINITY;
  return {
    passed: () => {
      failureCount = 0;
    },
    failed: async (error, words) => {
      failureCount += 1;
      logger.error({ err: error, loop, failureCount }, words);
      const nowMs = worker.clock.nowMs();
      if (failureCount < faultCountMin || nowMs - reportedAtMs < repeatMs) return;
      const failure = { kind: "loop", loop, ...nameOf(error), failureCount, failedAtMs: nowMs } as const;
      try {
        const [answer] = await reportOwnFailures(worker.context("own-failures"), [failure]);
        if (answer?.ok) reportedAtMs = nowMs;
      } catch (unreported) {
        logger.error({ err: unreported, loop }, "a failing loop could not be reported");
      }
    },
  };
}

/** Only name and code are told: the words of an error may hold statements, addresses and values. */
function nameOf(error: unknown): { errorName: string; errorCode: string | null } {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return {
    errorName: typeof name === "string" && name ? name : "Error",
    errorCode: typeof code === "string" ? code : null,
  };
}
