"use client";

import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import { useDenyDraft } from "@/lib/queries/drafts";
import { ClaimWarning } from "./claim-warning";
import { returnFocus } from "./dialog-focus";
import { DialogHead } from "./dialog-head";
import type { DecisionDialogProps } from "./draft-dialogs";
import { standingOf } from "./draft-standing";
import { lastReason } from "./last-reason";
import { notifyBeside } from "./notify-beside";
import { ReviewConflict } from "./review-conflict";
import { onModEnter, SubmitKeys, submitWith } from "./submit-keys";

/** Closes the gate for good. A reason is asked for, since it is all that the next reader will have. */
export default function DenyDialog(props: DecisionDialogProps) {
  const { shown, current, myId, draftReason, onReason, onReload, onClose, onNext, opener } = props;
  const [missing, setMissing] = useState(false);
  const deny = useDenyDraft(shown.draft.draft_id);
  const announce = useAnnounce();
  const known = lastReason.read();
  const decided = !deny.isSuccess && standingOf(current) !== "waiting";

  function submit(thenNext = false) {
    const reason = draftReason.trim();
    setMissing(reason === "");
    if (reason === "" || decided || deny.isPending) return;
    deny.mutate(reason, {
      onSuccess: () => {
        notifyBeside("denied", "Denied", "Nothing leaves. The reason is on the record.");
        announce("Denied. The gate stays closed and nothing leaves.");
        lastReason.keep(reason);
        if (thenNext) onNext("decide");
        else onClose();
      },
    });
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent onCloseAutoFocus={returnFocus(opener)}>
        <DialogHead
          draft={shown.draft}
          title="Deny this draft"
          description="The gate closes for good: this draft is never sent. Repeats are still counted on its incident."
        />
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={submitWith(() => submit())}
          onKeyDown={onModEnter(() => submit(true))}
          noValidate
        >
          <DialogBody className="flex flex-col gap-3">
            {decided ? (
              <ReviewConflict
                shown={shown}
                current={current}
                myId={myId}
                onReload={onReload}
                onClose={onClose}
              />
            ) : null}
            <ClaimWarning draft={current.draft} myId={myId} />
            {deny.isError && !decided ? <ActionFailure what="Not denied." error={deny.error} /> : null}
            <Field
              label="Reason"
              note="(on the record)"
              required
              help={
                known && draftReason === "" ? (
                  <>
                    <Kbd>↑</Kbd> takes your last reason: {known}
                  </>
                ) : undefined
              }
              error={
                missing && draftReason.trim() === ""
                  ? "Say why: it is all the next reader will have."
                  : undefined
              }
            >
              <Textarea
                autoFocus
                rows={3}
                maxLength={4_000}
                value={draftReason}
                placeholder="Known noise, wrong destination, already filed by hand"
                onChange={(event) => onReason(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key !== "ArrowUp" || draftReason !== "" || known === "") return;
                  event.preventDefault();
                  onReason(known);
                }}
              />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>A denial cannot be taken back.</DialogFootnote>
            <Button onClick={onClose} kbd="esc">
              Cancel
            </Button>
            <Button type="submit" variant="destructive-fill" disabled={decided} pending={deny.isPending}>
              <GateGlyph name="denied" />
              Deny
              <SubmitKeys />
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
