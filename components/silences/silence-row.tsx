import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { plural } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { SilenceWire } from "@/lib/contracts/silence";
import { silencesPath } from "@/lib/paths";
import { SilenceChips } from "./silence-chips";
import { SilenceHolds } from "./silence-holds";

type SilenceRowProps = {
  silence: SilenceWire;
  selected: boolean;
  canEdit: boolean;
  onEdit: () => void;
  onExpire: () => void;
};

/** One silence: why, what it holds, whose it is, until when, and how much it holds now. */
export function SilenceRow({ silence, selected, canEdit, onEdit, onExpire }: SilenceRowProps) {
  const over = silence.state === "expired";
  return (
    <li
      className={cn(
        "flex flex-col gap-1.5 border-t border-border px-1 py-3",
        selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)]",
      )}
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link
          href={silencesPath({ id: silence.silence_id })}
          className="min-w-0 flex-1 basis-60 font-semibold break-words"
        >
          {silence.reason}
        </Link>
        {canEdit && !over ? (
          <span className="flex flex-none gap-1">
            <Button size="xs" className="touch:h-11" onClick={onEdit}>
              Edit
              <span className="sr-only"> {silence.reason}</span>
            </Button>
            <Button size="xs" className="touch:h-11" onClick={onExpire}>
              End now…
              <span className="sr-only"> {silence.reason}</span>
            </Button>
          </span>
        ) : null}
      </div>
      <SilenceChips silence={silence} />
      <p className="flex flex-wrap gap-x-3 text-12 text-muted-foreground">
        <span>by {silence.created_by.name}</span>
        <When silence={silence} />
        <span>
          {over
            ? `held ${plural(silence.held_ever, "draft")}`
            : `holds ${plural(silence.held_now, "draft")} now, ${silence.held_ever} in all`}
        </span>
      </p>
      {silence.held_ever > 0 ? (
        <SilenceHolds silenceId={silence.silence_id} count={silence.held_ever} />
      ) : null}
    </li>
  );
}

function When({ silence }: { silence: SilenceWire }) {
  if (silence.state === "expired") {
    return (
      <span>
        ended <RelativeTime value={silence.ended_at_ms ?? silence.expires_at_ms} />
        {silence.ended_by ? ` by ${silence.ended_by.name}` : ""}
      </span>
    );
  }
  if (silence.state === "active") {
    return (
      <span>
        ends <RelativeTime value={silence.expires_at_ms} />
        {silence.until_ms !== undefined && silence.until_ms < silence.expires_at_ms ? (
          <>
            , lets go <RelativeTime value={silence.until_ms} />
          </>
        ) : null}
      </span>
    );
  }
  return (
    <span>
      {silence.state === "waiting" ? "between two windows, holds again " : "begins "}
      <RelativeTime value={silence.from_ms ?? silence.starts_at_ms} />, ends{" "}
      <RelativeTime value={silence.expires_at_ms} />
    </span>
  );
}
