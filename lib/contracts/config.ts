import { z } from "zod";
import { reassessmentSchema, safetyDefaultsSchema } from "./config-safety";
import {
  approvalPolicySchema,
  approvalsRequiredSchema,
  approversSchema,
  conditionFieldSchema,
  conditionOpSchema,
  dayOfWeekSchema,
  destinationKindSchema,
  jsonObjectSchema,
  labelModeSchema,
  listMax,
  logFieldSchema,
  logFormatSchema,
  minimumLevelSchema,
  providerPreferenceSchema,
  requestOf,
  routeModeSchema,
  rowsOf,
  sourceKindSchema,
  startPositionSchema,
  stringsSchema as strings,
  wholeNumberSchema,
} from "./config-values";

/*
 * The configuration on the wire (contract 5.1). Records say what we answer, exactly; the `...PatchSchema` forms say what
 * we take. Optional here means absent when unset: nothing is answered as null but `triage_timeout_ms`.
 */
const text = z.string().optional();

export const dataReadinessSchema = z.strictObject({
  source_owner: text,
  system_of_record: text,
  data_classification: text,
  allowed_use: text,
  source_of_truth: text,
  lineage_ref: text,
  expected_schema_version: text,
  schema_drift_status: text,
  quality_notes: text,
  legal_basis: text,
  authorization_marker: text,
  freshness_sla_ms: wholeNumberSchema.optional(),
  last_observed_at_ms: wholeNumberSchema.optional(),
});

const identityShape = {
  allowed_destination_ids: strings,
  default_destination_ids: strings,
  default_route_tags: strings,
  tenant_id: text,
  workspace_id: text,
  event_schema_version: text,
  redaction_profile: text,
  retention_profile: text,
  approval_policy: approvalPolicySchema,
  // Beyond the contract, absent where unset; kept when a PATCH leaves it out (D-18).
  approvals_required: approvalsRequiredSchema.optional(),
  approvers: approversSchema.optional(),
  data_readiness: dataReadinessSchema,
};

const patternsSchema = rowsOf(z.string().max(500), listMax.patterns);

/**
 * How the lines of a source are read, beyond the contract; absent where unset. Keys of `field_mapping` are what is looked
 * for, each with the keys to look under first (dotted for nested); those of `risk_by_level` are the log's own level words.
 */
export const logReadingSchema = z.strictObject({
  field_mapping: z.partialRecord(logFieldSchema, rowsOf(z.string().max(200), listMax.mappedKeys)).optional(),
  risk_by_level: z
    .record(z.string().max(40), z.string().max(40))
    .refine((levels) => Object.keys(levels).length <= listMax.levels, `At most ${listMax.levels} entries`)
    .optional(),
  minimum_risk_level: text,
  maximum_risk_level: text,
  ignore_patterns: patternsSchema.optional(),
  trigger_patterns: patternsSchema.optional(),
  max_line_bytes: wholeNumberSchema.optional(),
  expected_interval_seconds: wholeNumberSchema.optional(),
  required_fields: rowsOf(logFieldSchema, listMax.ids).optional(),
});

export const logSourceSchema = z.strictObject({
  source_id: z.string(),
  path: z.string(),
  source_kind: sourceKindSchema.optional(),
  format: logFormatSchema,
  minimum_level: minimumLevelSchema,
  watch_interval_seconds: wholeNumberSchema,
  enabled: z.boolean(),
  paused: z.boolean(),
  start_position: startPositionSchema,
  max_bytes_per_poll: wholeNumberSchema,
  max_candidates_per_poll: wholeNumberSchema,
  fingerprint_cooldown_ms: wholeNumberSchema,
  ...identityShape,
  // Beyond the contract, absent where unset; kept when a PATCH leaves it out (D-18).
  reading: logReadingSchema.optional(),
});

