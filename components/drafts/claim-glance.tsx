"use client";

import { useQuery } from "@tanstack/react-query";
import { useNow } from "@/components/layout/use-now";
import { Avatar } from "@/components/ui/avatar";
import type { DraftClaimWire } from "@/lib/contracts/draft";
import { sessionQuery } from "@/lib/queries/session";
import { claimNow, claimWords } from "./claim-words";

/** In a row: who is on the draft, and for how long. Nothing once it lapsed. */
export function ClaimGlance({ claim }: { claim: DraftClaimWire }) {
  const now = useNow();
  const myId = useQuery(sessionQuery()).data?.actor.id;
  const held = claimNow(claim, now);
  if (!held) return null;
  return (
    <span className="flex min-w-0 items-center gap-1 text-foreground">
      <Avatar name={held.by.name} size="sm" variant={held.by.id === myId ? "solid" : "ghost"} />
      <span className="truncate">{claimWords(held, now, myId)}</span>
    </span>
  );
}
