import { z } from "zod";
import { governanceScopeSchema } from "./governance";
import { actorRefSchema, msSchema } from "./record-values";

/* Production readiness: the map from evidence surfaces to controls. Beyond the contract. */

export const readinessGroupSchema = z.enum([
  ...(["shipped_evidence", "deployment_policy", "customer_owned_custody", "response_duties"] as const),
]);
export const readinessStateSchema = z.enum(["met", "attention", "not_evaluable", "customer_owned"]);

/** Who vouches for what this product cannot see, and until when. */
export const attestationSchema = z.object({
  attestation_id: z.string(),
  control_id: z.string(),
  note: z.string(),
  actor: actorRefSchema,
  attested_at_ms: msSchema,
  expires_at_ms: msSchema,
  lapsed: z.boolean(),
});

export const readinessControlSchema = z.object({
  control_id: z.string(),
  group: readinessGroupSchema,
  title: z.string(),
  /** `customer_owned`: the product cannot look; only `acknowledgement` says anything. */
  state: readinessStateSchema,
  why: z.string(),
  next_step: z.string().nullable(),
  /** The pages of the panel that show it. */
  evidence: z.array(z.object({ surface: z.string(), path: z.string() })),
  acknowledgement: attestationSchema.nullable(),
});

export const productionReadinessSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: governanceScopeSchema,
  counts: z.object({
    controls: z.int(),
    met: z.int(),
    attention: z.int(),
    not_evaluable: z.int(),
    customer_owned: z.int(),
    /** Of those the customer owns: vouched for, and not lapsed. */
    acknowledged: z.int(),
    /** Whatever is not met and not vouched for. */
    open: z.int(),
  }),
  controls: z.array(readinessControlSchema),
});

export const attestReadinessSchema = z.object({
  /** What is vouched for: where, who, how it was checked. Redacted before it is stored. */
  note: z.string().max(2_000),
  /** 1 to 366; 90 when absent. */
  expires_in_days: z.int().nullish(),
});

export const attestationResponseSchema = z.object({ attestation: attestationSchema });
export const attestationWithdrawnSchema = z.object({ control_id: z.string(), withdrawn: z.literal(true) });

export type AttestReadinessWire = z.infer<typeof attestReadinessSchema>;
export type AttestationWire = z.infer<typeof attestationSchema>;
export type ReadinessControlWire = z.infer<typeof readinessControlSchema>;
export type ReadinessGroupWire = z.infer<typeof readinessGroupSchema>;
export type ProductionReadinessWire = z.infer<typeof productionReadinessSchema>;
