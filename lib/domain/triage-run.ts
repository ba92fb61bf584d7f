import type { ActorRef } from "./actor";
import type { DuplicateSummary } from "./duplicate-summary";
import type { IssueDraft } from "./issue-draft";
import type { SummaryRecord } from "./issue-draft-json";
import { type Reason, reason } from "./reason";
import type { Draft, RedactionCounts } from "./records";
import { type PhaseArtifacts, type TriagePhase, triagePhases } from "./triage";
import type { ProposalGate } from "./triage-gates";
import { type ArtifactRef, type ArtifactType, type TriageRunFacts, triageNodes } from "./triage-run-facts";
import type { TriageSummaryInput } from "./triage-summary-fields";

/**
 * A run goes: queued -> running (claimed) -> ready | blocked (judged by the proposal gate) | timed_out | failed; cancelled from
 * either live state. A lapsed claim or a failed phase brings it back to queued; nothing brings back one that has ended.
 */
export const triageRunStatuses = [
  ...(["queued", "running", "ready", "blocked", "timed_out", "failed", "cancelled"] as const),
];
export type TriageRunStatus = (typeof triageRunStatuses)[number];
export const liveRunStatuses: readonly TriageRunStatus[] = ["queued", "running"];

export type TriageTrigger = "manual" | "replay" | "automatic";

/** Who made an artifact: our own reading, an external agent, or what a person wrote into a summary. */
export type ArtifactMaker = "enrichers" | "agent" | "summary";

/** A phase is pending until its own artifact is there; one that a summary filled in is still looked into. */
export type PhaseProgress = {
  phase: TriagePhase;
  state: "pending" | "running" | "done" | "failed" | "timed_out";
  attempts: number;
  startedAtMs: number | null;
  endedAtMs: number | null;
  artifactId: string | null;
  by: ArtifactMaker | null;
  reason: Reason | null;
};

/** Fields of a summary that somebody wrote; blank ones clear what was found. */
export type TriageEdit = {
  writtenBy: "person" | "model";
  actor: ActorRef;
  atMs: number;
  fields: TriageSummaryInput;
};

export type TriageBudget = {
  /** Of the whole run from when work began; null: no deadline. */
  runMs: number | null;
  phaseMs: Record<TriagePhase, number>;
  attemptsPerPhase: number;
  /** Lapsed claims after which nobody tries any more. */
  recoveries: number;
};

export type TriageClaim = {
  claimId: string;
  kind: "worker" | "agent";
  by: string;
  claimedAtMs: number;
  heartbeatAtMs: number;
  leaseUntilMs: number;
};

export type TriageRun = {
  runId: string;
  draftId: string;
  status: TriageRunStatus;
  trigger: TriageTrigger;
  requestedBy: ActorRef;
  phases: PhaseProgress[];
  summary: SummaryRecord | null;
  summaryBy: "enrichers" | "agent" | "person" | "synthesis" | null;
  /** What people and agents wrote over what was found, oldest first. */
  edits: TriageEdit[] | null;
  /** null where the gate stopped it. */
  issueDraft: IssueDraft | null;
  gate: ProposalGate | null;
  /** What was known of failures like it when the run was made. */
  duplicates: DuplicateSummary | null;
  budget: TriageBudget;
  workspaceRoot: string | null;
  claim: TriageClaim | null;
  nextAttemptAtMs: number;
  deadlineAtMs: number | null;
  claimCount: number;
  recoveryCount: number;
  cancelledBy: ActorRef | null;
  cancelledReason: string | null;
  revision: number;
  lastError: Reason | null;
  createdAtMs: number;
  startedAtMs: number | null;
  endedAtMs: number | null;
  updatedAtMs: number;
};

export type TriageArtifact = {
  artifactId: string;
  runId: string;
  type: ArtifactType;
  /** Unique; what a reference shows. */
  path: string;
  stepId: string | null;
  content: Record<string, unknown>;
  sha256: string;
  redactions: RedactionCounts;
  createdAtMs: number;
};

/** After a failed attempt nobody tries again before this. */
export const retryPauseMs = 10_000;
/** How long a run that was made for an external agent waits for one, before a worker takes it. */
export const agentWaitMs = 10 * 60_000;
/** The longest a run works, whatever is configured (reference 5.2). */
const runMsMax = 30 * 60_000;

/** `timeoutMs` is the configured one: null means no deadline of its own (D-18). */
export function triageBudget(timeoutMs: number | null): TriageBudget {
  const phaseMs = Object.fromEntries(triagePhases.map((phase) => [phase, triageNodes[phase].timeoutMs]));
  return {
    runMs: timeoutMs === null ? null : Math.min(timeoutMs, runMsMax),
    phaseMs: phaseMs as TriageBudget["phaseMs"],
    attemptsPerPhase: 3,
    recoveries: 5,
  };
}

export const freshPhases = (): PhaseProgress[] =>
  triagePhases.map((phase) => ({
    phase,
    state: "pending",
    attempts: 0,
    startedAtMs: null,
    endedAtMs: null,
    artifactId: null,
    by: null,
    reason: null,
  }));

/** Where work goes on: the first phase without an artifact of its own. null when nothing is left. */
export function nextPhase(phases: readonly PhaseProgress[]): PhaseProgress | null {
  return phases.find((each) => each.state !== "done") ?? null;
}

export function withPhase(
  phases: readonly PhaseProgress[],
  phase: TriagePhase,
  change: Partial<PhaseProgress>,
): PhaseProgress[] {
  return phases.map((each) => (each.phase === phase ? { ...each, ...change } : each));
}

export type AfterFailure =
  | { next: "retry"; atMs: number }
  | { next: "end"; status: "failed" | "timed_out"; reason: Reason };