export const monitoredProjectSchema = z.strictObject({
  project_id: z.string(),
  name: z.string(),
  repo: z.string(),
  workspace_root: z.string(),
  enabled: z.boolean(),
  paused: z.boolean(),
  source_kind: sourceKindSchema,
  mcp_server: text,
  model_policy: jsonObjectSchema.optional(),
  ...identityShape,
  auto_create_new_issues: z.boolean(),
  require_approval_for_new_issues: z.boolean(),
  auto_comment_on_matched_open_issues: z.boolean(),
  // Beyond the contract, absent where unset; kept when a PATCH leaves it out (D-18). Markdown with {{placeholders}}.
  issue_template: text,
  log_sources: rowsOf(logSourceSchema, listMax.logSources),
});

export const destinationSchema = z.strictObject({
  destination_id: z.string(),
  name: z.string(),
  kind: destinationKindSchema,
  enabled: z.boolean(),
  require_approval: z.boolean(),
  repo: text,
  mcp_server: text,
  linear_team: text,
  linear_project: text,
  webhook_url: text,
  webhook_secret_ref: text,
  telemetry_path: text,
  mcp_tool: text,
  memory_category: text,
  route_tags: strings,
  config: jsonObjectSchema.optional(),
});

const conditionValueSchema = z.string().max(500);
const conditionValuesSchema = rowsOf(conditionValueSchema, listMax.conditionValues);
const conditionBoundSchema = z.union([conditionValueSchema, z.number()]);

/**
 * One thing that must hold besides a route's lists. `values`: any of them is enough (equals, prefix, glob, regex); `value`:
 * the bound of at_least and at_most, of risk_level, level, confidence and occurrence_count.
 */
export const routeConditionSchema = z.strictObject({
  field: conditionFieldSchema,
  op: conditionOpSchema,
  values: conditionValuesSchema.optional(),
  value: conditionBoundSchema.optional(),
  negate: z.boolean().optional(),
});

const timeOfDaySchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "Write HH:MM, from 00:00 to 24:00");

/** From `from` until just before `to` by the clocks of an IANA zone; overnight when `to` comes first. No days: every day. */
export const activeWindowSchema = z.strictObject({
  zone: z.string().min(1).max(64),
  days: z.array(dayOfWeekSchema).max(7).optional(),
  from: timeOfDaySchema,
  to: timeOfDaySchema,
});

export const routeSchema = z.strictObject({
  route_id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  priority: z.int(),
  destination_ids: strings,
  approval_policy: approvalPolicySchema,
  match_event_types: strings,
  match_sources: strings,
  match_components: strings,
  match_risk_levels: strings,
  match_risk_categories: strings,
  match_confidence: strings,
  match_expected_destinations: strings,
  match_project_ids: strings,
  match_log_source_ids: strings,
  match_route_tags: strings,
  match_source_kinds: strings,
  match_tenant_ids: strings,
  match_workspace_ids: strings,
  match_event_schema_versions: strings,
  // Beyond the contract, absent where unset; kept when a PATCH leaves them out (D-18).
  conditions: rowsOf(routeConditionSchema, listMax.conditions).optional(),
  active_windows: rowsOf(activeWindowSchema, listMax.windows).optional(),
  continue: z.boolean().optional(),
  mode: routeModeSchema.optional(),
  approvals_required: approvalsRequiredSchema.optional(),
  approvers: approversSchema.optional(),
  author_may_not_approve: z.boolean().optional(),
});

export const configSchema = z.strictObject({
  enabled: z.boolean(),
  paused: z.boolean(),
  workspace_root: text,
  repo: text,
  mcp_server: text,
  provider_preference: providerPreferenceSchema,
  model_policy: jsonObjectSchema.optional(),
  auto_create_new_issues: z.boolean(),
  require_approval_for_new_issues: z.boolean(),
  auto_comment_on_matched_open_issues: z.boolean(),
  label_mode: labelModeSchema,
  triage_timeout_ms: wholeNumberSchema.nullable(),
  monitored_projects: rowsOf(monitoredProjectSchema, listMax.projects),
  destinations: rowsOf(destinationSchema, listMax.destinations),
  routes: rowsOf(routeSchema, listMax.routes),
  default_destination_ids: strings,
  safety_defaults: safetyDefaultsSchema,
  reassessment: reassessmentSchema,
  updated_at_ms: wholeNumberSchema,
});

