import { bulkDeleteSchema, deletedSchema, deleteQuerySchema } from "@/lib/contracts/deletion";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { deleteRecord } from "@/lib/pipeline/records/delete-record";
import { deleteRecords } from "@/lib/pipeline/records/delete-records";
import { route } from "../route";

const nouns: readonly DeletableNoun[] = ["incident", "draft", "post"];

export const deleteRoutes = nouns.flatMap((noun) => [
  route({
    method: "delete",
    path: `/incident-monitor/${noun}s/{${noun}_id}`,
    summary: `Hide one ${noun}. Digests, idempotency keys and receipts outlive it; nothing cascades (D-21).`,
    auth: { kind: "actor", permission: "delete" },
    query: deleteQuerySchema,
    response: deletedSchema,
    run: async ({ ctx, params, query }) => ({
      body: {
        ok: true,
        ...(await deleteRecord(ctx, { noun, id: params[`${noun}_id`] ?? "", reason: query.reason })),
      },
    }),
  }),
  route({
    method: "post",
    path: `/incident-monitor/${noun}s/bulk-delete`,
    summary: `Hide ${noun}s by id, or all of them; unknown ids are skipped`,
    auth: { kind: "actor", permission: "delete" },
    body: bulkDeleteSchema,
    response: deletedSchema,
    run: async ({ ctx, body }) => ({
      body: {
        ok: true,
        ...(await deleteRecords(ctx, {
          noun,
          ids: body.ids ?? [],
          all: body.all ?? false,
          reason: body.reason,
        })),
      },
    }),
  }),
]);
