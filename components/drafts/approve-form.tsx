"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { GateGlyph } from "@/components/state/gate-glyph";
import { GateLine } from "@/components/state/gate-line";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import { useApproveDraft } from "@/lib/queries/drafts";
import { ActionError } from "./action-error";
import { ApproveChoices } from "./approve-choices";
import { ApprovePayloads } from "./approve-payloads";
import type { DecisionDialogProps } from "./draft-dialogs";
import { defaultChoice, standingOf } from "./draft-standing";
import { counted, limitWords } from "./draft-words";
import { notifyBeside } from "./notify-beside";
import { ReviewConflict } from "./review-conflict";
import { SubmitKeys, submitOnModEnter, submitWith } from "./submit-keys";

/** What is chosen, said and sent back: the digest proves that the payloads shown are the ones approved. */
export function ApproveForm({
  shown,
  current,
  myId,
  draftReason,
  onReason,
  onReload,
  onClose,
}: DecisionDialogProps) {
  const [chosen, setChosen] = useState(
    () => new Set(defaultChoice(shown).map((each) => each.destination_id)),
  );
  const [expiresInMs, setExpiresInMs] = useState(shown.approval.ttl_ms);
  const [payloadOf, setPayloadOf] = useState(defaultChoice(shown)[0]?.destination_id);
  const approve = useApproveDraft(shown.draft.draft_id);
  const announce = useAnnounce();
  const moved = !approve.isSuccess && (current.digest !== shown.digest || standingOf(current) !== "waiting");
  const payloads = counted(chosen.size, "payload");

  function submit() {
    if (chosen.size === 0 || moved || approve.isPending) return;
    approve.mutate(
      {
        reason: draftReason.trim() || null,
        destination_ids: [...chosen],
        digest: shown.digest,
        expires_in_ms: expiresInMs,
      },
      {
        onSuccess: ({ deliveries }) => {
          const limit = limitWords(expiresInMs);
          const then = deliveries.length > 0 ? "Sending has begun." : "Nothing was sent yet.";
          notifyBeside("approved", `Approved, good for ${limit}`, `${payloads}. ${then}`);
          announce(`Approved ${payloads}. The gate is open for ${limit}. ${then}`);
          onClose();
        },
      },
    );
  }

  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={submitWith(submit)}
      onKeyDown={submitOnModEnter}
      noValidate
    >
      <DialogBody className="relative p-0 sm:px-0 md:grid md:grid-cols-[400px_minmax(0,1fr)] md:grid-rows-[minmax(0,1fr)] md:overflow-hidden">
        <GateLine gate="closed" className="left-[400px] max-md:hidden" />
        <div className="flex flex-col gap-4 px-4 py-4 sm:px-5 md:min-h-0 md:overflow-y-auto">
          {moved ? (
            <ReviewConflict
              shown={shown}
              current={current}
              myId={myId}
              onReload={onReload}
              onClose={onClose}
            />
          ) : null}
          {approve.isError && !moved ? <ActionError what="Not approved." error={approve.error} /> : null}
          <ApproveChoices
            review={shown}
            chosen={chosen}
            onChoose={setChosen}
            reason={draftReason}
            onReason={onReason}
            expiresInMs={expiresInMs}
            onExpiresInMs={setExpiresInMs}
            onSeePayload={setPayloadOf}
          />
        </div>
        <ApprovePayloads review={shown} value={payloadOf} onValueChange={setPayloadOf} />
      </DialogBody>
      <DialogFooter>
        <DialogFootnote className="max-sm:hidden">
          <RotateCcw aria-hidden className="size-3.5" />
          {shown.approval.binding === "content"
            ? "Changes inside the digest void this approval and say what changed."
            : "Later content of this draft stays covered until the approval ends."}
        </DialogFootnote>
        <Button onClick={onClose} kbd="esc">
          Cancel
        </Button>
        <Button
          type="submit"
          variant={moved ? "outline" : "default"}
          disabled={moved || chosen.size === 0}
          pending={approve.isPending}
        >
          <GateGlyph name="granted" />
          {chosen.size === 0 ? "Approve" : `Approve ${payloads}`}
          <SubmitKeys />
        </Button>
      </DialogFooter>
    </form>
  );
}
