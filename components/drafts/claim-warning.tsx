"use client";

import { useNow } from "@/components/layout/use-now";
import { Alert } from "@/components/ui/alert";
import type { DraftWire } from "@/lib/contracts/draft";
import { claimNow, claimWords } from "./claim-words";

/** In a decision's dialog: somebody else is on this draft. It stops nobody; it is said before, not after. */
export function ClaimWarning({ draft, myId }: { draft: DraftWire; myId: string | undefined }) {
  const now = useNow();
  const claim = claimNow(draft.claim, now);
  if (!claim || claim.by.id === myId) return null;
  return (
    <Alert tone="waiting" title={`${claimWords(claim, now, myId)}.`}>
      You may decide all the same; it stands, and ends {claim.by.name}'s claim.
    </Alert>
  );
}
