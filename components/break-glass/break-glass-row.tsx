import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { toneClass } from "@/components/ui/tone";
import type { BreakGlassUseWire } from "@/lib/contracts/break-glass";
import { draftPath } from "@/lib/paths";

type BreakGlassRowProps = {
  use: BreakGlassUseWire;
  isMine: boolean;
  mayReview: boolean;
  onReview: () => void;
};

/** Who, why, around what; and the verdict, or by when it is due. */
export function BreakGlassRow({ use, isMine, mayReview, onReview }: BreakGlassRowProps) {
  const title = use.draft_title || "A draft that is gone";
  return (
    <li className="flex flex-col gap-1.5 border-t border-border py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link href={draftPath(use.draft_id)} className="min-w-0 flex-1 basis-60 font-semibold break-words">
          <RedactedText text={title} />
        </Link>
        {use.verdict || isMine || !mayReview ? null : (
          <Button size="sm" className="touch:h-11" onClick={onReview}>
            Review…
            <span className="sr-only"> {title}</span>
          </Button>
        )}
      </div>
      <p className="break-words">
        <RedactedText text={use.reason} />
      </p>
      <p className="text-12 text-muted-foreground">
        {isMine ? "You" : use.actor.name}, <RelativeTime value={use.used_at_ms} />. Around:{" "}
        {use.overridden.map((rule) => rule.message).join("; ")}
      </p>
      <Verdict use={use} isMine={isMine} />
    </li>
  );
}

function Verdict({ use, isMine }: { use: BreakGlassUseWire; isMine: boolean }) {
  if (!use.verdict) {
    return (
      <p className={cn(toneClass(use.overdue ? "failed" : "waiting"), "text-12 font-medium text-tone")}>
        {use.overdue ? "Overdue since " : "To be reviewed "}
        <RelativeTime value={use.due_at_ms} />
        {isMine ? ", by somebody else" : ""}
      </p>
    );
  }
  const justified = use.verdict === "justified";
  return (
    <div className="rounded-md bg-muted px-2.5 py-2 text-12">
      <p className={cn(toneClass(justified ? "passed" : "failed"), "font-medium text-tone")}>
        {justified ? "Justified" : "Not justified"}
        <span className="font-normal text-muted-foreground">
          {", "}
          {use.reviewed_by?.name}
          {use.reviewed_at_ms === undefined ? null : (
            <>
              , <RelativeTime value={use.reviewed_at_ms} />
            </>
          )}
        </span>
      </p>
      {use.note ? <RedactedText text={use.note} /> : null}
    </div>
  );
}
