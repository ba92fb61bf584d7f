import { z } from "zod";

const reason = z.string().max(1_000);

/** Body of the bulk deletes (contract 4.7). `all` ignores `ids`; `reason` is beyond the contract. */
export const bulkDeleteSchema = z.object({
  ids: z.array(z.string().max(200)).max(10_000).nullish(),
  all: z.boolean().nullish(),
  reason: reason.nullish(),
});

/** A DELETE has no body; why it is deleted may be given in the query (beyond the contract). */
export const deleteQuerySchema = z.object({ reason: reason.optional() });

export const deletedSchema = z.object({ ok: z.literal(true), deleted: z.int() });

export type BulkDeleteWire = z.infer<typeof bulkDeleteSchema>;
export type DeletedWire = z.infer<typeof deletedSchema>;
