import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  AuditCheckpointAnswer,
  AuditConsistency,
  AuditEntry,
  AuditEntryAnswer,
  AuditExportQuery,
  AuditLedger,
  AuditList,
  AuditQuery,
  AuditVerification,
  AuditWitness,
  AuditWitnessInput,
} from "../types/audit.js";
import { iteratePages } from "./pages.js";

const path = "/audit/ledger";

export function auditMethods(transport: Transport) {
  const listAuditEntries = (query: AuditQuery = {}, options?: CallOptions): Promise<AuditList> =>
    transport.json({ method: "GET", path, query: { ...query } }, options);

  return {
    /** Newest first; one page. */
    listAuditEntries,

    /** Every entry that matches, page after page. `limit` is the size of a page. */
    iterateAuditEntries: (query: AuditQuery = {}, options?: CallOptions): AsyncGenerator<AuditEntry> =>
      iteratePages(query, async (page) => {
        const answer = await listAuditEntries(page, options);
        return { rows: answer.entries, next: answer.next_cursor };
      }),

    /** One entry with the proof that it is in the ledger as it was written. */
    getAuditEntry: async (entryId: string, options?: CallOptions): Promise<AuditEntryAnswer> =>
      transport.json({ method: "GET", path: `${path}/entries/${segment(entryId, "entryId")}` }, options),

    /** Where the ledger stands: checkpoint, keys, what waits, who could change it, its witness. */
    getAuditLedger: (options?: CallOptions): Promise<AuditLedger> =>
      transport.json({ method: "GET", path: `${path}/state` }, options),

    /** The newest signed checkpoint and the public keys. */
    getAuditCheckpoint: (options?: CallOptions): Promise<AuditCheckpointAnswer> =>
      transport.json({ method: "GET", path: `${path}/checkpoint` }, options),

    /** The proof that the ledger of `to` entries, the newest checkpoint when absent, grew out of that of `from`. */
    getAuditConsistency: (from: number, to?: number, options?: CallOptions): Promise<AuditConsistency> =>
      transport.json({ method: "GET", path: `${path}/consistency`, query: { from, to } }, options),

    /** Sealed entries as text, as they come: for a file, or a system that reads lines. */
    exportAuditLedger: async (
      query: AuditExportQuery = {},
      signal: AbortSignal = new AbortController().signal,
    ): Promise<ReadableStream<Uint8Array> | null> =>
      (await transport.open({ method: "GET", path: `${path}/export`, query: { ...query } }, signal)).body,

    /** Verifies the newest entries on the server, the keys, and copies kept elsewhere. */
    verifyAuditLedger: (entries?: number, options?: CallOptions): Promise<AuditVerification> =>
      transport.json({ method: "POST", path: `${path}/verify`, body: { entries } }, options),

    /** Says which webhook destination is told of checkpoints; null: nobody. */
    putAuditWitness: (input: AuditWitnessInput, options?: CallOptions): Promise<{ witness: AuditWitness }> =>
      transport.json({ method: "PUT", path: `${path}/witness`, body: input }, options),
  };
}
