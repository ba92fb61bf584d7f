import type { FindOutcome } from "./found-issue";
import { type Reason, reason } from "./reason";

/** The first look at what an attempt without an answer may have left: trackers show what they wrote a moment later. */
export const firstLookAfterMs = 2_000;
/** Waits before the looks after it. That many looks in a row must find nothing before it counts as not sent. */
const laterLooksAfterMs = [15_000, 60_000] as const;
const unknownAfterMs = [15_000, 60_000, 300_000, 900_000] as const;

export type ReconcileStep =
  | { step: "happened"; effect: NonNullable<Extract<FindOutcome, { outcome: "found" }>["ownEffect"]> }
  /** Nobody has it: the same delivery is due again, and looks once more before it sends. */
  | { step: "send_again"; reason: Reason }
  | { step: "look_again"; afterMs: number; absentCount: number; reason: Reason };

/**
 * What a look says about a delivery whose reply was lost (D-10). Only its own key proves that it happened; only looks that
 * could see and saw nothing, several and apart, say that it did not; a look that failed says nothing.
 *
 * @param absentCount looks so far that found nothing.
 */
export function afterLook(found: FindOutcome, absentCount: number): ReconcileStep {
  if (found.outcome === "unknown") {
    const afterMs = Math.max(
      unknownAfterMs[Math.min(absentCount, unknownAfterMs.length - 1)] ?? 0,
      found.retryAfterMs ?? 0,
    );
    return { step: "look_again", afterMs, absentCount, reason: found.reason };
  }
  if (found.outcome === "found" && found.ownEffect) return { step: "happened", effect: found.ownEffect };
  const afterMs = laterLooksAfterMs[absentCount];
  if (afterMs === undefined) {
    const words = `The destination was asked ${absentCount + 1} times and has nothing of this delivery.`;
    return { step: "send_again", reason: reason("not_there", words) };
  }
  const words =
    "The destination has nothing of this delivery yet; it is asked again before anything is sent.";
  return {
    step: "look_again",
    afterMs,
    absentCount: absentCount + 1,
    reason: reason("not_there_yet", words),
  };
}
