import { z } from "zod";
import { incidentSchema } from "./incident";
import { actorRefSchema, identityPartSchema, msSchema } from "./record-values";

const reasonText = z.string().max(1_000).nullish();

export const sightingAttributeNames = [
  "release",
  "environment",
  "level",
  "risk_level",
  "file_name",
  "process",
  "actor",
  "message",
  "title",
] as const;
export const ignorablePartNames = ["template", "cause", "frames", "event", "component", "file"] as const;

/** Merges these into the incident of the path. */
export const mergeRequestSchema = z.object({
  incident_ids: z.array(z.string().min(1).max(200)).min(1).max(50),
  reason: reasonText,
});
/** Takes the sightings whose `attribute` is `value` apart. */
export const splitRequestSchema = z.object({
  attribute: z.string().max(50),
  value: z.string().min(1).max(1_000),
  reason: reasonText,
});
/** The new incident, what is left of the one it came from, and the rule that undoes it. */
export const splitResponseSchema = z.object({
  incident: incidentSchema,
  remaining: incidentSchema,
  rule_id: z.string(),
  moved: z.int(),
});

/** What differs among the newest sightings: for each attribute its values, the most frequent first. */
export const variationsSchema = z.object({
  variations: z.array(
    z.object({
      attribute: z.enum(sightingAttributeNames),
      /** How many different values there are; at most 12 are listed. */
      distinct: z.int(),
      values: z.array(
        z.object({
          /** Absent: sightings that say nothing of it. */
          value: z.string().optional(),
          count: z.int(),
          first_seen_at_ms: msSchema,
          last_seen_at_ms: msSchema,
        }),
      ),
    }),
  ),
  looked_at: z.int(),
});

/** Incidents that could be merged with this one, the most alike first, part by part. */
export const mergeCandidatesSchema = z.object({
  candidates: z.array(
    z.object({
      incident_id: z.string(),
      title: z.string(),
      occurrence_count: z.int(),
      first_seen_at_ms: msSchema,
      last_seen_at_ms: msSchema,
      /** 0 to 100. */
      alike: z.int(),
      parts: z.array(
        z.object({
          name: identityPartSchema.shape.name,
          own: z.string().optional(),
          other: z.string().optional(),
          agrees: z.boolean(),
        }),
      ),
    }),
  ),
});

const matchSchema = z.object({
  type: z.string().max(300).nullish(),
  event: z.string().max(300).nullish(),
  component: z.string().max(300).nullish(),
  /** RE2, found anywhere in the message's template. */
  message: z.string().max(300).nullish(),
});
const effectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ignore"), parts: z.array(z.enum(ignorablePartNames)).max(6) }),
  z.object({ kind: z.literal("variable"), pattern: z.string().max(300) }),
  z.object({ kind: z.literal("add"), attribute: z.enum(sightingAttributeNames) }),
  z.object({ kind: z.literal("group"), key: z.string().max(200) }),
]);

/** `project_id` absent: for what belongs to no project. All that `match` says must hold. */
export const groupingRequestSchema = z.object({
  project_id: z.string().max(200).nullish(),
  match: matchSchema.nullish(),
  effect: effectSchema,
});
export const groupingApplySchema = groupingRequestSchema.extend({ reason: reasonText });

const exampleSchema = z.object({ incident_id: z.string(), title: z.string(), occurrence_count: z.int() });
/** What a rule would do to the project's incidents as they are; lists are cut at 20. */
export const groupingPreviewSchema = z.object({
  looked_at: z.int(),
  /** There are more incidents than were looked at. */
  truncated: z.boolean(),
  untouched: z.int(),
  continued: z.int(),
  merged_count: z.int(),
  merged: z.array(z.object({ lead: exampleSchema, members: z.array(exampleSchema) })),
  split_count: z.int(),
  split: z.array(
    z.object({
      incident: exampleSchema,
      values: z.array(z.object({ value: z.string().optional(), count: z.int() })),
    }),
  ),
});

/** A rule as it was applied; `undone_at_ms` once it was taken back. */
export const groupingRuleSchema = z.object({
  rule_id: z.string(),
  kind: z.enum(["identity", "split"]),
  project_id: z.string().optional(),
  reason: z.string().optional(),
  /** Of an identity rule. */
  match: z
    .object({
      type: z.string().optional(),
      event: z.string().optional(),
      component: z.string().optional(),
      message: z.string().optional(),
    })
    .optional(),
  effect: effectSchema.optional(),
  /** Of a split: the incident taken apart, what came of it, and by what. */
  split: z
    .object({
      from_id: z.string(),
      incident_id: z.string(),
      attribute: z.string(),
      value: z.string(),
      moved: z.int(),
    })
    .optional(),
  continued: z.array(z.string()),
  merged: z.array(z.object({ member_id: z.string(), lead_id: z.string() })),
  applied_by: actorRefSchema,
  applied_at_ms: msSchema,
  undone_by: actorRefSchema.optional(),
  undone_at_ms: msSchema.optional(),
});
export const groupingRuleResponseSchema = z.object({ rule: groupingRuleSchema });
export const groupingRuleListSchema = z.object({ rules: z.array(groupingRuleSchema), count: z.int() });

export type MergeRequestWire = z.infer<typeof mergeRequestSchema>;
export type SplitRequestWire = z.infer<typeof splitRequestSchema>;
export type SplitResponseWire = z.infer<typeof splitResponseSchema>;
export type VariationsWire = z.infer<typeof variationsSchema>;
export type MergeCandidatesWire = z.infer<typeof mergeCandidatesSchema>;
export type GroupingRequestWire = z.infer<typeof groupingRequestSchema>;
export type GroupingApplyWire = z.infer<typeof groupingApplySchema>;
export type GroupingPreviewWire = z.infer<typeof groupingPreviewSchema>;
export type GroupingRuleWire = z.infer<typeof groupingRuleSchema>;
export type GroupingRuleListWire = z.infer<typeof groupingRuleListSchema>;
