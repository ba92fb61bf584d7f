"use client";

import { useNow } from "@/components/layout/use-now";
import { Button } from "@/components/ui/button";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { isHeldBack, leavesAtMs } from "./held-back";
import { LeavesIn } from "./leaves-in";
import { useUndo } from "./undo-provider";

/** At the gate, while what was published waits: when it leaves, and the way back. */
export function UndoNote({ review }: { review: DraftReviewWire }) {
  const { undo } = useUndo();
  const now = useNow("second");
  const posts = review.destinations.flatMap((each) => each.post ?? []);
  const held = now === null ? [] : posts.filter((post) => isHeldBack(post, now));
  if (held.length === 0) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2">
      <LeavesIn untilMs={Math.max(...held.map(leavesAtMs))} />
      <Button kbd="u" onClick={() => undo({ draftId: review.draft.draft_id, posts: held })}>
        Undo
      </Button>
    </p>
  );
}
