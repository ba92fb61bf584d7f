import { z } from "zod";

/** The value lists of the wire's enums, as the domain has them; wire/config.test.ts holds the two together. */
export const sourceKindSchema = z.enum([
  "customer_system",
  "tandem_runtime",
  "tandem_monitor",
  "external_app",
  "ci",
  "agent_runtime",
  "mcp_gateway",
]);
export const destinationKindSchema = z.enum([
  "github_issue",
  "linear_issue",
  "webhook",
  "telemetry",
  "mcp_tool",
  "internal_memory",
]);
export const approvalPolicySchema = z.enum(["inherit", "always", "high_risk", "never"]);
/** How many different people must approve: 1 to 5. */
export const approvalsRequiredSchema = z.int().min(1).max(5);
/** Ids of the people who may give them; absent: anybody who may approve there. */
export const approversSchema = z.array(z.string().max(200)).max(20, "At most 20 entries");
export const providerPreferenceSchema = z.enum(["auto", "official_github", "composio", "arcade"]);
export const labelModeSchema = z.enum(["reporter_only"]);
export const logFormatSchema = z.enum(["auto", "json", "plaintext", "logfmt", "syslog", "cri", "docker"]);
/** What can be found in a line of a log, and looked for under other keys. */
export const logFieldSchema = z.enum([
  "level",
  "message",
  "event",
  "component",
  "process",
  "stack",
  "timestamp",
  "fingerprint",
  "risk_level",
  "confidence",
  "schema_version",
  "actor",
  "model",
  "tool_name",
  "action",
  "policy",
  "approval_state",
  "risk_category",
  "blast_radius",
  "external_correlation_ids",
  "run_id",
  "session_id",
  "correlation_id",
  "release",
  "environment",
]);
export const minimumLevelSchema = z.enum(["error", "warn"]);
export const startPositionSchema = z.enum(["end", "beginning"]);
export const conditionFieldSchema = z.enum([
  "event_type",
  "source",
  "component",
  "risk_level",
  "risk_category",
  "confidence",
  "expected_destination",
  "project_id",
  "log_source_id",
  "source_kind",
  "tenant_id",
  "workspace_id",
  "event_schema_version",
  "route_tags",
  "title",
  "level",
  "repo",
  "occurrence_count",
  "provenance",
]);
export const conditionOpSchema = z.enum(["equals", "prefix", "glob", "regex", "at_least", "at_most"]);
/** Why a condition holds or not. */
export const conditionCodeSchema = z.enum([
  "holds",
  "value_absent",
  "value_differs",
  "pattern_not_found",
  "too_low",
  "too_high",
  "level_unknown",
  "excluded",
  "outside_window",
  "condition_invalid",
]);
export const dayOfWeekSchema = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
export const routeModeSchema = z.enum(["live", "shadow"]);
export const approvalBindingSchema = z.enum(["content", "draft"]);

/** How many rows each list of a configuration may have (D-26); the error names the list. */
export const listMax = {
  destinations: 200,
  routes: 2_000,
  projects: 500,
  logSources: 200,
  ids: 200,
  conditions: 20,
  conditionValues: 50,
  windows: 20,
  mappedKeys: 20,
  levels: 50,
  patterns: 50,
} as const;

/** Ids, tags and the values of one condition. */
export const stringsSchema = z.array(z.string()).max(listMax.ids, `At most ${listMax.ids} entries`);

export const rowsOf = <Row extends z.ZodType>(row: Row, max: number) =>
  z.array(row).max(max, `At most ${max} entries`);

/** Milliseconds and counts: whole and not negative, as the reference's unsigned integers are. */
export const wholeNumberSchema = z.int().nonnegative();

const jsonDepthMax = 32;

/** An object whose keys are not ours (model_policy, config): kept as given. Bounded, since it is walked and stored. */
export const jsonObjectSchema = z
  .record(z.string(), z.unknown())
  .refine((value) => isShallow(value), `Must not be nested more than ${jsonDepthMax} levels deep`);

/** Level by level rather than by recursion: the very deep is what this is here to stop. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > jsonDepthMax) return false;
    level = level.flatMap((item) => (item && typeof item === "object" ? Object.values(item) : []));
  }
  return true;
}

type Nullish<Shape extends z.ZodRawShape, Required extends keyof Shape> = {
  [Key in keyof Shape]: Key extends Required ? Shape[Key] : z.ZodOptional<z.ZodNullable<Shape[Key]>>;
};

/**
 * The request form of a record: each key but the `required` ones may be absent or null, and the two stay apart. Keys
 * we do not know are dropped (G2).
 */
export function requestOf<Shape extends z.ZodRawShape, Required extends keyof Shape>(
  record: z.ZodObject<Shape, z.core.$strict>,
  required: readonly Required[],
): z.ZodObject<Nullish<Shape, Required>> {
  const shape = Object.fromEntries(
    Object.entries(record.shape).map(([key, schema]) => [
      key,
      (required as readonly PropertyKey[]).includes(key) ? schema : (schema as z.ZodType).nullish(),
    ]),
  );
  return z.object(shape) as unknown as z.ZodObject<Nullish<Shape, Required>>;
}
