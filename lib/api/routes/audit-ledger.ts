import { z } from "@hono/zod-openapi";
import {
  auditCheckpointResponseSchema,
  auditConsistencyQuerySchema,
  auditConsistencySchema,
  auditEntryResponseSchema,
  auditExportQuerySchema,
  auditListQuerySchema,
  auditListSchema,
  auditStateSchema,
  auditVerificationSchema,
  auditWitnessResponseSchema,
  putAuditWitnessSchema,
  verifyAuditSchema,
} from "@/lib/contracts/audit";
import { exportAudit } from "@/lib/pipeline/governance/export-audit";
import { getAuditEntry } from "@/lib/pipeline/governance/get-audit-entry";
import {
  getAuditCheckpoint,
  getAuditConsistency,
  getAuditLedger,
} from "@/lib/pipeline/governance/get-audit-ledger";
import { listAudit } from "@/lib/pipeline/governance/list-audit-entries";
import { putAuditWitness } from "@/lib/pipeline/governance/put-audit-witness";
import { verifyAudit } from "@/lib/pipeline/governance/verify-audit";
import {
  auditCheckpointAnswerToWire,
  auditCheckpointToWire,
  auditEntryToWire,
  auditListToWire,
  auditProofToWire,
  auditStateToWire,
  auditVerificationToWire,
  auditWitnessToWire,
  exportAuditFromQuery,
  listAuditFromQuery,
  putAuditWitnessFromWire,
} from "@/lib/wire/audit";
import { route } from "../route";

const ledger = "/audit/ledger";
const auth = { kind: "actor", permission: "readAudit" } as const;

export const auditLedgerRoutes = [
  route({
    method: "get",
    path: ledger,
    summary:
      "Audit entries by time, newest first: every decision, change and refused attempt, sealed or about to be",
    auth,
    query: auditListQuerySchema,
    response: auditListSchema,
    run: async ({ ctx, query }) => ({
      body: auditListToWire(await listAudit(ctx, listAuditFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: `${ledger}/state`,
    summary:
      "Where the ledger stands: checkpoint, keys, what waits to be sealed, who could change it, its witness",
    auth,
    response: auditStateSchema,
    run: async ({ ctx }) => ({ body: auditStateToWire(await getAuditLedger(ctx)) }),
  }),
  route({
    method: "get",
    path: `${ledger}/checkpoint`,
    summary: "The newest signed checkpoint, and the public keys to verify it with",
    auth,
    response: auditCheckpointResponseSchema,
    run: async ({ ctx }) => ({ body: auditCheckpointAnswerToWire(await getAuditCheckpoint(ctx)) }),
  }),
  route({
    method: "get",
    path: `${ledger}/consistency`,
    summary: "The proof that the ledger of one size grew out of an earlier one, changing nothing of it",
    auth,
    query: auditConsistencyQuerySchema,
    response: auditConsistencySchema,
    errors: { audit_size_invalid: [400, "AUDIT_SIZE_INVALID"] },
    run: async ({ ctx, query }) => {
      const { from, to, path } = await getAuditConsistency(ctx, query);
      return {
        body: { from, to: to?.size ?? 0, path, ...(to && { checkpoint: auditCheckpointToWire(to) }) },
      };
    },
  }),
  route({
    method: "get",
    path: `${ledger}/entries/{entry_id}`,
    summary: "One entry with the proof that it is in the ledger as it was written",
    auth,
    response: auditEntryResponseSchema,
    errors: { audit_entry_not_found: [404, "AUDIT_ENTRY_NOT_FOUND"] },
    run: async ({ ctx, params }) => {
      const { entry, proof } = await getAuditEntry(ctx, params.entry_id ?? "");
      return {
        body: {
          entry: auditEntryToWire(entry),
          ...(proof && entry.sequence !== null && { proof: auditProofToWire(entry.sequence, proof) }),
        },
      };
    },
  }),
  route({
    method: "get",
    path: `${ledger}/export`,
    summary:
      "Sealed entries as NDJSON, OCSF or CEF, with sequence, leaf hash and the signed checkpoint they end at; `after` goes on where the last export ended",
    auth,
    query: auditExportQuerySchema,
    response: z.string(),
    contentType: "application/x-ndjson",
    errors: { audit_after_invalid: [400, "AUDIT_AFTER_INVALID"] },
    run: async ({ ctx, query, request }) => {
      const input = exportAuditFromQuery(query);
      const lines = await exportAudit(ctx, input);
      const isText = input.format === "cef";
      return new Response(streamOf(lines, request.signal), {
        headers: {
          "content-type": isText ? "text/plain; charset=utf-8" : "application/x-ndjson; charset=utf-8",
          "content-disposition": `attachment; filename="audit-ledger.${isText ? "cef" : "ndjson"}"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        },
      });
    },
  }),
  route({
    method: "post",
    path: `${ledger}/verify`,
    summary: "Verify the newest entries, the keys, and that the ledger is still the one its copies have seen",
    auth,
    body: verifyAuditSchema,
    response: auditVerificationSchema,
    run: async ({ ctx, body }) => ({
      body: auditVerificationToWire(await verifyAudit(ctx, { entries: body.entries ?? undefined })),
    }),
  }),
  route({
    method: "put",
    path: `${ledger}/witness`,
    summary: "Say which webhook destination is told of checkpoints, and how often; null: nobody",
    auth: { kind: "actor", permission: "configure" },
    body: putAuditWitnessSchema,
    response: auditWitnessResponseSchema,
    errors: {
      destination_unknown: [400, "AUDIT_WITNESS_UNKNOWN"],
      destination_no_witness: [400, "AUDIT_WITNESS_UNFIT"],
      witness_stale: [409, "AUDIT_WITNESS_STALE"],
    },
    run: async ({ ctx, body }) => ({
      body: { witness: auditWitnessToWire(await putAuditWitness(ctx, putAuditWitnessFromWire(body))) },
    }),
  }),
];

const encoder = new TextEncoder();
const chunkLength = 64 * 1024;

/** As fast as it is read and no faster; whoever leaves ends the reading of the database too. */
function streamOf(lines: AsyncGenerator<string>, left: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      let chunk = "";
      while (chunk.length < chunkLength && !left.aborted) {
        const { value, done } = await lines.next();
        if (done) {
          if (chunk) controller.enqueue(encoder.encode(chunk));
          return controller.close();
        }
        chunk += value;
      }
      if (left.aborted) {
        await lines.return(undefined);
        return controller.close();
      }
      controller.enqueue(encoder.encode(chunk));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}
