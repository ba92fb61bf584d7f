import { z } from "zod";
import { qualityGateSchema } from "./record-values";

/** Events in one request at most, as for reports (D-26). */
export const eventCountMax = 500;

/** A line of the runtime's log. Only lines of the event's own run or session are used as evidence. */
export const runtimeLogLineSchema = z.object({
  message: z.string().max(10_000),
  run_id: z.string().max(1_000).nullish(),
  session_id: z.string().max(1_000).nullish(),
});

/**
 * One event of an agent runtime's bus (D-36). `type` says what happened, `properties` is whatever the runtime tells of
 * it; which keys are read is in docs/decisions/010-runtime-events.md. `id` names the event for its sender: the same id
 * again is answered and not counted again. At most 256 KiB each; times are epoch ms.
 */
export const runtimeEventSchema = z.object({
  id: z.union([z.string().min(1).max(200), z.int()]).nullish(),
  type: z.string().trim().min(1).max(200),
  properties: z.record(z.string(), z.unknown()).nullish(),
  logs: z.array(runtimeLogLineSchema).max(1_000).nullish(),
  occurred_at_ms: z.int().min(0).max(8_640_000_000_000_000).nullish(),
});

/** The body: one event, a list of them, or a list under `events`. Each is judged by itself. */
export const runtimeEventsSchema = z.union([
  runtimeEventSchema,
  z.array(runtimeEventSchema).max(eventCountMax),
  z.object({ events: z.array(runtimeEventSchema).max(eventCountMax) }),
]);

/**
 * What became of one event, in the order sent. `accepted`: counted; `already_counted`: the same event came before;
 * `blocked`: counted, but the quality gate made no draft of it; `ignored`: it is no failure to take in, `reason` says
 * why; `refused`: `code` and `error` say why. `status` is what the event sent alone is answered with.
 */
export const runtimeEventAnswerSchema = z.object({
  index: z.int(),
  status: z.int(),
  decision: z.enum(["accepted", "already_counted", "blocked", "ignored", "refused"]),
  reason: z.string().optional(),
  message: z.string().optional(),
  outcome: z.enum(["new", "recurrence", "blocked"]).optional(),
  incident_id: z.string().optional(),
  draft_id: z.string().optional(),
  held: z.literal(true).optional(),
  code: z.string().optional(),
  error: z.string().optional(),
  field: z.string().optional(),
  quality_gate: qualityGateSchema.optional(),
});

export const runtimeEventsResponseSchema = z.object({
  results: z.array(runtimeEventAnswerSchema),
  /** Events that say that something failed: all but the ignored and the malformed. */
  considered: z.int(),
  accepted: z.int(),
  already_counted: z.int(),
  blocked: z.int(),
  ignored: z.int(),
  refused: z.int(),
});

export type RuntimeEventWire = z.infer<typeof runtimeEventSchema>;
export type RuntimeEventAnswerWire = z.infer<typeof runtimeEventAnswerSchema>;
export type RuntimeEventsResponseWire = z.infer<typeof runtimeEventsResponseSchema>;
