"use client";

import { useState } from "react";
import { focusFirstField, returnFocus } from "@/components/drafts/dialog-focus";
import { DialogHead } from "@/components/drafts/dialog-head";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { DraftWire } from "@/lib/contracts/draft";
import { useCancelTriage } from "@/lib/queries/triage";

type CancelTriageDialogProps = {
  draft: DraftWire;
  runId: string;
  opener: Element | null;
  onClose: () => void;
};

/** Ends a run, whoever is at it. What it found stays, so this loses time and nothing else. */
export function CancelTriageDialog({ draft, runId, opener, onClose }: CancelTriageDialogProps) {
  const [reason, setReason] = useState("");
  const cancel = useCancelTriage(draft.draft_id);
  const announce = useAnnounce();
  const submit = () =>
    cancel.mutate(
      { run_id: runId, reason: reason.trim() || undefined },
      {
        onSuccess: () => {
          announce("The run was cancelled.");
          onClose();
        },
      },
    );
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent onOpenAutoFocus={focusFirstField} onCloseAutoFocus={returnFocus(opener)}>
        <DialogHead
          draft={draft}
          title="Cancel this run?"
          description="It ends at once, whoever is at it. What it found so far stays, and the draft can be triaged again."
        />
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <DialogBody className="flex flex-col gap-3">
            {cancel.error ? <ActionFailure what="The run was not cancelled." error={cancel.error} /> : null}
            <Field label="Reason" note="(on the record, if you give one)">
              <Textarea value={reason} maxLength={1_000} onChange={({ target }) => setReason(target.value)} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Let it go on</Button>
            </DialogClose>
            <Button type="submit" variant="destructive-fill" pending={cancel.isPending}>
              Cancel the run
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
