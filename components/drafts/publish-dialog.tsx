"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { usePublishDraft } from "@/lib/queries/drafts";
import { publishable } from "./decisions";
import { focusFirstField, returnFocus } from "./dialog-focus";
import { DialogHead } from "./dialog-head";
import type { DecisionDialogProps } from "./draft-dialogs";
import { standingOf } from "./draft-standing";
import { counted } from "./draft-words";
import { PublishForm } from "./publish-form";
import { PublishOutcome } from "./publish-outcome";

/** First what will be sent where, then what became of it, in the same place. */
export function PublishDialog({ shown, current, myId, opener, onClose }: DecisionDialogProps) {
  const publish = usePublishDraft(shown.draft.draft_id);
  const sent = publish.variables;
  const outdated = standingOf(current) === "outdated";
  const count = publishable(current).length;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        className="sm:w-150"
        onOpenAutoFocus={focusFirstField}
        onCloseAutoFocus={returnFocus(opener)}
      >
        {sent ? (
          <PublishOutcome
            current={current}
            destinationIds={sent}
            result={publish.data}
            error={publish.error}
            pending={publish.isPending}
            onClose={onClose}
          />
        ) : (
          <>
            <DialogHead
              draft={shown.draft}
              title={outdated ? "Ask for approval" : `Publish to ${counted(count, "destination")}`}
              description={
                outdated
                  ? "What was decided no longer fits, so nothing can be sent before somebody approves."
                  : "Each destination gets its own delivery and its own receipt. One failing does not stop the others."
              }
            />
            <PublishForm review={current} myId={myId} onPublish={publish.mutate} onClose={onClose} />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