export const configResponseSchema = z.object({ incident_monitor: configSchema });

export const dataReadinessPatchSchema = requestOf(dataReadinessSchema, []);
export const logReadingPatchSchema = requestOf(logReadingSchema, []);
export const logSourcePatchSchema = requestOf(logSourceSchema, ["source_id", "path"]).extend({
  data_readiness: dataReadinessPatchSchema.nullish(),
  reading: logReadingPatchSchema.nullish(),
});
export const monitoredProjectPatchSchema = requestOf(monitoredProjectSchema, [
  "project_id",
  "name",
  "repo",
  "workspace_root",
]).extend({
  data_readiness: dataReadinessPatchSchema.nullish(),
  log_sources: rowsOf(logSourcePatchSchema, listMax.logSources).nullish(),
});
export const destinationPatchSchema = requestOf(destinationSchema, ["destination_id", "name"]);
/** Unlike elsewhere a key we do not know is refused: `negated` dropped in silence would turn a rule around. */
const routeConditionPatchSchema = routeConditionSchema.extend({
  values: conditionValuesSchema.nullish(),
  value: conditionBoundSchema.nullish(),
  negate: z.boolean().nullish(),
});
export const activeWindowPatchSchema = activeWindowSchema.extend({
  days: z.array(dayOfWeekSchema).max(7).nullish(),
});
export const routePatchSchema = requestOf(routeSchema, ["route_id", "name"]).extend({
  conditions: rowsOf(routeConditionPatchSchema, listMax.conditions).nullish(),
  active_windows: rowsOf(activeWindowPatchSchema, listMax.windows).nullish(),
});
export const safetyDefaultsPatchSchema = requestOf(safetyDefaultsSchema, []);
export const reassessmentPatchSchema = requestOf(reassessmentSchema, []);

/** What `incident_monitor` may hold in a PATCH. Enums and types are strict: the route answers 422 when they fail. */
export const configPatchSchema = requestOf(configSchema, []).extend({
  monitored_projects: rowsOf(monitoredProjectPatchSchema, listMax.projects).nullish(),
  destinations: rowsOf(destinationPatchSchema, listMax.destinations).nullish(),
  routes: rowsOf(routePatchSchema, listMax.routes).nullish(),
  safety_defaults: safetyDefaultsPatchSchema.nullish(),
  reassessment: reassessmentPatchSchema.nullish(),
});

export type ConfigWire = z.infer<typeof configSchema>;
export type ConfigPatchWire = z.infer<typeof configPatchSchema>;
export type DestinationWire = z.infer<typeof destinationSchema>;
export type RouteWire = z.infer<typeof routeSchema>;
export type MonitoredProjectWire = z.infer<typeof monitoredProjectSchema>;
export type LogSourceWire = z.infer<typeof logSourceSchema>;
export type LogReadingWire = z.infer<typeof logReadingSchema>;
export type SafetyDefaultsWire = z.infer<typeof safetyDefaultsSchema>;

/** One thing wrong with, or worth saying about, a configuration. `path` is the wire's: `destinations[1].webhook_url`. */
export const configIssueSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });

/** One difference between two configurations; URLs, secret references and free values only as `set`. */
export const configChangeSchema = z.object({
  path: z.string(),
  kind: z.enum(["added", "removed", "changed"]),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/** What every change of the configuration answers besides itself. With `dry_run` nothing of it was stored. */
export const configOutcomeShape = {
  dry_run: z.boolean(),
  diff: z.array(configChangeSchema),
  warnings: z.array(configIssueSchema),
};

/** `dry_run=true` checks, and answers what would be stored, the warnings and the diff; it writes and records nothing. */
export const dryRunQuerySchema = z.object({ dry_run: z.enum(["true", "false"]).optional() });

export const configPatchResponseSchema = configResponseSchema.extend(configOutcomeShape);
export const pauseResponseSchema = z.object({
  ok: z.literal(true),
  incident_monitor: configSchema,
  ...configOutcomeShape,
});

export type ConfigIssueWire = z.infer<typeof configIssueSchema>;
export type ConfigChangeWire = z.infer<typeof configChangeSchema>;
