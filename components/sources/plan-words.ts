import { plural } from "@/components/settings/words";
import type { ReplayedQuarantineWire, RereadPlanWire } from "@/lib/contracts/log-source";
import { byteWords } from "./byte-words";

type Counts = Pick<
  RereadPlanWire,
  "bytes" | "candidates" | "already_counted" | "merged" | "new_incidents" | "lines"
> & { quarantined?: number };

/** "Re-reads 4.2 MB, about 31 candidates; duplicates are merged." */
export function rereadSentence(plan: Counts, partial: boolean): string {
  if (plan.bytes === 0) return "There is nothing to read again.";
  if (plan.candidates === 0) return `Re-reads ${byteWords(plan.bytes)}; no candidate is in it.`;
  const about = partial ? "at least" : "about";
  return `Re-reads ${byteWords(plan.bytes)}, ${about} ${plural(plan.candidates, "candidate")}; duplicates are merged.`;
}

export type PlanLine = { key: string; count: number; words: string };

/** What becomes of the candidates of a plan, line by line; what there is none of is left out. */
export function rereadLines(plan: Counts): PlanLine[] {
  const { already_counted: counted, merged, new_incidents: fresh, quarantined = 0 } = plan;
  const lines = [
    { key: "counted", count: counted, words: "counted before: read again they change nothing" },
    { key: "merged", count: merged, words: "of incidents that exist: counted once more, no new draft" },
    {
      key: "new",
      count: fresh,
      words: fresh === 1 ? "new incident, with its draft" : "new incidents, each with its draft",
    },
    { key: "aside", count: quarantined, words: "set aside for you to look at" },
  ];
  return lines.filter((line) => line.count > 0);
}

/** What replaying what was set aside comes to. */
export function quarantineLines(plan: ReplayedQuarantineWire): PlanLine[] {
  const lines = [
    { key: "submitted", count: plan.submitted, words: "counted as failures" },
    { key: "counted", count: plan.already_counted, words: "counted before: they change nothing" },
    {
      key: "still",
      count: plan.still_quarantined,
      words: "not like this source's records by today's rules: kept here",
    },
    { key: "dropped", count: plan.dropped, words: "no failure by today's rules: settled without a record" },
  ];
  return lines.filter((line) => line.count > 0);
}
