import { z } from "zod";
import { draftListQuerySchema } from "./draft";
import { actorRefSchema, msSchema } from "./record-values";

/** The filters and the order of a list of drafts, as its query says them; neither its page nor its length. */
export const savedViewQuerySchema = z.strictObject(
  draftListQuerySchema.omit({ limit: true, cursor: true }).shape,
);

/** A named list of the queue: the caller's own, or one that somebody shares. */
export const savedViewSchema = z.object({
  view_id: z.string(),
  name: z.string(),
  query: savedViewQuerySchema,
  owner: actorRefSchema,
  shared: z.boolean(),
  /** Does the caller's queue open with it? */
  default: z.boolean(),
  /** May the caller rename, change and delete it? */
  may_change: z.boolean(),
  version: z.int(),
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
});

export const savedViewListSchema = z.object({ views: z.array(savedViewSchema), count: z.int() });
export const savedViewResponseSchema = z.object({ view: savedViewSchema });
export const savedViewDeletedSchema = z.object({ ok: z.literal(true) });

const nameSchema = z.string().trim().min(1, "Give it a name").max(60);

export const createSavedViewSchema = z.object({
  name: nameSchema,
  query: savedViewQuerySchema,
  shared: z.boolean().optional(),
  default: z.boolean().optional(),
});

/** What is left out stays as it is. `default` is the caller's own choice, for shared views of others too. */
export const updateSavedViewSchema = z.object({
  name: nameSchema.optional(),
  query: savedViewQuerySchema.optional(),
  shared: z.boolean().optional(),
  default: z.boolean().optional(),
});

export type SavedViewWire = z.infer<typeof savedViewSchema>;
export type SavedViewListWire = z.infer<typeof savedViewListSchema>;
export type SavedViewQueryWire = z.infer<typeof savedViewQuerySchema>;
export type CreateSavedViewWire = z.infer<typeof createSavedViewSchema>;
export type UpdateSavedViewWire = z.infer<typeof updateSavedViewSchema>;
