import { z } from "zod";
import { actorRefSchema, msSchema, reasonSchema, redactionsSchema } from "./record-values";
import { issueDraftSchema, proposalQualityGateSchema, triageSummarySchema } from "./triage";
import { draftRevisionSchema, triageRunDetailSchema } from "./triage-agent";
import {
  type FixProposalWire,
  type InspectionWire,
  type ResearchWire,
  triageFindingSchema,
  type ValidationWire,
} from "./triage-phase";
import { triageRunSchema } from "./triage-run";

const actionSchema = z.object({
  allowed: z.boolean(),
  /** Why not, and what unlocks it. */
  reason: z.string().optional(),
});

/** What a phase left, whose it is, and what was blacked out in it before it was stored. */
const phaseResultSchema = z
  .object({
    artifact_id: z.string(),
    made_by: z.string(),
    at_ms: msSchema,
    redactions: redactionsSchema,
    /** In the shape in which an agent hands a phase's artifact in. */
    content: z.looseObject({}),
  })
  .nullable();

/** A draft's newest triage run, everything it found and came to, and what this caller may do with it (beyond the contract). */
export const triageReviewSchema = z.object({
  draft_id: z.string(),
  /** null: the draft was never under triage, and everything below is empty. */
  run: triageRunSchema.nullable(),
  trigger: triageRunDetailSchema.shape.trigger.nullable(),
  requested_by: actorRefSchema.nullable(),
  summary_by: triageRunDetailSchema.shape.summary_by,
  claim: triageRunDetailSchema.shape.claim,
  deadline_at_ms: msSchema.nullable(),
  next_attempt_at_ms: msSchema.nullable(),
  cancelled_by: actorRefSchema.nullable(),
  reason: reasonSchema.nullable(),
  phases: z.object({
    inspect: phaseResultSchema,
    research: phaseResultSchema,
    validate: phaseResultSchema,
    propose: phaseResultSchema,
  }),
  triage_summary: triageSummarySchema.nullable(),
  /** Whether it passed or not; null while nothing was judged. */
  proposal_quality_gate: proposalQualityGateSchema.nullable(),
  /** null where the gate stopped it. */
  issue_draft: issueDraftSchema.nullable(),
  /** Edits of the draft's summary, the newest first. */
  revisions: z.array(draftRevisionSchema),
  /** Runs before this one, the newest first. */
  earlier_runs: z.array(
    z.object({
      run_id: z.string(),
      state: triageRunSchema.shape.state,
      created_at_ms: msSchema,
      ended_at_ms: msSchema.optional(),
    }),
  ),
  actions: z.object({
    start: actionSchema,
    cancel: actionSchema,
    take_back: actionSchema,
    edit: actionSchema,
  }),
});

const unsupportedSchema = z.object({
  statement: z.string(),
  because: z.array(z.object({ cited: z.string(), code: z.string() })),
});

/** What a model said once its evidence was checked. It changes nothing of what the rules found. */
export const modelOpinionSchema = z.object({
  likely_cause: triageFindingSchema.nullable(),
  recommended_fix: triageFindingSchema.nullable(),
  findings: z.array(triageFindingSchema),
  suspect_commit: z.string().nullable(),
  open_questions: z.array(z.string()),
  unsupported: z.array(unsupportedSchema),
  disagreements: z.array(
    z.object({ about: z.enum(["file", "commit", "risk"]), deterministic: z.string(), model: z.string() }),
  ),
});

/** What asking a model came to, and what was sent for it. */
export const modelReportSchema = z.object({
  outcome: z.enum(["analysed", "stopped", "failed", "refused"]),
  model_id: z.string(),
  host: z.string(),
  used_up: z.string().optional(),
  reason: reasonSchema.optional(),
  reasons: z.array(reasonSchema).optional(),
  usage: z.object({
    call_count: z.number(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    duration_ms: z.number(),
    cost: z.number(),
  }),
  opinion: modelOpinionSchema.nullish(),
});
export type ModelReportWire = z.infer<typeof modelReportSchema>;

type PhaseResult<Content> = Omit<NonNullable<z.infer<typeof phaseResultSchema>>, "content"> & {
  content: Content;
};

export type TriagePhasesWire = {
  inspect: PhaseResult<InspectionWire> | null;
  research: PhaseResult<ResearchWire> | null;
  validate: PhaseResult<ValidationWire> | null;
  propose: PhaseResult<FixProposalWire & { model?: ModelReportWire }> | null;
};
export type TriageReviewWire = Omit<z.infer<typeof triageReviewSchema>, "phases"> & {
  phases: TriagePhasesWire;
};
export type TriageActionsWire = TriageReviewWire["actions"];
