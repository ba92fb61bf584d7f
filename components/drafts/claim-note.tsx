"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { notifyFailure } from "@/components/layout/notify-failure";
import { useNow } from "@/components/layout/use-now";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import type { DraftWire } from "@/lib/contracts/draft";
import { useClaimDraft, useReleaseDraft } from "@/lib/queries/drafts";
import { usePermission } from "@/lib/queries/session";
import { claimNow, claimWords } from "./claim-words";
import { useClaimRenewal } from "./use-claim-renewal";

type ClaimNoteProps = { draft: DraftWire; myId: string | undefined };

/** Who is on the draft, and the way to be it or to leave it. Taking over asks first. */
export function ClaimNote({ draft, myId }: ClaimNoteProps) {
  const now = useNow();
  const may = usePermission("triage").allowed;
  const claim = claimNow(draft.claim, now);
  const mine = claim !== null && claim.by.id === myId;
  const [asking, setAsking] = useState(false);
  const take = useClaimDraft(draft.draft_id);
  const leave = useReleaseDraft(draft.draft_id);
  const announce = useAnnounce();
  const onError = (error: Error) => notifyFailure("Not changed", error);
  useClaimRenewal(mine ? draft.draft_id : null);

  function claimIt(takeOver: boolean) {
    take.mutate({ takeOver }, { onSuccess: () => announce("You are on this draft."), onError });
  }
  function leaveIt() {
    leave.mutate(undefined, { onSuccess: () => announce("You left this draft."), onError });
  }
  function toggle() {
    if (mine) leaveIt();
    else if (claim) setAsking(true);
    else claimIt(false);
  }
  useShortcuts(
    may
      ? [{ keys: "c", label: mine ? "Leave the draft" : "Claim the draft", group: "This draft", run: toggle }]
      : [],
  );
  if (!claim && !may) return null;
  return (
    <span data-slot="claim" className="inline-flex items-center gap-1.5">
      {claim ? (
        <>
          <Avatar name={claim.by.name} size="sm" variant={mine ? "solid" : "ghost"} />
          <span className="font-medium text-foreground">{claimWords(claim, now, myId)}</span>
        </>
      ) : null}
      {may ? (
        <Button
          size="xs"
          kbd="c"
          className="touch:h-9"
          pending={take.isPending || leave.isPending}
          onClick={toggle}
        >
          {mine ? "Leave" : claim ? "Take over…" : "Claim"}
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={claim ? `Take the draft over from ${claim.by.name}?` : "Claim the draft?"}
        confirm="Take over"
        cancel="Leave it"
        destructive={false}
        onConfirm={() => claimIt(true)}
      >
        <p>
          {claim ? `${claimWords(claim, now, myId)}. ` : ""}Everybody sees that you are on it instead. Nothing
          that was written is lost.
        </p>
      </ConfirmDialog>
    </span>
  );
}
