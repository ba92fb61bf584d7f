import { fromBase64, toHex } from "@/lib/audit/bytes";
import { noteOf, publicKeyOf, verifierKey } from "@/lib/audit/checkpoint";
import { sha256 } from "@/lib/audit/sha256";
import { consistencyRanges } from "@/lib/audit/tree";
import {
  findCheckpointOver,
  findNewestCheckpoint,
  loadLedgerKeys,
  readLedgerGuard,
  readUnsealed,
} from "@/lib/db/audit-ledger-store";
import type { LedgerKey, StoredCheckpoint } from "@/lib/domain/ledger";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { LedgerTiles } from "./ledger-tiles";
import { agrees, readNote } from "./remember-checkpoint";
import { readWitness, type WitnessState } from "./witness-state";

export type LedgerKeyShown = LedgerKey & { verifierKey: string };
export type SignedCheckpoint = StoredCheckpoint & { note: string };

export type LedgerOverview = {
  origin: string | null;
  checkpoint: SignedCheckpoint | null;
  keys: LedgerKeyShown[];
  unsealed: { count: number; oldestAtMs: number | null };
  /** Is the application's database role apart from the one that owns the ledger? */
  guard: { role: string; owner: string; apart: boolean };
  /** The checkpoint this host keeps outside the database, and whether today's ledger begins with it. */
  remembered: { size: number; agrees: boolean } | null;
  witness: WitnessState;
};

/** Where the ledger stands: checkpoint, keys, what waits, who could change it, what others have seen. @throws AppError forbidden */
export async function getAuditLedger(ctx: Context): Promise<LedgerOverview> {
  await authorize(ctx, "readAudit", { kind: "audit_ledger", id: "state" });
  const [{ origin, keys, checkpoint }, unsealed, guard, witness] = await Promise.all([
    readCheckpointAndKeys(ctx),
    readUnsealed(ctx.db),
    readLedgerGuard(ctx.db),
    readWitness(ctx),
  ]);
  const kept = ctx.services.ledger?.remembered() ?? null;
  const known = kept === null ? null : readNote(kept);
  const remembered = known && {
    size: known.size,
    agrees: known.origin === origin && (await agrees(ctx, known)),
  };
  return { origin, checkpoint, keys, unsealed, guard, witness, remembered };
}

/** The newest checkpoint and every key, for whoever verifies. @throws AppError forbidden */
export async function getAuditCheckpoint(
  ctx: Context,
): Promise<{ origin: string | null; checkpoint: SignedCheckpoint | null; keys: LedgerKeyShown[] }> {
  await authorize(ctx, "readAudit", { kind: "audit_ledger", id: "checkpoint" });
  return readCheckpointAndKeys(ctx);
}

async function readCheckpointAndKeys(ctx: Context) {
  const [keys, newest] = await Promise.all([loadLedgerKeys(ctx.db.pool), findNewestCheckpoint(ctx.db.pool)]);
  const origin = keys[0]?.name ?? null;
  const shown = keys.map((key) => {
    const bytes = fromBase64(key.publicKey) ?? new Uint8Array();
    return { ...key, verifierKey: verifierKey(publicKeyOf(sha256, key.name, bytes)) };
  });
  const checkpoint = newest && origin !== null ? { ...newest, note: noteOf(origin, newest) } : null;
  return { origin, keys: shown, checkpoint };
}

/**
 * The proof that the ledger of a signed size grew out of an earlier one. `to` left out: the newest checkpoint.
 *
 * @throws AppError forbidden, invalid `audit_size_invalid`
 */
export async function getAuditConsistency(
  ctx: Context,
  { from = 0, to }: { from?: number; to?: number },
): Promise<{ from: number; to: SignedCheckpoint | null; path: string[] }> {
  await authorize(ctx, "readAudit", { kind: "audit_ledger", id: "consistency" });
  const [keys, target] = await Promise.all([
    loadLedgerKeys(ctx.db.pool),
    to === undefined ? findNewestCheckpoint(ctx.db.pool) : findCheckpointOver(ctx.db.pool, to),
  ]);
  if (!target && to === undefined && from === 0) return { from, to: null, path: [] };
  if (!target || (to !== undefined && target.size !== to))
    throw new AppError("invalid", "audit_size_invalid", "to: no checkpoint has this size", { field: "to" });
  if (from > target.size)
    throw new AppError("invalid", "audit_size_invalid", `from: the ledger has ${target.size} entries`, {
      field: "from",
    });
  const hashes = await new LedgerTiles(ctx).hashes(consistencyRanges(from, target.size));
  return { from, to: { ...target, note: noteOf(keys[0]?.name ?? "", target) }, path: hashes.map(toHex) };
}
