import { z } from "zod";
import { draftSchema } from "./draft";
import { incidentSchema } from "./incident";
import { problemSchema } from "./problem";
import { actorRefSchema, msSchema } from "./record-values";
import {
  artifactRefSchema,
  duplicateMatchSchema,
  issueDraftSchema,
  proposalQualityGateSchema,
  triageDuplicatesSchema,
  triageSummarySchema,
} from "./triage";

/** Words of a run's status that both of the reference's kinds of run know. */
export const triageRunStatuses = [
  "queued",
  "running",
  "completed",
  "blocked",
  "failed",
  "cancelled",
] as const;

const tenantContextSchema = z.object({
  tenant_id: z.string().nullable(),
  workspace_id: z.string().nullable(),
});

/**
 * A triage run (contract 5.10): the keys of an automation run and of a context run in one object, so that either caller finds its
 * own. The last four keys are beyond the contract; `state` tells apart what `status` has one word for.
 */
export const triageRunSchema = z.object({
  run_id: z.string(),
  automation_run_id: z.string(),
  automation_id: z.string(),
  run_type: z.literal("incident_monitor_triage"),
  trigger_type: z.literal("incident_monitor_triage"),
  tenant_context: tenantContextSchema,
  status: z.enum(triageRunStatuses),
  objective: z.string(),
  workspace: z.object({
    workspace_id: z.string(),
    canonical_path: z.string(),
    lease_epoch: z.int(),
  }),
  steps: z.array(z.object({ step_id: z.string(), title: z.string(), status: z.string() })),
  tasks: z.array(z.unknown()),
  mcp_servers: z.array(z.string()),
  checkpoint: z.object({
    completed_nodes: z.array(z.string()),
    pending_nodes: z.array(z.string()),
    blocked_nodes: z.array(z.string()),
    node_outputs: z.record(z.string(), z.object({ artifact: artifactRefSchema })),
    node_attempts: z.record(z.string(), z.int()),
  }),
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  revision: z.int(),
  last_event_seq: z.int(),
  why_next_step: z.string().nullable(),
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
  started_at_ms: msSchema.optional(),
  ended_at_ms: msSchema.optional(),
  source_client: z.string().optional(),
  model_provider: z.string().optional(),
  model_id: z.string().optional(),
  last_error: z.string().optional(),
  draft_id: z.string(),
  state: z.enum(["queued", "running", "ready", "blocked", "timed_out", "failed", "cancelled"]),
  taken_by: actorRefSchema.nullable(),
  phases: z.array(
    z.object({
      phase: z.enum(["inspect", "research", "validate", "propose"]),
      state: z.enum(["pending", "running", "done", "blocked", "failed", "skipped"]),
      attempts: z.int(),
      timeout_ms: z.int(),
      started_at_ms: msSchema.optional(),
      ended_at_ms: msSchema.optional(),
      note: z.string().optional(),
    }),
  ),
});

const memoryAnswer = z.record(z.string(), z.unknown()).nullable();

/** What every answer about a run carries of its results; null until there is one (contract 4.6, 4.9). */
const results = {
  triage_summary: triageSummarySchema.nullable(),
  triage_summary_artifact: artifactRefSchema.nullable(),
  issue_draft: issueDraftSchema.nullable(),
  issue_draft_artifact: artifactRefSchema.nullable(),
  duplicate_summary: triageDuplicatesSchema.nullable(),
  duplicate_matches: z.array(duplicateMatchSchema).nullable(),
  duplicate_matches_artifact: artifactRefSchema.nullable(),
};

export const triageRunResponseSchema = z.object({
  ok: z.literal(true),
  draft: draftSchema,
  run: triageRunSchema.nullable(),
  /** An earlier run that is still alive was answered. */
  deduped: z.boolean(),
  ...results,
});

export const replayIncidentResponseSchema = triageRunResponseSchema.extend({ incident: incidentSchema });

export const triageSummaryResponseSchema = z.object({
  ok: z.literal(true),
  draft: draftSchema,
  triage_summary: triageSummarySchema,
  triage_summary_artifact: artifactRefSchema.nullable(),
  failure_pattern_memory: memoryAnswer,
  regression_signal_memory: memoryAnswer,
  issue_draft: issueDraftSchema,
  issue_draft_artifact: artifactRefSchema.nullable(),
  duplicate_matches_artifact: artifactRefSchema.nullable(),
});

export const issueDraftResponseSchema = z.object({
  ok: z.literal(true),
  draft: draftSchema.nullable(),
  ...results,
  issue_draft: issueDraftSchema,
});

/** The summary is kept, and no issue could be proposed from it (contract 4.10, step 8). */
export const triageSummaryProblemSchema = problemSchema.extend({
  draft: draftSchema,
  triage_summary: triageSummarySchema,
  triage_summary_artifact: artifactRefSchema.nullable(),
  failure_pattern_memory: memoryAnswer,
  regression_signal_memory: memoryAnswer,
  duplicate_matches_artifact: artifactRefSchema.nullable(),
  proposal_quality_gate: proposalQualityGateSchema.nullable(),
  proposal_quality_gate_artifact: artifactRefSchema.nullable(),
});

/** No issue draft: unknown draft, no run, or the gate, whose report says what is missing (contract 4.11). */
export const issueDraftProblemSchema = problemSchema.extend({
  draft_id: z.string(),
  draft: draftSchema.nullable(),
  proposal_quality_gate: proposalQualityGateSchema.nullable(),
  proposal_quality_gate_artifact: artifactRefSchema.nullable(),
});

export type TriageRunWire = z.infer<typeof triageRunSchema>;
export type TriageRunResponseWire = z.infer<typeof triageRunResponseSchema>;
export type ReplayIncidentResponseWire = z.infer<typeof replayIncidentResponseSchema>;
export type TriageSummaryResponseWire = z.infer<typeof triageSummaryResponseSchema>;
export type IssueDraftResponseWire = z.infer<typeof issueDraftResponseSchema>;
export type TriageSummaryProblemWire = z.infer<typeof triageSummaryProblemSchema>;
export type IssueDraftProblemWire = z.infer<typeof issueDraftProblemSchema>;
