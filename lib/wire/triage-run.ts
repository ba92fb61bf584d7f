import type {
  IssueDraftProblemWire,
  IssueDraftResponseWire,
  ReplayIncidentResponseWire,
  TriageRunResponseWire,
  TriageRunWire,
  TriageSummaryProblemWire,
  TriageSummaryResponseWire,
} from "@/lib/contracts/triage-run";
import type { DuplicateSummary } from "@/lib/domain/duplicate-summary";
import type { GateReport } from "@/lib/domain/gate-report";
import type { IssueDraft } from "@/lib/domain/issue-draft";
import type { SummaryRecord } from "@/lib/domain/issue-draft-json";
import type { Draft, Incident } from "@/lib/domain/records";
import {
  type ArtifactRef,
  type PhaseProgress,
  type PhaseState,
  type RunStatus,
  type TriageRunFacts,
  triageNodes,
} from "@/lib/domain/triage-run-facts";
import { draftToWire } from "./draft";
import { incidentToWire } from "./incident";
import { present } from "./record-parts";
import {
  artifactRefToWire,
  duplicateMatchToWire,
  duplicateSummaryToWire,
  issueDraftToWire,
  proposalGateToWire,
  triageSummaryToWire,
} from "./triage";

/** The reference knows no timeout as a status: a run that ran out of time failed, and `state` and `last_error` say how. */
const statusWords: Record<RunStatus, TriageRunWire["status"]> = {
  queued: "queued",
  running: "running",
  ready: "completed",
  blocked: "blocked",
  timed_out: "failed",
  failed: "failed",
  cancelled: "cancelled",
};
const stepWords: Record<PhaseState, string> = {
  pending: "pending",
  running: "running",
  done: "completed",
  blocked: "blocked",
  failed: "failed",
  skipped: "skipped",
};

export function triageRunToWire(run: TriageRunFacts): TriageRunWire {
  const nodesIn = (...states: PhaseState[]) =>
    run.phases.filter((each) => states.includes(each.state)).map(({ phase }) => triageNodes[phase].nodeId);
  const next = run.phases.find(({ state }) => state === "running" || state === "pending");
  const [promptTokens, completionTokens] = [run.model?.promptTokens ?? 0, run.model?.completionTokens ?? 0];
  return {
    run_id: run.triageRunId,
    automation_run_id: run.triageRunId,
    automation_id: `automation-v2-incident-monitor-triage-${run.draftId}`,
    run_type: "incident_monitor_triage",
    trigger_type: "incident_monitor_triage",
    tenant_context: { tenant_id: run.tenantId, workspace_id: run.workspaceId },
    status: statusWords[run.status],
    objective: `Find out why ${run.draftId} failed in ${run.repo}, and propose what to do.`,
    workspace: {
      workspace_id: run.workspaceId ?? run.repo,
      canonical_path: run.workspaceRoot,
      lease_epoch: run.leaseEpoch,
    },
    steps: run.phases.map(({ phase, state }) => ({
      step_id: triageNodes[phase].nodeId,
      title: triageNodes[phase].title,
      status: stepWords[state],
    })),
    tasks: [],
    mcp_servers: [],
    checkpoint: {
      completed_nodes: nodesIn("done"),
      pending_nodes: nodesIn("pending", "running"),
      blocked_nodes: nodesIn("blocked", "failed", "skipped"),
      node_outputs: Object.fromEntries(
        run.phases.flatMap(({ phase, artifact }) =>
          artifact ? [[triageNodes[phase].nodeId, { artifact: artifactRefToWire(artifact) }]] : [],
        ),
      ),
      node_attempts: Object.fromEntries(
        run.phases.map(({ phase, attempts }) => [triageNodes[phase].nodeId, attempts]),
      ),
    },
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    revision: run.revision,
    last_event_seq: run.lastEventSeq,
    why_next_step: run.endedAtMs === null ? (next?.note ?? null) : null,
    created_at_ms: run.createdAtMs,
    updated_at_ms: run.updatedAtMs,
    ...present({
      started_at_ms: run.startedAtMs,
      ended_at_ms: run.endedAtMs,
      source_client: run.takenBy?.name,
      model_provider: run.model?.provider,
      model_id: run.model?.id,
      last_error: run.lastError,
    }),
    draft_id: run.draftId,
    state: run.status,
    taken_by: run.takenBy,
    phases: run.phases.map(phaseToWire),
  };
}

