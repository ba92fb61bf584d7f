import { fingerprintMarker } from "@/lib/destinations/issue-markers";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { judgeCoderReady } from "@/lib/domain/coder-ready";
import { type DuplicateSummary, isDuplicate, summariseDuplicates } from "@/lib/domain/duplicate-summary";
import { type IssueDraft, previewIssueDraft } from "@/lib/domain/issue-draft";
import type { SummaryRecord } from "@/lib/domain/issue-draft-json";
import type { IssueDraftTemplate } from "@/lib/domain/issue-draft-template";
import type { Draft } from "@/lib/domain/records";
import { type SummarisedRun, summariseRun } from "@/lib/domain/run-summary";
import { type PhaseArtifacts, type TriageSubject, triagePhases } from "@/lib/domain/triage";
import type { ProposalGate } from "@/lib/domain/triage-gates";
import type { TriageEdit, TriageRun } from "@/lib/domain/triage-run";
import { applyEdits, readSummary } from "@/lib/domain/triage-summary";
import type { TriageSummary } from "@/lib/domain/triage-summary-fields";

export type TriageFacts = {
  run: TriageRun;
  draft: Draft;
  subject: TriageSubject;
  done: Partial<PhaseArtifacts>;
  template: IssueDraftTemplate | null;
  /** Over what was found, oldest first. */
  edits: readonly TriageEdit[];
  nowMs: number;
};

export type JudgedTriage = {
  summary: SummaryRecord;
  gate: ProposalGate;
  /** null when the gate stopped it. */
  issueDraft: IssueDraft | null;
  /** The same whatever the gate says, to look at: never stored. */
  ungated: IssueDraft;
  duplicates: DuplicateSummary;
};

/**
 * What a run has to say now: the summary of what its phases found with people's edits over it, what the gates say of it, and
 * the issue it would become. Equal facts give equal bytes: an issue draft that says the same keeps its time, so that judging
 * again voids no approval.
 */
export function judgeTriage(facts: TriageFacts): JudgedTriage {
  const { run, draft, subject, done, template, nowMs } = facts;
  const summary = summaryOf(facts);
  // What an agent says is alike decides nothing.
  const { research } = byMaker(run, done).own;
  const known = { similar: research?.similar ?? [], filedBefore: research?.filedBefore };
  const compose = (createdAtMs: number) =>
    previewIssueDraft({
      subject,
      triageRunId: run.runId,
      summary,
      outputs: done,
      ...known,
      template,
      fingerprintMarker: markerOf(draft),
      createdAtMs,
    });
  const again = run.issueDraft && compose(run.issueDraft.createdAtMs);
  const isSame = again && canonicalJson(again) === canonicalJson(run.issueDraft);
  const issueDraft = isSame ? again : compose(nowMs);
  const gate = issueDraft.proposalQualityGate;
  const ready = judgeCoderReady(summary, {
    draftRiskLevel: subject.riskLevel,
    isDuplicate: isDuplicate(known),
  });
  return {
    summary: {
      draftId: draft.draftId,
      repo: draft.content.repo,
      triageRunId: run.runId,
      summary,
      coderReady: ready.coderReady,
      coderReadyGate: ready.gate,
      createdAtMs: issueDraft.createdAtMs,
    },
    gate,
    issueDraft: gate.passed ? issueDraft : null,
    ungated: issueDraft,
    duplicates: done.research
      ? summariseDuplicates(known.similar, draft.fingerprint)
      : (run.duplicates ?? none(draft)),
  };
}

const none = (draft: Draft): DuplicateSummary => summariseDuplicates([], draft.fingerprint);

/**
 * What our own phases found, with what an agent submitted over it as a model's words, and people's edits over both. Without any
 * phase's result what somebody wrote stands alone.
 */
function summaryOf({ run, done, subject, edits }: TriageFacts): TriageSummary {
  const author = (edit: TriageEdit) => ({ writtenBy: edit.writtenBy, draftTitle: subject.title });
  const [first, ...rest] = edits;
  const isBare = Object.keys(done).length === 0 && first !== undefined;
  const start = isBare
    ? readSummary(first.fields, author(first)).summary
    : summariseRun({ ...byMaker(run, done), subject }).summary;
  return (isBare ? rest : edits).reduce(
    (found, edit) => applyEdits(found, edit.fields, author(edit)).summary,
    start,
  );
}

/** Who made an artifact, the run says: an agent's is never taken for something that was read here. */
function byMaker(run: TriageRun, done: Partial<PhaseArtifacts>): Pick<SummarisedRun, "own" | "byAgent"> {
  const agents = new Set(run.phases.filter((each) => each.by === "agent").map((each) => each.phase));
  const of = (isAgents: boolean) =>
    Object.fromEntries(
      triagePhases.flatMap((phase) =>
        done[phase] && agents.has(phase) === isAgents ? [[phase, done[phase]]] : [],
      ),
    );
  return { own: of(false), byAgent: of(true) };
}

/** The digest that the destinations mark this failure with. */
export function markerOf({ content, fingerprint }: Draft): string {
  const { projectId, logSourceId, source, repo } = content;
  return fingerprintMarker({
    draft: {
      repo,
      fingerprint,
      source,
      projectId: projectId ?? undefined,
      logSourceId: logSourceId ?? undefined,
    },
  });
}
