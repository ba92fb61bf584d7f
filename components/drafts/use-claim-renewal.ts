"use client";

import { useEffect } from "react";
import { useClaimDraft } from "@/lib/queries/drafts";

const renewMs = 5 * 60_000;

/** While one's own draft is open and in sight, the claim on it is renewed; in a tab that nobody looks at it lapses. */
export function useClaimRenewal(draftId: string | null): void {
  const { mutate } = useClaimDraft(draftId ?? "");
  useEffect(() => {
    if (draftId === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") mutate({ takeOver: false });
    }, renewMs);
    return () => clearInterval(timer);
  }, [draftId, mutate]);
}
