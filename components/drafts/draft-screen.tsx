"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { HeldBanner } from "@/components/layout/held-banner";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { QueryFailure } from "@/components/layout/query-failure";
import { TriageDesk } from "@/components/triage/triage-desk";
import { cn } from "@/components/ui/cn";
import { draftsPath } from "@/lib/paths";
import { draftReviewQuery } from "@/lib/queries/drafts";
import { sessionQuery } from "@/lib/queries/session";
import { CopyDraftCalls } from "./copy-draft-calls";
import { DecisionBar } from "./decision-bar";
import { decisionHints } from "./decision-hints";
import { DecisionKeys } from "./decision-keys";
import { type DecisionKind, decisionsOf } from "./decisions";
import { DraftBar } from "./draft-bar";
import { DraftDialogs, type OpenDecision } from "./draft-dialogs";
import { DraftDrawer } from "./draft-drawer";
import { useDraftQueue } from "./draft-queue";
import { DraftSplit } from "./draft-split";
import { DraftTabs } from "./draft-tabs";
import { DraftTitle } from "./draft-title";
import { shortId } from "./draft-words";
import { GateAnnouncer } from "./gate-announcer";
import { IncidentKeys } from "./incident-keys";
import { isRefused, NotCurrent } from "./not-current";
import { ToldNote } from "./told-note";

/** One draft at its gate: what we know, what would leave, and the decision between them. */
export function DraftScreen({ draftId }: { draftId: string }) {
  const record = useQuery(draftReviewQuery(draftId));
  const myId = useQuery(sessionQuery()).data?.actor.id;
  const { selectedId } = useDraftQueue();
  const leaving = selectedId !== undefined && selectedId !== draftId;
  const [drawer, setDrawer] = useState(false);
  const [decision, setDecision] = useState<OpenDecision | null>(null);
  const review = isRefused(record.error) ? undefined : record.data;
  function decide(kind: DecisionKind) {
    // On its way to the neighbour: a decision now would meet the draft that is being left.
    if (review && !leaving) setDecision({ kind, shown: review, opener: document.activeElement });
  }
  return (
    <>
      <DraftBar draftId={draftId} incidentId={review?.draft.incident_id} onOpenList={() => setDrawer(true)} />
      <DraftDrawer open={drawer} onOpenChange={setDrawer} />
      {review ? (
        <>
          <ToldNote review={review} />
          {review.draft.held ? (
            <HeldBanner title="Held.">
              The monitor is paused or switched off: deciding works, sending waits until it is resumed.
            </HeldBanner>
          ) : null}
          {record.isError ? (
            <NotCurrent
              error={record.error}
              onRetry={() => void record.refetch()}
              retrying={record.isFetching}
            />
          ) : null}
          <PageBody padded={false} className={cn(leaving && "opacity-60")}>
            <DraftTitle draft={review.draft} myId={myId} />
            <TriageDesk review={review}>
              <div className="max-md:hidden">
                <DraftSplit review={review} myId={myId} onDecide={decide} />
              </div>
              <div className="md:hidden">
                <DraftTabs review={review} myId={myId} onDecide={decide} />
              </div>
            </TriageDesk>
          </PageBody>
          <DecisionBar review={review} onDecide={decide} />
          <DecisionKeys decisions={decisionsOf(review)} onDecide={decide} />
          <IncidentKeys incidentId={review.draft.incident_id} />
          <DraftDialogs open={decision} current={review} myId={myId} onChange={setDecision} />
          <GateAnnouncer review={review} />
        </>
      ) : (
        <PageBody padded={false}>
          <h1 className="sr-only">Draft {shortId(draftId)}</h1>
          {record.isError ? (
            <QueryFailure
              error={record.error}
              what="This draft"
              back={{ href: draftsPath(), label: "All drafts" }}
              onRetry={() => void record.refetch()}
              retrying={record.isFetching}
            />
          ) : (
            <LoadingRows what="the draft" shape="form" count={5} className="px-4 py-5 md:px-6" />
          )}
        </PageBody>
      )}
      <HintBar
        hints={[
          { keys: ["j", "k"], label: "next, previous" },
          ...(review ? decisionHints(decisionsOf(review)) : []),
          ...(review ? [{ keys: ["t"], label: "triage" }] : []),
          ...(review?.draft.triage_run_id ? [{ keys: ["e"], label: "edit summary" }] : []),
          { keys: ["x"], label: "mark" },
          { keys: ["?"], label: "all keys" },
        ]}
      >
        {review ? <CopyDraftCalls review={review} /> : null}
      </HintBar>
    </>
  );
}
