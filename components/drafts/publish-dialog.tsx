"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { type PublishWish, usePublishDraft } from "@/lib/queries/drafts";
import { publishable } from "./decisions";
import { focusFirstField, returnFocus } from "./dialog-focus";
import { DialogHead } from "./dialog-head";
import type { DecisionDialogProps } from "./draft-dialogs";
import { standingOf } from "./draft-standing";
import { counted } from "./draft-words";
import { notifyBeside } from "./notify-beside";
import { PublishForm } from "./publish-form";
import { PublishOutcome } from "./publish-outcome";
import { useUndo } from "./undo-provider";

/** First what will be sent where, then what became of it, in the same place. */
export default function PublishDialog({
  shown,
  current,
  myId,
  opener,
  onClose,
  onNext,
}: DecisionDialogProps) {
  const draftId = shown.draft.draft_id;
  const publish = usePublishDraft(draftId);
  const { offer } = useUndo();
  const sent = publish.variables?.destinationIds;
  const outdated = standingOf(current) === "outdated";
  const count = publishable(current).length;
  function send(wish: PublishWish, thenNext: boolean) {
    publish.mutate(wish, {
      onSuccess: (answer) => {
        // With time to undo it there is no end to watch yet; what was stopped is told in the dialog.
        const waits = offer({ draftId, posts: answer.deliveries });
        const stopped = answer.action === "approval_required" || answer.reasons.length > 0;
        if (stopped || (!waits && !thenNext)) return;
        if (!waits) notifyBeside("sending", "Published", "Its receipts show how each destination took it.");
        if (thenNext) onNext("publish");
        else onClose();
      },
    });
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        className="sm:w-150"
        onOpenAutoFocus={focusFirstField}
        onCloseAutoFocus={returnFocus(opener)}
      >
        {sent && !(publish.isPending && publish.variables.graceMs > 0) ? (
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
            <PublishForm
              review={current}
              myId={myId}
              pending={publish.isPending}
              onPublish={send}
              onClose={onClose}
            />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
