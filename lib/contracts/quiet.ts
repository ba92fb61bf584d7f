import { z } from "zod";
import { actorRefSchema, msSchema } from "./record-values";

const reasonText = z.string().max(1_000).nullish();

/** Quiet until the first of these; what is not named does not end it. */
export const snoozeSchema = z.object({
  until_ms: msSchema.optional(),
  /** It wakes once it was seen this often in all. */
  until_count: z.int().optional(),
  until_next_release: z.boolean(),
  reason: z.string().optional(),
  by: actorRefSchema,
  at_ms: msSchema,
});
/** Quiet until this time, whatever happens. */
export const muteSchema = z.object({
  until_ms: msSchema,
  reason: z.string().optional(),
  by: actorRefSchema,
  at_ms: msSchema,
});
/** Why it is no longer quiet, when that ended by itself. */
export const wokeSchema = z.object({
  from: z.enum(["snooze", "mute"]),
  code: z.string(),
  message: z.string(),
  at_ms: msSchema,
});
/** `came_back_at_ms`: it was seen again, and is a regression. `by` is absent where its issue was found closed. */
export const resolutionSchema = z.object({
  at_ms: msSchema,
  how: z.enum(["by_hand", "issue_closed"]),
  by: actorRefSchema.optional(),
  reason: z.string().optional(),
  release: z.string().optional(),
  came_back_at_ms: msSchema.optional(),
  came_back_release: z.string().optional(),
});

/** At least one end. `further_count` counts from now on. */
export const snoozeRequestSchema = z.object({
  until_ms: msSchema.nullish(),
  further_count: z.int().nullish(),
  next_release: z.boolean().nullish(),
  reason: reasonText,
});
export const muteRequestSchema = z.object({ until_ms: msSchema, reason: reasonText });
/** `release`: the one it is resolved in; absent: the newest it was seen in. */
export const resolveRequestSchema = z.object({ release: z.string().max(200).nullish(), reason: reasonText });

export type SnoozeWire = z.infer<typeof snoozeSchema>;
export type MuteWire = z.infer<typeof muteSchema>;
export type WokeWire = z.infer<typeof wokeSchema>;
export type ResolutionWire = z.infer<typeof resolutionSchema>;
export type SnoozeRequestWire = z.infer<typeof snoozeRequestSchema>;
export type MuteRequestWire = z.infer<typeof muteRequestSchema>;
export type ResolveRequestWire = z.infer<typeof resolveRequestSchema>;
