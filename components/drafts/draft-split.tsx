"use client";

import { GateSplit } from "@/components/state/gate-split";
import { TriageSection } from "@/components/triage/triage-section";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { DecisionHistory } from "./decision-history";
import type { DecisionKind } from "./decisions";
import { DeliveriesSection } from "./deliveries-section";
import { EvidenceSection } from "./evidence-section";
import { GateDecision } from "./gate-decision";
import { LeavesSection } from "./leaves-section";
import { QualitySection } from "./quality-section";
import { RouteSection } from "./route-section";
import { useSteps } from "./use-steps";
import { WhyGrouped } from "./why-grouped";

export type DraftBodyProps = {
  review: DraftReviewWire;
  myId: string | undefined;
  onDecide: (kind: DecisionKind) => void;
};

/** From 900 px: what we know left of the gate, what would leave right of it. */
export function DraftSplit({ review, myId, onDecide }: DraftBodyProps) {
  const { draft } = review;
  return (
    <GateSplit
      {...useSteps(review, myId)}
      left={
        <>
          <EvidenceSection draft={draft} />
          <TriageSection review={review} />
          <WhyGrouped draft={draft} />
          {draft.quality_gate ? <QualitySection gate={draft.quality_gate} /> : null}
          <DecisionHistory history={review.approval.history} myId={myId} />
        </>
      }
      right={
        <>
          <GateDecision review={review} myId={myId} onDecide={onDecide} />
          <DeliveriesSection review={review} />
          <RouteSection review={review} />
          <LeavesSection review={review} />
        </>
      }
    />
  );
}
