import { RedactedText } from "@/components/state/redacted-text";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import type { BulkOutcomeWire, BulkReviewRowWire } from "@/lib/contracts/bulk";
import { outcomeWords } from "./bulk-words";
import { useDraftQueue } from "./draft-queue";
import { shortId } from "./draft-words";

type BulkOutcomesProps = {
  outcomes: readonly BulkOutcomeWire[];
  rows: readonly BulkReviewRowWire[];
  onLeave: () => void;
};

const rank = ["conflict", "refused", "not_found", "unchanged", "done"];

/** What became of each draft; what was not done comes first. */
export function BulkOutcomes({ outcomes, rows, onLeave }: BulkOutcomesProps) {
  const { open } = useDraftQueue();
  const titles = new Map(rows.map((row) => [row.draft_id, row.title]));
  const sorted = [...outcomes].sort((one, other) => rank.indexOf(one.outcome) - rank.indexOf(other.outcome));
  return (
    <ul aria-label="Outcomes">
      {sorted.map((each) => {
        const { word, tone } = outcomeWords[each.outcome];
        const title = titles.get(each.draft_id) ?? `Draft ${shortId(each.draft_id)}`;
        return (
          <li
            key={each.draft_id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-border py-2 last:border-b-0"
          >
            <button
              type="button"
              className="link min-w-0 truncate text-left font-medium"
              onClick={() => {
                onLeave();
                open(each.draft_id);
              }}
            >
              <RedactedText text={title} />
            </button>
            <span className={cn(toneClass(tone), "font-medium text-tone")}>{word}</span>
            <span className="col-span-2 text-12 break-words text-muted-foreground">{each.message}</span>
          </li>
        );
      })}
    </ul>
  );
}
