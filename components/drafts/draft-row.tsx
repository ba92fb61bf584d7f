import Link from "next/link";
import { memo } from "react";
import { RelativeTime } from "@/components/layout/relative-time";
import { plainWords } from "@/components/state/parse-redactions";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityIcon } from "@/components/state/severity-icon";
import { StateLabel } from "@/components/state/state-label";
import { cn } from "@/components/ui/cn";
import type { DraftWire } from "@/lib/contracts/draft";
import { useNames } from "@/lib/queries/names";
import { ClaimGlance } from "./claim-glance";
import { draftSource, draftState } from "./draft-words";

export type DraftRowProps = {
  draft: DraftWire;
  href: string;
  selected: boolean;
  marked: boolean;
  /** Something is marked: the boxes stay in sight. */
  marking: boolean;
  onOpen: (draftId: string) => void;
  /** `range`: from the row marked last to this one. */
  onMark: (draftId: string, range: boolean) => void;
};

/** One draft of the queue in two lines: what it is and since when; where it stands, who is on it or from where, how often. */
export const DraftRow = memo(function DraftRow(props: DraftRowProps) {
  const { draft, href, selected, marked, marking, onOpen, onMark } = props;
  const title = draft.title ?? draft.event_type;
  const name = useNames();
  return (
    <div
      className={cn(
        "group/row relative border-b border-border hover:bg-muted",
        marked && "bg-primary-soft hover:bg-primary-soft",
        selected &&
          "bg-accent before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-primary hover:bg-accent",
      )}
    >
      <label
        className={cn(
          "absolute top-1 left-2 z-10 grid size-7 cursor-pointer place-items-center touch:top-0 touch:left-0 touch:size-11",
          !marking && "opacity-0 group-hover/row:opacity-100 has-focus-visible:opacity-100 touch:hidden",
        )}
      >
        <input
          type="checkbox"
          // Without a mark the row is one stop of the Tab key; x marks it.
          tabIndex={marking ? 0 : -1}
          aria-label={`Mark ${title}`}
          checked={marked}
          onChange={(event) => onMark(draft.draft_id, (event.nativeEvent as MouseEvent).shiftKey === true)}
          className="size-4 accent-(--primary)"
        />
      </label>
      <Link
        data-draft-row={draft.draft_id}
        href={href}
        prefetch={false}
        aria-current={selected ? "true" : undefined}
        onNavigate={(event) => {
          event.preventDefault();
          onOpen(draft.draft_id);
        }}
        className="block min-h-14 py-2 pr-4 pl-3.5 focus-visible:-outline-offset-2 touch:py-3"
      >
        <span className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-center gap-2">
          <span
            className={cn(marking ? "opacity-0" : "not-touch:group-hover/row:opacity-0", "flex items-center")}
          >
            <SeverityIcon severity={draft.risk_level} />
          </span>
          <span className="truncate font-medium" title={plainWords(title)}>
            <RedactedText text={title} />
          </span>
          <RelativeTime
            value={draft.last_seen_at_ms}
            format="short"
            className="text-12 text-muted-foreground"
          />
        </span>
        <span className="mt-0.5 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 pl-[22px] text-12 text-muted-foreground">
          <span className="flex min-w-0 items-center gap-2">
            <StateLabel
              state={draftState(draft)}
              word={draft.approved_by_you || draft.asks_others ? "Waits for others" : undefined}
              className="flex-none"
            />
            {draft.claim ? (
              <ClaimGlance claim={draft.claim} />
            ) : (
              <span className="truncate">
                <RedactedText text={draftSource(draft, name)} />
              </span>
            )}
          </span>
          <span>
            {draft.occurrence_count.toLocaleString("en-GB")}×<span className="sr-only"> seen</span>
          </span>
        </span>
      </Link>
    </div>
  );
});
