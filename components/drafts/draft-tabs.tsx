"use client";

import { GateStepper } from "@/components/state/gate-stepper";
import { TriageSection } from "@/components/triage/triage-section";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { DecisionHistory } from "./decision-history";
import { DeliveriesSection } from "./deliveries-section";
import type { DraftBodyProps } from "./draft-split";
import { EvidenceSection } from "./evidence-section";
import { GateDecision } from "./gate-decision";
import { LeavesSection } from "./leaves-section";
import { QualitySection } from "./quality-section";
import { RouteSection } from "./route-section";
import { RouteSentence } from "./route-sentence";
import { useSteps } from "./use-steps";
import { WhyGrouped } from "./why-grouped";

const pane = "flex flex-col gap-5 px-4 pt-4 pb-6";

/** Under 900 px: the same in four tabs, one column; the decision stands in the bar at the bottom. */
export function DraftTabs({ review, myId, onDecide }: DraftBodyProps) {
  const { draft } = review;
  return (
    <>
      <GateStepper
        {...useSteps(review, myId)}
        className="mx-4 mb-4 [&_[data-gate=passed]>.dot]:-translate-x-2"
      />
      <Tabs defaultValue="leaves">
        <TabsList aria-label="Parts of the draft" className="mx-0 gap-3 px-4 min-[25rem]:gap-5">
          <TabsTrigger value="leaves">What leaves</TabsTrigger>
          <TabsTrigger value="evidence">Evidence</TabsTrigger>
          <TabsTrigger value="triage">Triage</TabsTrigger>
          <TabsTrigger value="route">Route</TabsTrigger>
          <TabsTrigger value="history">History</TabsTrigger>
        </TabsList>
        <TabsContent value="leaves" className={pane}>
          <p className="-mb-2">
            <RouteSentence review={review} />
          </p>
          <DeliveriesSection review={review} />
          <LeavesSection review={review} />
        </TabsContent>
        <TabsContent value="evidence" className={pane}>
          <EvidenceSection draft={draft} />
          <WhyGrouped draft={draft} />
          {draft.quality_gate ? <QualitySection gate={draft.quality_gate} /> : null}
        </TabsContent>
        <TabsContent value="triage" className={pane}>
          <TriageSection review={review} />
        </TabsContent>
        <TabsContent value="route" className={pane}>
          <RouteSection review={review} />
        </TabsContent>
        <TabsContent value="history" className={pane}>
          <GateDecision review={review} myId={myId} onDecide={onDecide} buttons={false} />
          <DecisionHistory history={review.approval.history} myId={myId} />
        </TabsContent>
      </Tabs>
    </>
  );
}
