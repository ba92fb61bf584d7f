import { z } from "zod";
import { activeWindowSchema } from "./config";
import { dayOfWeekSchema } from "./config-values";
import { flagSchema, pageShape, spanShape } from "./list-query";
import { actorRefSchema, msSchema } from "./record-values";

export const silenceStates = ["scheduled", "active", "waiting", "expired"] as const;
export const releaseReasons = ["expired", "changed", "window_over", "settled"] as const;

const strings = z.array(z.string().max(200)).max(200);

const matcherLists = [
  "match_event_types",
  "match_sources",
  "match_components",
  "match_risk_levels",
  "match_risk_categories",
  "match_confidence",
  "match_expected_destinations",
  "match_project_ids",
  "match_log_source_ids",
  "match_source_kinds",
  "match_tenant_ids",
  "match_workspace_ids",
  "match_event_schema_versions",
  "match_route_tags",
] as const;
type MatcherList = (typeof matcherLists)[number];

const shapeOf = <Value extends z.ZodType>(value: Value) =>
  Object.fromEntries(matcherLists.map((name) => [name, value])) as Record<MatcherList, Value>;

/**
 * What is silenced, in the words of routes. All that is said must hold; a list holds if any of its values does.
 * `match_title` is a glob over the whole title, in any case: `*` is anything, `?` one character.
 */
export const silenceMatcherSchema = z.object({ ...shapeOf(strings), match_title: z.string().optional() });
export const silenceMatcherRequestSchema = z.object({
  ...shapeOf(strings.nullish()),
  match_title: z.string().max(500).nullish(),
});

/** As a route's active window: by the clocks of an IANA zone, from `from` until just before `to`; no days: every day. */
const silenceWindowRequestSchema = activeWindowSchema.extend({
  days: z.array(dayOfWeekSchema).max(7).nullish(),
});

/** Holds what it matches from `starts_at_ms` to `expires_at_ms`, in its windows where it has some. */
export const silenceSchema = z.object({
  silence_id: z.string(),
  version: z.int(),
  state: z.enum(silenceStates),
  matcher: silenceMatcherSchema,
  reason: z.string(),
  windows: z.array(activeWindowSchema),
  starts_at_ms: msSchema,
  expires_at_ms: msSchema,
  /** While it holds: when it lets go. While it does not: when it will begin to. */
  until_ms: msSchema.optional(),
  from_ms: msSchema.optional(),
  created_by: actorRefSchema,
  created_at_ms: msSchema,
  updated_by: actorRefSchema.optional(),
  updated_at_ms: msSchema,
  /** Who expired it before its time, and when. */
  ended_by: actorRefSchema.optional(),
  ended_at_ms: msSchema.optional(),
  /** Drafts on record as held by it now, and ever; the record follows within seconds. */
  held_now: z.int(),
  held_ever: z.int(),
});

export const silenceResponseSchema = z.object({ silence: silenceSchema });
export const silenceListSchema = z.object({
  silences: z.array(silenceSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});

export const silenceListQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  /** `active` finds those between two of their windows too. */
  state: z.enum(["scheduled", "active", "expired"]).optional(),
  /** One that names this project. */
  project: z.string().max(200).optional(),
  /** Part of the reason, the id or the name of who made it. */
  q: z.string().max(200).optional(),
});

export const createSilenceSchema = z.object({
  matcher: silenceMatcherRequestSchema,
  reason: z.string().max(1_000),
  /** Now when absent. */
  starts_at_ms: msSchema.nullish(),
  expires_at_ms: msSchema,
  windows: z.array(silenceWindowRequestSchema).max(20).nullish(),
});

/** What is absent or null stays; `matcher` and `windows` replace what there was, whole. `version`: only over what was read. */
export const updateSilenceSchema = z.object({
  version: z.int().min(1).nullish(),
  matcher: silenceMatcherRequestSchema.nullish(),
  reason: z.string().max(1_000).nullish(),
  starts_at_ms: msSchema.nullish(),
  expires_at_ms: msSchema.nullish(),
  windows: z.array(silenceWindowRequestSchema).max(20).nullish(),
});

/** One draft held by one silence, from when to when; `title` only while there is such a draft. */
export const silenceHoldSchema = z.object({
  hold_id: z.string(),
  draft_id: z.string(),
  incident_id: z.string(),
  project_id: z.string().optional(),
  title: z.string().optional(),
  held_at_ms: msSchema,
  released_at_ms: msSchema.optional(),
  release_reason: z.enum(releaseReasons).optional(),
});
export const silenceHoldListSchema = z.object({
  holds: z.array(silenceHoldSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});
/** `open=true`: what it holds now; `open=false`: what it let go. */
export const silenceHoldListQuerySchema = z.object({ ...pageShape, open: flagSchema.optional() });

export type SilenceWire = z.infer<typeof silenceSchema>;
export type SilenceMatcherWire = z.infer<typeof silenceMatcherSchema>;
export type SilenceMatcherRequestWire = z.infer<typeof silenceMatcherRequestSchema>;
export type SilenceListWire = z.infer<typeof silenceListSchema>;
export type SilenceListQuery = z.infer<typeof silenceListQuerySchema>;
export type CreateSilenceWire = z.infer<typeof createSilenceSchema>;
export type UpdateSilenceWire = z.infer<typeof updateSilenceSchema>;
export type SilenceHoldListWire = z.infer<typeof silenceHoldListSchema>;
export type SilenceHoldListQuery = z.infer<typeof silenceHoldListQuerySchema>;
