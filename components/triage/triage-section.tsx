"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { ActionFailure } from "@/components/layout/action-failure";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { useNow } from "@/components/layout/use-now";
import { StateLabel } from "@/components/state/state-label";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { triageReviewQuery } from "@/lib/queries/triage";
import { AgentNote } from "./agent-note";
import { CauseSection } from "./cause-section";
import { CodeSection } from "./code-section";
import { IssueDraftSection } from "./issue-draft-section";
import { ModelSection } from "./model-section";
import { PhaseList } from "./phase-list";
import { RevisionSection } from "./revision-section";
import { SimilarSection } from "./similar-section";
import { SummarySection } from "./summary-section";
import { SuspectSection } from "./suspect-section";
import { TriageButton } from "./triage-button";
import { useTriageDesk } from "./triage-desk-context";
import { TriageStanding } from "./triage-standing";
import { isLive, triageState } from "./triage-words";

/** Everything triage has to say of a draft: how far it is, what it found, its summary and the issue that comes of it. */
export function TriageSection({ review }: { review: DraftReviewWire }) {
  const record = useQuery(triageReviewQuery(review.draft.draft_id));
  const scope = useId();
  const now = useNow();
  const desk = useTriageDesk();
  const triage = record.data;
  if (!triage) {
    return (
      <Section title="Triage">
        {record.isError ? (
          <QueryFailure
            error={record.error}
            what="The triage of this draft"
            onRetry={() => void record.refetch()}
            retrying={record.isFetching}
          />
        ) : (
          <LoadingRows what="the triage" shape="form" count={2} />
        )}
      </Section>
    );
  }
  const { run, phases, actions } = triage;
  const live = isLive(run?.state);
  return (
    <>
      <Section title="Triage" aside={<StateLabel state={triageState(triage)} />}>
        <TriageStanding triage={triage} />
        <AgentNote triage={triage} nowMs={now} />
        <PhaseList triage={triage} scope={scope} />
        {desk.startError ? <ActionFailure what="Triage was not started." error={desk.startError} /> : null}
        <div className="flex flex-wrap items-center gap-2">
          {live ? (
            <TriageButton act="cancel" action={actions.cancel} />
          ) : (
            <TriageButton
              act="start"
              action={actions.start}
              kbd="t"
              label={run ? "Triage again" : undefined}
            />
          )}
          {triage.earlier_runs.length > 0 ? (
            <span className="text-12 text-muted-foreground">
              Run {triage.earlier_runs.length + 1} of this draft
            </span>
          ) : null}
        </div>
      </Section>
      <CauseSection phases={phases} scope={scope} />
      {phases.propose?.content.model ? (
        <ModelSection report={phases.propose.content.model} scope={scope} />
      ) : null}
      {phases.research ? (
        <SuspectSection
          history={phases.research.content.history}
          by={phases.research.made_by}
          scope={scope}
        />
      ) : null}
      {phases.inspect ? (
        <CodeSection windows={phases.inspect.content.windows} by={phases.inspect.made_by} scope={scope} />
      ) : null}
      {phases.research ? (
        <SimilarSection
          research={phases.research.content}
          by={phases.research.made_by}
          draft={review.draft}
        />
      ) : null}
      {run ? <SummarySection triage={triage} /> : null}
      {run ? <IssueDraftSection triage={triage} review={review} /> : null}
      <RevisionSection revisions={triage.revisions} />
    </>
  );
}
