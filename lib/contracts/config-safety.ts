import { z } from "zod";
import {
  approvalBindingSchema,
  approvalsRequiredSchema,
  approversSchema,
  destinationKindSchema,
  stringsSchema as strings,
  wholeNumberSchema,
} from "./config-values";

/** How many days something is kept: 1 to 36,500; absent or 0: for ever. */
const keptDaysSchema = z.int().min(0).max(36_500).optional();

/** How long what is kept, by kind. `hide` takes incidents, drafts and receipts out of sight; `delete` erases their texts. */
export const retentionProfileSchema = z.strictObject({
  profile_id: z.string().max(200),
  mode: z.enum(["hide", "delete"]),
  reports_days: keptDaysSchema,
  evidence_days: keptDaysSchema,
  incidents_days: keptDaysSchema,
  drafts_days: keptDaysSchema,
  receipts_days: keptDaysSchema,
  triage_days: keptDaysSchema,
  runs_days: keptDaysSchema,
});

/** Beside secrets and card numbers, which always go: what of personal data goes, and what an admin's own patterns find. */
export const redactionProfileSchema = z.strictObject({
  profile_id: z.string().max(200),
  personal_data: z.array(z.enum(["email", "phone_number", "iban", "ip_address"])).max(4),
  /** RE2 syntax. What one finds is marked `custom_` and its name. */
  patterns: z
    .array(
      z.strictObject({
        name: z.string().max(31),
        pattern: z.string().max(500),
        ignore_case: z.boolean().optional(),
      }),
    )
    .max(20)
    .optional(),
  /** Spared by personal data and patterns, never by secrets. `@example.com`: every address there. */
  allowed_values: z.array(z.string().max(200)).max(100).optional(),
});

/** What holds where no route, source or destination says more (contract 5.1.9 and beyond). */
export const safetyDefaultsSchema = z.strictObject({
  require_approval_for_high_risk: z.boolean(),
  redact_secrets: z.boolean(),
  block_unready_destinations: z.boolean(),
  block_unready_sources: z.boolean(),
  retention_days: wholeNumberSchema.optional(),
  /** Beyond the contract: named profiles, and the one used where no source or project names one (`default` when absent). */
  retention_profiles: z.array(retentionProfileSchema).max(50).optional(),
  retention_profile: z.string().max(200).optional(),
  minimum_risk_level: z.string().optional(),
  // Beyond the contract; kept when a PATCH leaves them out (D-18).
  high_risk_categories: strings,
  high_risk_destination_kinds: z.array(destinationKindSchema),
  approval_ttl_ms: wholeNumberSchema,
  approval_binding: approvalBindingSchema,
  publish_on_approval: z.boolean(),
  /** How long what was published waits before it may leave, ms; at most a minute. It can be undone until then. */
  publish_grace_ms: wholeNumberSchema,
  approvals_required_high_risk: approvalsRequiredSchema,
  approvals_required_critical_risk: approvalsRequiredSchema,
  approvers_high_risk: approversSchema.optional(),
  approvers_critical_risk: approversSchema.optional(),
  author_may_not_approve: z.boolean(),
  require_step_up_for_high_risk: z.boolean(),
  break_glass_per_person: wholeNumberSchema,
  break_glass_overall: wholeNumberSchema,
  redaction_profile: z.string(),
  /** Beyond the contract: profiles that an admin wrote, beside `standard` and `strict`. */
  redaction_profiles: z.array(redactionProfileSchema).max(20).optional(),
});

export const reassessmentSchema = z.strictObject({
  cadence_ms: wholeNumberSchema,
  overdue_grace_ms: wholeNumberSchema,
  change_triggers_enabled: z.boolean(),
});

export type RedactionProfileWire = z.infer<typeof redactionProfileSchema>;
export type RetentionProfileWire = z.infer<typeof retentionProfileSchema>;