/** What becomes of a run one of whose phases did not end well, on its `attempts`-th attempt. */
export function afterPhaseFailure(
  progress: Pick<PhaseProgress, "phase" | "attempts">,
  why: "failed" | "timed_out",
  budget: TriageBudget,
  nowMs: number,
): AfterFailure {
  if (progress.attempts < budget.attemptsPerPhase) return { next: "retry", atMs: nowMs + retryPauseMs };
  const fields = { phase: progress.phase, attempts: progress.attempts };
  return {
    next: "end",
    status: why,
    reason:
      why === "timed_out"
        ? reason("phase_timed_out", `The phase ${progress.phase} took longer than it may, every time`, fields)
        : reason("phase_failed", `The phase ${progress.phase} failed every time`, fields),
  };
}

/** Has its claim lapsed so often that whatever runs it seems to die of it? */
export function isBeyondRecovery(run: Pick<TriageRun, "recoveryCount" | "budget">): Reason | null {
  if (run.recoveryCount <= run.budget.recoveries) return null;
  return reason("claim_lapsed_too_often", "Whoever worked on this run stopped reporting, again and again", {
    recoveries: run.recoveryCount,
  });
}

/** When a phase that starts now has to be done: its own time, or the run's if that is over first. Epoch ms. */
export function phaseDeadline(
  run: Pick<TriageRun, "budget" | "deadlineAtMs">,
  phase: TriagePhase,
  nowMs: number,
): number {
  return Math.min(nowMs + run.budget.phaseMs[phase], run.deadlineAtMs ?? Number.POSITIVE_INFINITY);
}

export type ClaimRefusal = Reason & { code: "run_ended" | "run_claimed" };

/** May an external agent take this run now? A worker's may be taken over; another agent's only once its lease is over. */
export function claimableByAgent(
  run: Pick<TriageRun, "status" | "claim">,
  nowMs: number,
): ClaimRefusal | null {
  if (!liveRunStatuses.includes(run.status)) {
    return { code: "run_ended", message: `The run has ended: ${run.status}` };
  }
  if (run.claim?.kind === "agent" && run.claim.leaseUntilMs > nowMs) {
    const fields = { lease_until_ms: run.claim.leaseUntilMs };
    return { code: "run_claimed", message: "Another agent works on this run", fields };
  }
  return null;
}

/** Phases that have no artifact of their own yet: what an agent has to submit before it may complete the run. */
export const missingPhases = (phases: readonly PhaseProgress[]): TriagePhase[] =>
  phases.filter((each) => each.state !== "done").map((each) => each.phase);

/** Kept of a run: what the same hand wrote last is one edit, and the oldest give way. */
const editCountMax = 20;

/** The edits with one more; fields that are written again replace what was written before. */
export function withEdit(edits: readonly TriageEdit[], edit: TriageEdit): TriageEdit[] {
  const last = edits.at(-1);
  const isSameHand = last?.writtenBy === edit.writtenBy && last.actor.id === edit.actor.id;
  if (!last || !isSameHand) return [...edits, edit].slice(-editCountMax);
  return [...edits.slice(0, -1), { ...edit, fields: { ...last.fields, ...edit.fields } }];
}

export const artifactRef = (artifact: TriageArtifact): ArtifactRef => ({
  id: artifact.artifactId,
  atMs: artifact.createdAtMs,
  path: artifact.path,
  artifactType: artifact.type,
  ...(artifact.stepId && { stepId: artifact.stepId }),
});

/** What anybody is told about a run: whose it is and how far it is, without the claim's id. */
export function runFacts(
  run: TriageRun,
  draft: Pick<Draft, "content">,
  artifacts: readonly TriageArtifact[],
): TriageRunFacts {
  const { attributes, repo } = draft.content;
  const refs = new Map(artifacts.map((each) => [each.artifactId, artifactRef(each)]));
  const agent = run.claim?.kind === "agent" ? run.claim.by : null;
  return {
    triageRunId: run.runId,
    draftId: run.draftId,
    repo,
    status: run.status,
    phases: run.phases.map((each) => ({
      phase: each.phase,
      state: each.state === "timed_out" ? "failed" : each.state,
      attempts: each.attempts,
      startedAtMs: each.startedAtMs,
      endedAtMs: each.endedAtMs,
      note: each.reason?.message ?? null,
      artifact: (each.artifactId && refs.get(each.artifactId)) || null,
    })),
    tenantId: attributes.tenantId ?? null,
    workspaceId: attributes.workspaceId ?? null,
    workspaceRoot: run.workspaceRoot ?? "",
    leaseEpoch: run.claimCount,
    takenBy: agent === null ? null : holderOf(agent),
    model: modelOf(artifacts),
    revision: run.revision,
    lastEventSeq: run.revision,
    createdAtMs: run.createdAtMs,
    updatedAtMs: run.updatedAtMs,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    lastError: run.lastError?.message ?? null,
  };
}

/** What the newest proposal of our own says of a model that was asked: its counts are the endpoint's, or our estimate. */
function modelOf(artifacts: readonly TriageArtifact[]): TriageRunFacts["model"] {
  const proposal = artifacts.findLast((each) => each.type === "incident_monitor_fix_proposal");
  if (proposal?.content.made_by !== "enrichers") return null;
  const { model } = proposal.content.value as Pick<PhaseArtifacts["propose"], "model">;
  if (!model) return null;
  const { inputTokens, outputTokens } = model.usage;
  return {
    provider: model.host,
    id: model.modelId,
    promptTokens: inputTokens,
    completionTokens: outputTokens,
  };
}

/** Of an actor's key, `agent:token-1`. */
function holderOf(key: string): { kind: string; id: string; name: string } {
  const at = key.indexOf(":");
  const id = key.slice(at + 1);
  return { kind: key.slice(0, at), id, name: id };
}
