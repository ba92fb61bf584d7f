"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { useAnnounce } from "@/components/layout/announcer";
import { GateGlyph } from "@/components/state/gate-glyph";
import { GateLine } from "@/components/state/gate-line";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import { useApproveDraft } from "@/lib/queries/drafts";
import { ApproveChoices } from "./approve-choices";
import { ApprovePayloads } from "./approve-payloads";
import { ClaimWarning } from "./claim-warning";
import type { DecisionDialogProps } from "./draft-dialogs";
import { defaultChoice, standingOf } from "./draft-standing";
import { counted, limitWords } from "./draft-words";
import { notifyBeside } from "./notify-beside";
import { nthWords } from "./quorum-words";
import { ReviewConflict } from "./review-conflict";
import { onModEnter, SubmitKeys, submitWith } from "./submit-keys";
import { useUndo } from "./undo-provider";
import { usePublishGrace } from "./use-publish-grace";

/** What is chosen, said and sent back: the digest proves that the payloads shown are the ones approved. */
export function ApproveForm({
  shown,
  current,
  myId,
  draftReason,
  onReason,
  onReload,
  onClose,
  onNext,
}: DecisionDialogProps) {
  const [chosen, setChosen] = useState(
    () => new Set(defaultChoice(shown).map((each) => each.destination_id)),
  );
  const [expiresInMs, setExpiresInMs] = useState(shown.approval.ttl_ms);
  const [payloadOf, setPayloadOf] = useState(defaultChoice(shown)[0]?.destination_id);
  const approve = useApproveDraft(shown.draft.draft_id);
  const announce = useAnnounce();
  const { offer } = useUndo();
  const [graceMs] = usePublishGrace();
  const moved = !approve.isSuccess && (current.digest !== shown.digest || standingOf(current) !== "waiting");
  const payloads = counted(chosen.size, "payload");

  function submit(thenNext = false) {
    if (chosen.size === 0 || moved || approve.isPending) return;
    approve.mutate(
      {
        reason: draftReason.trim() || null,
        destination_ids: [...chosen],
        digest: shown.digest,
        expires_in_ms: expiresInMs,
        grace_ms: graceMs,
      },
      {
        onSuccess: ({ deliveries, approvals }) => {
          if (approvals.missing > 0) {
            const more = `${approvals.missing} more must approve before anything can leave`;
            notifyBeside("approvalDue", `Your approval is recorded`, `${more}.`);
            announce(`Your approval is recorded; ${more}.`);
            onClose();
            return;
          }
          const limit = limitWords(expiresInMs);
          const waits = offer({ draftId: shown.draft.draft_id, posts: deliveries });
          const sent = deliveries.length > 0 ? "Sending has begun." : "Nothing was sent yet.";
          const then = waits ? "It leaves in a moment." : sent;
          if (!waits) notifyBeside("approved", `Approved, good for ${limit}`, `${payloads}. ${then}`);
          announce(`Approved ${payloads}. The gate is open for ${limit}. ${then}`);
          if (thenNext) onNext("decide");
          else onClose();
        },
      },
    );
  }

  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={submitWith(() => submit())}
      onKeyDown={onModEnter(() => submit(true))}
      noValidate
    >
      <DialogBody className="relative p-0 sm:px-0 md:grid md:grid-cols-[400px_minmax(0,1fr)] md:grid-rows-[minmax(0,1fr)] md:overflow-hidden">
        <GateLine gate="closed" className="left-[400px] max-md:hidden" />
        <div className="relative flex flex-col gap-4 px-4 py-4 sm:px-5 md:min-h-0 md:overflow-y-auto">
          {moved ? (
            <ReviewConflict
              shown={shown}
              current={current}
              myId={myId}
              onReload={onReload}
              onClose={onClose}
            />
          ) : null}
          <ClaimWarning draft={current.draft} myId={myId} />
          {approve.isError && !moved ? <ActionFailure what="Not approved." error={approve.error} /> : null}
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
          {chosen.size === 0 ? "Approve" : `Approve ${payloads}${nthWords(shown.approval.quorum)}`}
          <SubmitKeys />
        </Button>
      </DialogFooter>
    </form>
  );
}
