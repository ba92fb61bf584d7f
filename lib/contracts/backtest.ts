import { z } from "zod";
import { configChangeSchema, configIssueSchema, configPatchSchema } from "./config";
import { msSchema } from "./record-values";

export const backtestChangeWords = [
  "elsewhere",
  "more_destinations",
  "fewer_destinations",
  "approval_newly",
  "approval_no_longer",
  "blocked_newly",
  "unblocked",
  "other_route",
] as const;

/** The parts of a configuration that routing reads, as `PATCH /config/incident-monitor` takes them. */
export const backtestConfigSchema = configPatchSchema.pick({
  routes: true,
  default_destination_ids: true,
  safety_defaults: true,
  monitored_projects: true,
  destinations: true,
  require_approval_for_new_issues: true,
});

/** `days` back from now (7 when nothing is said), or from `since_ms` until just before `until_ms`. */
export const backtestRequestSchema = z.object({
  days: z.number().positive().max(366).nullish(),
  since_ms: msSchema.nullish(),
  until_ms: msSchema.nullish(),
  config: backtestConfigSchema.nullish(),
  /** Incidents looked at, the newest; 10 000 when absent. */
  limit: z.int().min(1).max(100_000).nullish(),
  /** Rows that differ in the answer; 50 when absent. */
  examples: z.int().min(0).max(200).nullish(),
});

/** `progress=false`: one JSON answer instead of a line for every step. */
export const backtestQuerySchema = z.object({ progress: z.enum(["true", "false"]).optional() });

/** A decision without readiness: where it goes, not whether it could today. */
export const backtestOutcomeSchema = z.object({
  route_id: z.string().optional(),
  route_name: z.string().optional(),
  reason: z.string(),
  destination_ids: z.array(z.string()),
  approval_required: z.boolean(),
  blocked: z.boolean(),
  blocked_codes: z.array(z.string()),
});

export const backtestRowSchema = z.object({
  incident_id: z.string(),
  draft_id: z.string(),
  title: z.string(),
  /** When the incident last changed: the moment that was decided for. */
  at_ms: msSchema,
  before: backtestOutcomeSchema,
  after: backtestOutcomeSchema,
  /** Empty: the same in every respect. */
  changes: z.array(z.enum(backtestChangeWords)),
});

export const backtestSummarySchema = z.object({
  total: z.int(),
  /** Same destinations, same need of approval, blocked as before; another route may say so. */
  same: z.int(),
  elsewhere: z.int(),
  more_destinations: z.int(),
  fewer_destinations: z.int(),
  approval_newly: z.int(),
  approval_no_longer: z.int(),
  blocked_newly: z.int(),
  unblocked: z.int(),
  other_route: z.int(),
  /** How often each route decided; without an id the defaults did. */
  routes: z.array(
    z.object({
      route_id: z.string().optional(),
      route_name: z.string().optional(),
      before: z.int(),
      after: z.int(),
    }),
  ),
});

export const backtestResultSchema = z.object({
  type: z.literal("result"),
  since_ms: msSchema,
  until_ms: msSchema,
  /** There were more incidents in the span than the limit. */
  truncated: z.boolean(),
  summary: backtestSummarySchema,
  /** The newest 50, whether they differ or not. */
  newest: z.array(backtestRowSchema),
  /** The newest of those that differ. */
  examples: z.array(backtestRowSchema),
  diff: z.array(configChangeSchema),
  warnings: z.array(configIssueSchema),
});
export const backtestProgressSchema = z.object({
  type: z.literal("progress"),
  done: z.int(),
  total: z.int(),
});
/** The last line when it could not be finished; nothing was changed, as ever. */
export const backtestFailureSchema = z.object({
  type: z.literal("error"),
  error: z.string(),
  code: z.string(),
});
/** A line of the stream; with `progress=false` the whole answer is the result. */
export const backtestLineSchema = z.discriminatedUnion("type", [
  backtestProgressSchema,
  backtestResultSchema,
  backtestFailureSchema,
]);

export type BacktestRequestWire = z.infer<typeof backtestRequestSchema>;
export type BacktestOutcomeWire = z.infer<typeof backtestOutcomeSchema>;
export type BacktestRowWire = z.infer<typeof backtestRowSchema>;
export type BacktestResultWire = z.infer<typeof backtestResultSchema>;
export type BacktestLineWire = z.infer<typeof backtestLineSchema>;
