import { z } from "zod";
import { configChangeSchema, configPatchResponseSchema, configSchema } from "./config";
import { pageShape, spanShape } from "./list-query";
import { actorRefSchema, msSchema } from "./record-values";

/** One saved configuration: who, when, what changed (beyond the contract). */
export const configRevisionSchema = z.object({
  version: z.int(),
  at_ms: msSchema,
  actor: actorRefSchema,
  summary: z.string(),
  diff: z.array(configChangeSchema),
});

export const configHistorySchema = z.object({
  revisions: z.array(configRevisionSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});

/** `q`: part of the summary or of the actor's name. */
export const configHistoryQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  q: z.string().max(200).optional(),
});

/** A revision with the configuration as it left it. */
export const configRevisionResponseSchema = z.object({
  revision: configRevisionSchema,
  incident_monitor: configSchema,
});

/** `updated_at_ms` as in a PATCH: what the writer had seen. */
export const configRestoreSchema = z.object({ updated_at_ms: z.int().nonnegative().nullish() });
export const configRestoreResponseSchema = configPatchResponseSchema;

export type ConfigRevisionWire = z.infer<typeof configRevisionSchema>;
export type ConfigHistoryWire = z.infer<typeof configHistorySchema>;
export type ConfigHistoryQuery = z.infer<typeof configHistoryQuerySchema>;
