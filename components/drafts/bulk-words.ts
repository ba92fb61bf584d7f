import type { Tone } from "@/components/ui/tone";
import type { BulkActionWire, BulkOutcomeWire } from "@/lib/contracts/bulk";

type BulkWords = {
  verb: string;
  done: string;
  /** What will be: "12 drafts will be approved". */
  will: string;
  help: string;
};

export const bulkWords: Record<BulkActionWire, BulkWords> = {
  approve: {
    verb: "Approve",
    done: "approved",
    will: "will be approved",
    help: "Each is approved as it is shown here and by itself. One that changes meanwhile is left alone.",
  },
  deny: {
    verb: "Deny",
    done: "denied",
    will: "will be denied",
    help: "The gate of each closes for good, with the same reason on every record.",
  },
  triage: {
    verb: "Triage",
    done: "triaged",
    will: "will be triaged",
    help: "Each gets a run of its own in the queue.",
  },
  retry: {
    verb: "Retry",
    done: "sent again",
    will: "will be sent again",
    help: "Failed deliveries are due again, under everything a publish asks for now.",
  },
};

export const outcomeWords: Record<BulkOutcomeWire["outcome"], { word: string; tone: Tone }> = {
  done: { word: "Done", tone: "passed" },
  unchanged: { word: "Unchanged", tone: "void" },
  refused: { word: "Refused", tone: "failed" },
  conflict: { word: "Changed meanwhile", tone: "waiting" },
  not_found: { word: "Not found", tone: "void" },
};

/** "11 done, 1 changed meanwhile": in the order of the words above, without what is none. */
export function outcomeSummary(outcomes: readonly Pick<BulkOutcomeWire, "outcome">[]): string {
  const kinds = Object.keys(outcomeWords) as BulkOutcomeWire["outcome"][];
  return kinds
    .map((kind) => ({ kind, count: outcomes.filter((each) => each.outcome === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${outcomeWords[kind].word.toLowerCase()}`)
    .join(", ");
}
