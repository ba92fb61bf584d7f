import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityIcon } from "@/components/state/severity-icon";
import { StateLabel } from "@/components/state/state-label";
import { cn } from "@/components/ui/cn";
import type { DraftWire } from "@/lib/contracts/draft";
import { draftSource, draftState } from "./draft-words";

type DraftRowProps = { draft: DraftWire; href: string; selected: boolean; onOpen: () => void };

/** One draft of the queue in two lines: what it is and since when; where it stands, from where, how often. */
export function DraftRow({ draft, href, selected, onOpen }: DraftRowProps) {
  return (
    <Link
      data-draft-row
      href={href}
      prefetch={false}
      aria-current={selected ? "true" : undefined}
      onNavigate={(event) => {
        event.preventDefault();
        onOpen();
      }}
      className={cn(
        "relative block min-h-14 border-b border-border py-2 pr-4 pl-3.5 hover:bg-muted focus-visible:-outline-offset-2 touch:py-3",
        selected &&
          "bg-accent before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-primary hover:bg-accent",
      )}
    >
      <span className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-center gap-2">
        <SeverityIcon severity={draft.risk_level} />
        <span className="truncate font-medium">
          <RedactedText text={draft.title ?? draft.event_type} />
        </span>
        <RelativeTime
          value={draft.last_seen_at_ms}
          format="short"
          className="text-12 text-muted-foreground"
        />
      </span>
      <span className="mt-0.5 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 pl-[22px] text-12 text-muted-foreground">
        <span className="flex min-w-0 items-center gap-2">
          <StateLabel state={draftState(draft)} className="flex-none" />
          <span className="truncate">
            <RedactedText text={draftSource(draft)} />
          </span>
        </span>
        <span>
          {draft.occurrence_count.toLocaleString("en-GB")}×<span className="sr-only"> seen</span>
        </span>
      </span>
    </Link>
  );
}
