"use client";

import { StateLabel } from "@/components/state/state-label";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { DecisionButtons } from "./decision-buttons";
import { type DecisionKind, decisionsOf } from "./decisions";
import { standingOf } from "./draft-standing";
import { draftState } from "./draft-words";

type DecisionBarProps = { review: DraftReviewWire; onDecide: (kind: DecisionKind) => void };

/** The phone's bottom bar: the state, what the action does, and the action within reach of a thumb. */
export function DecisionBar({ review, onDecide }: DecisionBarProps) {
  const decisions = decisionsOf(review);
  const remark =
    standingOf(review) !== "waiting"
      ? undefined
      : review.publish_on_approval
        ? "Approving sends at once"
        : "Approving sends nothing";
  return (
    <section
      aria-label="Decision"
      className="flex flex-none flex-col gap-2 border-t border-border bg-background px-4 pt-2.5 pb-[calc(12px+env(safe-area-inset-bottom))] md:hidden"
    >
      <p className="flex items-center justify-between gap-2 text-12 text-muted-foreground">
        <StateLabel state={draftState(review.draft)} />
        {remark}
      </p>
      {decisions.primary || decisions.deny ? (
        <div className="flex flex-wrap gap-2">
          <DecisionButtons touch decisions={decisions} onDecide={onDecide} />
        </div>
      ) : null}
    </section>
  );
}
