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

/** A key of the configuration that a writer may set. */
export const configKeySchema = configSchema.keyof().exclude(["updated_at_ms"]);
const configKeyListSchema = z
  .string()
  .max(600)
  .refine((text) => text.split(",").every((key) => configKeySchema.safeParse(key).success), {
    error: "Keys of the configuration, by commas",
  });

/** `q`: part of the summary or of the actor's name. */
export const configHistoryQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  q: z.string().max(200).optional(),
  /** Revisions that changed one of these keys of the configuration, by commas: `destinations,mcp_server`. */
  keys: configKeyListSchema.optional(),
});

/** A revision with the configuration as it left it. */
export const configRevisionResponseSchema = z.object({
  revision: configRevisionSchema,
  incident_monitor: configSchema,
});

/** `updated_at_ms` as in a PATCH: what the writer had seen. */
export const configRestoreSchema = z.object({
  updated_at_ms: z.int().nonnegative().nullish(),
  /** Only these keys are made as they were; all of them when absent. */
  keys: z.array(configKeySchema).min(1).nullish(),
});
export const configRestoreResponseSchema = configPatchResponseSchema;

export type ConfigRevisionWire = z.infer<typeof configRevisionSchema>;
export type ConfigKeyWire = z.infer<typeof configKeySchema>;
export type ConfigHistoryWire = z.infer<typeof configHistorySchema>;
export type ConfigHistoryQuery = z.infer<typeof configHistoryQuerySchema>;
