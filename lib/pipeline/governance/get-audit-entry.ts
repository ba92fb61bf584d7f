import { toHex } from "@/lib/audit/bytes";
import { noteOf } from "@/lib/audit/checkpoint";
import { type CheckpointLine, checkpointLine } from "@/lib/audit/export-lines";
import { hashOfField, leafContent, leafHashOf } from "@/lib/audit/leaf";
import { sha256 } from "@/lib/audit/sha256";
import { isIncluded } from "@/lib/audit/tree";
import { findAuditEntry, type ListedEntry } from "@/lib/db/audit-entry-store";
import { findCheckpointOver, findNewestCheckpoint, loadLedgerKeys } from "@/lib/db/audit-ledger-store";
import type { StoredCheckpoint } from "@/lib/domain/ledger";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { LedgerTiles } from "./ledger-tiles";

export type EntryProof = {
  /** The checkpoint that sealed it, and the newest, which the proof leads to. */
  sealedBy: CheckpointLine;
  size: number;
  root: string;
  note: string;
  leaf: string;
  leafHash: string;
  actorHash: string;
  detailHash: string;
  /** Hex, from the leaf up. */
  path: string[];
  /** Does the entry as it stands lead to the signed root? */
  holds: boolean;
};

/** One entry with the proof that it is in the ledger; null while it is not sealed. @throws AppError forbidden, not_found */
export async function getAuditEntry(
  ctx: Context,
  entryId: string,
): Promise<{ entry: ListedEntry; proof: EntryProof | null }> {
  await authorize(ctx, "readAudit", { kind: "audit_entry", id: entryId });
  const entry = await findAuditEntry(ctx.db, entryId);
  if (!entry) throw new AppError("not_found", "audit_entry_not_found", "There is no audit entry of this id");
  const newest = await findNewestCheckpoint(ctx.db.pool);
  if (entry.sequence === null || !newest || newest.size < entry.sequence) return { entry, proof: null };
  return { entry, proof: await proofOf(ctx, { ...entry, sequence: entry.sequence }, newest) };
}

async function proofOf(
  ctx: Context,
  entry: ListedEntry & { sequence: number },
  newest: StoredCheckpoint,
): Promise<EntryProof> {
  const [keys, sealedBy, paths] = await Promise.all([
    loadLedgerKeys(ctx.db.pool),
    findCheckpointOver(ctx.db.pool, entry.sequence),
    new LedgerTiles(ctx).proofs([entry.sequence], newest.size).catch(() => null),
  ]);
  const path = paths?.[0] ?? [];
  const leaf = leafHashOf(sha256, entry);
  const place = { index: entry.sequence - 1, size: newest.size, root: Buffer.from(newest.root, "hex") };
  return {
    sealedBy: checkpointLine(sealedBy ?? newest),
    ...{ size: newest.size, root: newest.root, note: noteOf(keys[0]?.name ?? "", newest) },
    leaf: leafContent(sha256, entry),
    leafHash: toHex(leaf),
    actorHash: hashOfField(sha256, entry.actor),
    detailHash: hashOfField(sha256, entry.detail),
    path: path.map(toHex),
    holds: entry.leafHash === toHex(leaf) && paths !== null && isIncluded(sha256, place, leaf, path),
  };
}
