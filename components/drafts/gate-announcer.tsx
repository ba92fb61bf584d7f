"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { gateOf, type Standing, standingOf } from "./draft-standing";

const said: Record<Standing, string> = {
  waiting: "The gate is closed. The draft waits for approval.",
  approved: "The gate is open. The draft is approved and publishing is unlocked.",
  outdated: "What was decided no longer fits. The draft needs approval before it can be published.",
  free: "The gate is open.",
  denied: "The draft was denied. The gate stays closed.",
  underway: "Deliveries are under way.",
  unfinished: "Not every delivery arrived.",
  published: "Published. Every delivery has its receipt.",
};

/** Says what moved at the gate, whoever moved it: the line parting is not seen by everybody. */
export function GateAnnouncer({ review }: { review: DraftReviewWire }) {
  const announce = useAnnounce();
  const standing = standingOf(review);
  const gate = gateOf(review, null).state;
  const before = useRef({ draftId: review.draft.draft_id, standing, gate });
  useEffect(() => {
    const last = before.current;
    before.current = { draftId: review.draft.draft_id, standing, gate };
    if (last.draftId === review.draft.draft_id && last.standing !== standing) announce(said[standing]);
  }, [announce, review.draft.draft_id, standing, gate]);
  return null;
}
