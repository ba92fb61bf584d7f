import { RedactedText } from "@/components/state/redacted-text";
import { SeverityLabel } from "@/components/state/severity-label";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { DraftWire } from "@/lib/contracts/draft";
import { shortId } from "./draft-words";

type DialogHeadProps = { draft: DraftWire; title: string; description: string };

/** Which draft, what is about to be decided, and what that does. */
export function DialogHead({ draft, title, description }: DialogHeadProps) {
  return (
    <DialogHeader>
      <div className="flex min-w-0 items-center gap-2 text-12 text-muted-foreground max-sm:hidden">
        <SeverityLabel severity={draft.risk_level} className="flex-none" />
        <span className="flex flex-none items-center gap-0.5 font-mono" title={draft.draft_id}>
          {shortId(draft.draft_id)}
          <CopyButton value={draft.draft_id} label="Copy draft id" />
        </span>
        <span className="truncate">
          <RedactedText text={draft.title ?? draft.event_type} />
        </span>
      </div>
      <DialogTitle className="max-sm:text-16">{title}</DialogTitle>
      <DialogDescription>{description}</DialogDescription>
    </DialogHeader>
  );
}
