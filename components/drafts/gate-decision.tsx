"use client";

import { Lock } from "lucide-react";
import { Facts } from "@/components/layout/facts";
import { RelativeTime } from "@/components/layout/relative-time";
import { GatePanel } from "@/components/state/gate-panel";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { DecisionButtons } from "./decision-buttons";
import { type DecisionKind, decisionsOf } from "./decisions";
import { standingOf } from "./draft-standing";
import { GateFacts } from "./gate-facts";
import { BrokenGlassNote, GateMore } from "./gate-more";
import { gateNote, gateTitle } from "./gate-words";
import { SilencedNote } from "./silenced-note";
import { UndoNote } from "./undo-note";
import { useClock } from "./use-clock";

type GateDecisionProps = {
  review: DraftReviewWire;
  myId: string | undefined;
  onDecide: (kind: DecisionKind) => void;
  /** On a phone the buttons stand in the bar at the bottom. */
  buttons?: boolean;
};

/** What hangs on the gate: where the draft stands, by which rule, and the decision that is due. */
export function GateDecision({ review, myId, onDecide, buttons = true }: GateDecisionProps) {
  const clock = useClock();
  const standing = standingOf(review);
  const decisions = decisionsOf(review);
  const expires = review.approval.active?.expires_at_ms;
  const shown = buttons && (decisions.primary || decisions.deny);
  return (
    <GatePanel
      label="Approval"
      className={decisions.primary ? undefined : "border-border-strong"}
      title={
        <span data-gate-title tabIndex={-1} className="outline-none">
          {gateTitle(review, clock, myId)}
        </span>
      }
      aside={
        expires !== undefined && standing === "approved" ? (
          <RelativeTime value={expires} format="left" />
        ) : undefined
      }
    >
      <Facts className="mt-2 [--term:72px] lg:[--term:104px]">
        <GateFacts review={review} standing={standing} myId={myId} />
      </Facts>
      <SilencedNote silenced={review.draft.silenced} />
      <UndoNote review={review} />
      {shown ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <DecisionButtons
            decisions={decisions}
            onDecide={onDecide}
            quiet={standing === "waiting" && !review.actions.approve.allowed}
          />
        </div>
      ) : null}
      <BrokenGlassNote review={review} />
      <GateMore review={review} onDecide={onDecide} />
      <p className="mt-2 flex items-start gap-1.5 text-12 text-muted-foreground">
        {standing === "waiting" && !review.publish_on_approval ? (
          <Lock aria-hidden className="mt-px size-3.5 flex-none" />
        ) : null}
        {gateNote(review)}
      </p>
    </GatePanel>
  );
}