const phaseToWire = (each: PhaseProgress): TriageRunWire["phases"][number] => ({
  phase: each.phase,
  state: each.state,
  attempts: each.attempts,
  timeout_ms: triageNodes[each.phase].timeoutMs,
  ...present({ started_at_ms: each.startedAtMs, ended_at_ms: each.endedAtMs, note: each.note }),
});

/** What a run came to so far; null of what there is none of yet. */
export type TriageResults = {
  summary: SummaryRecord | null;
  summaryArtifact: ArtifactRef | null;
  issueDraft: IssueDraft | null;
  issueDraftArtifact: ArtifactRef | null;
  duplicates: DuplicateSummary | null;
  duplicatesArtifact: ArtifactRef | null;
};

export const triageResultsToWire = (results: TriageResults) => ({
  triage_summary: results.summary && triageSummaryToWire(results.summary),
  triage_summary_artifact: artifactOrNull(results.summaryArtifact),
  issue_draft: results.issueDraft && issueDraftToWire(results.issueDraft),
  issue_draft_artifact: artifactOrNull(results.issueDraftArtifact),
  duplicate_summary: results.duplicates && duplicateSummaryToWire(results.duplicates),
  duplicate_matches: results.duplicates && results.duplicates.matches.map(duplicateMatchToWire),
  duplicate_matches_artifact: artifactOrNull(results.duplicatesArtifact),
});

const artifactOrNull = (artifact: ArtifactRef | null) => artifact && artifactRefToWire(artifact);

type EnsuredRun = { draft: Draft; run: TriageRunFacts | null; deduped: boolean; results: TriageResults };

export const triageRunResponse = ({ draft, run, deduped, results }: EnsuredRun): TriageRunResponseWire => ({
  ok: true,
  draft: draftToWire(draft),
  run: run && triageRunToWire(run),
  deduped,
  ...triageResultsToWire(results),
});

/** `incident` as it was before the replay. */
export const replayIncidentResponse = (
  replayed: EnsuredRun & { incident: Incident },
): ReplayIncidentResponseWire => ({
  ...triageRunResponse(replayed),
  incident: incidentToWire(replayed.incident),
});

type WrittenSummary = {
  draft: Draft;
  summary: SummaryRecord;
  results: Omit<TriageResults, "summary" | "issueDraft">;
  failurePatternMemory: Record<string, unknown> | null;
  regressionSignalMemory: Record<string, unknown> | null;
};

const writtenSummary = (written: WrittenSummary) => ({
  draft: draftToWire(written.draft),
  triage_summary: triageSummaryToWire(written.summary),
  triage_summary_artifact: artifactOrNull(written.results.summaryArtifact),
  failure_pattern_memory: written.failurePatternMemory,
  regression_signal_memory: written.regressionSignalMemory,
  duplicate_matches_artifact: artifactOrNull(written.results.duplicatesArtifact),
});

export const triageSummaryResponse = (
  written: WrittenSummary & { issueDraft: IssueDraft },
): TriageSummaryResponseWire => ({
  ok: true,
  ...writtenSummary(written),
  issue_draft: issueDraftToWire(written.issueDraft),
  issue_draft_artifact: artifactOrNull(written.results.issueDraftArtifact),
});

type RefusingGate = { gate: GateReport | null; gateArtifact: ArtifactRef | null };

const refusingGate = ({ gate, gateArtifact }: RefusingGate) => ({
  proposal_quality_gate: gate && proposalGateToWire(gate),
  proposal_quality_gate_artifact: artifactOrNull(gateArtifact),
});

/** Keys beside the refusal when a summary was kept and no issue could be proposed from it (contract 4.10). */
export const triageSummaryRefusal = (
  written: WrittenSummary & RefusingGate,
): Omit<TriageSummaryProblemWire, "error" | "code"> => ({
  ...writtenSummary(written),
  ...refusingGate(written),
});

export const issueDraftResponse = (
  written: { draft: Draft | null } & { results: TriageResults & { issueDraft: IssueDraft } },
): IssueDraftResponseWire => ({
  ok: true,
  draft: written.draft && draftToWire(written.draft),
  ...triageResultsToWire(written.results),
  issue_draft: issueDraftToWire(written.results.issueDraft),
});

/** Keys beside the refusal of an issue draft (contract 4.11). */
export const issueDraftRefusal = (
  refused: { draftId: string; draft: Draft | null } & RefusingGate,
): Omit<IssueDraftProblemWire, "error" | "code"> => ({
  draft_id: refused.draftId,
  draft: refused.draft && draftToWire(refused.draft),
  ...refusingGate(refused),
});
