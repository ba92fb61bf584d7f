import type { PublishOutcome } from "./delivery";
import type { Reason } from "./reason";

/** What pressing Test at a destination found. */
export type DestinationTest = {
  destinationId: string;
  outcome: PublishOutcome["outcome"] | "not_ready";
  message: string;
  statusCode: number | null;
  durationMs: number;
  /** Redacted and bounded. */
  responseExcerpt: string | null;
};

/** Words for the person who pressed Test. Nothing is tried again, so none of it may sound as if it were. */
export function describeTest(outcome: PublishOutcome): string {
  const status = outcome.exchange?.statusCode;
  switch (outcome.outcome) {
    case "published":
      if (outcome.operation === "check_target") {
        return "The target can be reached and used. A test only reads: nothing was created there.";
      }
      if (outcome.localRecord) return "Ready. A delivery would be recorded here; a test leaves no record.";
      return status
        ? `The receiver took the test event and answered ${status}.`
        : "The test event was taken.";
    case "retryable":
      return status
        ? `The receiver answered ${status}. A delivery would be tried again later.`
        : `${outcome.reason.message} A delivery would be tried again later.`;
    case "rejected":
    case "blocked":
      return outcome.reason.message;
    case "ambiguous":
      return `It is not known whether the test event arrived: ${outcome.reason.message}`;
  }
}

export const describeUnready = (missing: readonly Reason[]): string =>
  `Nothing was sent: ${missing.map((each) => each.message).join("; ")}`;
