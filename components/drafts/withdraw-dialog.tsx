"use client";

import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useWithdrawApproval } from "@/lib/queries/approvals";
import { returnFocus } from "./dialog-focus";
import { DialogHead } from "./dialog-head";
import type { DecisionDialogProps } from "./draft-dialogs";
import { notifyBeside } from "./notify-beside";
import { SubmitKeys, submitOnModEnter, submitWith } from "./submit-keys";

/** Takes back one's own approval. What the others approved stands. */
export function WithdrawDialog({ shown, draftReason, onReason, onClose, opener }: DecisionDialogProps) {
  const withdraw = useWithdrawApproval(shown.draft.draft_id);
  const announce = useAnnounce();
  function submit() {
    if (withdraw.isPending) return;
    withdraw.mutate(draftReason, {
      onSuccess: () => {
        notifyBeside(
          "approvalVoided",
          "Approval withdrawn",
          "It stays on the record; nothing leaves under it.",
        );
        announce("Your approval is withdrawn. Nothing leaves under it.");
        onClose();
      },
    });
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent onCloseAutoFocus={returnFocus(opener)}>
        <DialogHead
          draft={shown.draft}
          title="Withdraw your approval"
          description="The gate closes, and what still waits to be sent is cancelled. What others approved stands."
        />
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={submitWith(submit)}
          onKeyDown={submitOnModEnter}
          noValidate
        >
          <DialogBody className="flex flex-col gap-3">
            {withdraw.isError ? <ActionFailure what="Not withdrawn." error={withdraw.error} /> : null}
            <Field label="Reason" note="(on the record)">
              <Textarea
                autoFocus
                rows={3}
                maxLength={4_000}
                value={draftReason}
                placeholder="What you saw too late"
                onChange={(event) => onReason(event.target.value)}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>The approval stays in the history.</DialogFootnote>
            <Button onClick={onClose} kbd="esc">
              Cancel
            </Button>
            <Button type="submit" variant="default" pending={withdraw.isPending}>
              <GateGlyph name="required" />
              Withdraw
              <SubmitKeys />
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
