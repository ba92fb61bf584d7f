import { z } from "zod";
import { draftSchema } from "./draft";
import { actorRefSchema, msSchema, reasonSchema, redactionsSchema } from "./record-values";
import { artifactRefSchema, summaryChangeSchema } from "./triage";
import {
  fixProposalSchema,
  inspectionSchema,
  researchSchema,
  type triagePhases,
  validationSchema,
} from "./triage-phase";
import { triageRunSchema } from "./triage-run";

// Runs of triage by their id: looking at one, cancelling it, and an external agent's calls (D-22). Beyond the contract.

/** An artifact with what it says: redacted before it was stored. */
export const triageArtifactSchema = artifactRefSchema.extend({
  /** `agent`: handed in by an external agent; nothing of it is a fact of ours. */
  made_by: z.string(),
  sha256: z.string(),
  redactions: redactionsSchema,
  content: z.unknown(),
});

/** What somebody changed of the draft's summary, and what it said before. */
export const draftRevisionSchema = z.object({
  revision: z.int(),
  actor: actorRefSchema,
  created_at_ms: msSchema,
  changes: z.array(summaryChangeSchema),
});

/** A run with everything it left, oldest first, and the edits of its draft, newest first. */
export const triageRunDetailSchema = z.object({
  run: triageRunSchema,
  draft: draftSchema,
  trigger: z.enum(["manual", "replay", "automatic"]),
  requested_by: actorRefSchema,
  summary_by: z.enum(["enrichers", "agent", "person", "synthesis"]).nullable(),
  /** Who is at it, and until when if they do not report. The claim's id is told to its holder alone. */
  claim: z
    .object({
      kind: z.enum(["worker", "agent"]),
      by: z.string(),
      claimed_at_ms: msSchema,
      lease_until_ms: msSchema,
    })
    .nullable(),
  deadline_at_ms: msSchema.nullable(),
  /** While it waits: when a worker may take it. */
  next_attempt_at_ms: msSchema.nullable(),
  claim_count: z.int(),
  recovery_count: z.int(),
  cancelled_by: actorRefSchema.nullable(),
  reason: reasonSchema.nullable(),
  artifacts: z.array(triageArtifactSchema),
  revisions: z.array(draftRevisionSchema),
});

/** How long the agent's claim holds without a heartbeat; two minutes unless told. */
const leaseMsSchema = z.int().min(15_000).max(600_000).nullish();
const claimIdSchema = z.string().min(1).max(100);

export const createTriageRunSchema = z.looseObject({
  /** `agent`: workers leave a new run alone for ten minutes, for an external agent to claim it. */
  executor: z.enum(["worker", "agent"]).nullish(),
});
export const claimTriageRunSchema = z.object({ lease_ms: leaseMsSchema });
export const claimedTriageRunSchema = z.object({
  ok: z.literal(true),
  /** The proof of the claim, for every further call. */
  claim_id: z.string(),
  lease_until_ms: msSchema,
  run: triageRunSchema,
  draft: draftSchema,
});
export const heartbeatTriageRunSchema = z.object({ claim_id: claimIdSchema, lease_ms: leaseMsSchema });
export const triageHeartbeatSchema = z.object({
  ok: z.literal(true),
  lease_until_ms: msSchema,
  run: triageRunSchema,
});

const submission = <Phase extends (typeof triagePhases)[number], Artifact extends z.ZodType>(
  phase: Phase,
  artifact: Artifact,
) => z.object({ claim_id: claimIdSchema, phase: z.literal(phase), artifact });

/** What an agent found in one phase. Every statement in it is kept as a model's, whatever it says of itself. */
export const submitTriageArtifactSchema = z.discriminatedUnion("phase", [
  submission("inspect", inspectionSchema),
  submission("research", researchSchema),
  submission("validate", validationSchema),
  submission("propose", fixProposalSchema),
]);
export const submittedTriageArtifactSchema = z.object({
  ok: z.literal(true),
  run: triageRunSchema,
  artifact: artifactRefSchema,
});
export const completeTriageRunSchema = z.object({
  claim_id: claimIdSchema,
  /** `released` gives the run back to the queue with what was submitted. */
  outcome: z.enum(["completed", "released"]).nullish(),
});
export const cancelTriageRunSchema = z.object({ reason: z.string().max(1_000).nullish() });
export const takeBackTriageRunSchema = z.looseObject({});
export const changedTriageRunSchema = z.object({
  ok: z.literal(true),
  run: triageRunSchema,
  draft: draftSchema,
});

export type TriageArtifactWire = z.infer<typeof triageArtifactSchema>;
export type TriageRunDetailWire = z.infer<typeof triageRunDetailSchema>;
export type SubmitTriageArtifactWire = z.infer<typeof submitTriageArtifactSchema>;
export type ClaimedTriageRunWire = z.infer<typeof claimedTriageRunSchema>;
export type ChangedTriageRunWire = z.infer<typeof changedTriageRunSchema>;
