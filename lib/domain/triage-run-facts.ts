import type { TriagePhase } from "./triage";

/** What kinds of artifact a run keeps (contract 5.11). */
export const artifactTypes = [
  "incident_monitor_triage_summary",
  "incident_monitor_issue_draft",
  "failure_duplicate_matches",
  "incident_monitor_proposal_quality_gate",
  "incident_monitor_inspection",
  "incident_monitor_research",
  "incident_monitor_validation",
  "incident_monitor_fix_proposal",
] as const;
export type ArtifactType = (typeof artifactTypes)[number];

/** Where one artifact of a run is kept, without what is in it. */
export type ArtifactRef = {
  id: string;
  atMs: number;
  path: string;
  artifactType: ArtifactType;
  stepId?: string;
  sourceEventId?: string;
};

/** The phases by the contract's names, with the time each may take, ms (5.10, 5.11). */
export const triageNodes: Record<
  TriagePhase,
  { nodeId: string; title: string; timeoutMs: number; artifactType: ArtifactType }
> = {
  inspect: {
    nodeId: "inspect_failure_report",
    title: "Inspect the failure report",
    timeoutMs: 240_000,
    artifactType: "incident_monitor_inspection",
  },
  research: {
    nodeId: "research_likely_root_cause",
    title: "Research the likely root cause",
    timeoutMs: 600_000,
    artifactType: "incident_monitor_research",
  },
  validate: {
    nodeId: "validate_failure_scope",
    title: "Validate the failure's scope",
    timeoutMs: 240_000,
    artifactType: "incident_monitor_validation",
  },
  propose: {
    nodeId: "propose_fix_and_verification",
    title: "Propose a fix and its verification",
    timeoutMs: 360_000,
    artifactType: "incident_monitor_fix_proposal",
  },
};

export type RunStatus = "queued" | "running" | "ready" | "blocked" | "timed_out" | "failed" | "cancelled";
export type PhaseState = "pending" | "running" | "done" | "blocked" | "failed" | "skipped";

export type PhaseProgress = {
  phase: TriagePhase;
  state: PhaseState;
  attempts: number;
  startedAtMs: number | null;
  endedAtMs: number | null;
  /** What it is at, or why it stopped; words for people. */
  note: string | null;
  artifact: ArtifactRef | null;
};

/** What anybody is told about a run. */
export type TriageRunFacts = {
  triageRunId: string;
  draftId: string;
  repo: string;
  status: RunStatus;
  phases: PhaseProgress[];
  tenantId: string | null;
  workspaceId: string | null;
  workspaceRoot: string;
  /** Counts whoever took the run: a new taker is a new epoch. */
  leaseEpoch: number;
  /** Who works on it when that is not this product. */
  takenBy: { kind: string; id: string; name: string } | null;
  model: { provider: string; id: string; promptTokens: number; completionTokens: number } | null;
  revision: number;
  lastEventSeq: number;
  createdAtMs: number;
  updatedAtMs: number;
  startedAtMs: number | null;
  endedAtMs: number | null;
  lastError: string | null;
};
