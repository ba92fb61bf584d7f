import { fromHex, toBase64, toHex } from "@/lib/audit/bytes";
import { checkpointText, endorsementText } from "@/lib/audit/checkpoint";
import { sameBytes } from "@/lib/audit/hash";
import { leafHashOf } from "@/lib/audit/leaf";
import { sha256 } from "@/lib/audit/sha256";
import { type Signer, signerOf } from "@/lib/audit/signing";
import { edgeTiles, growTiles, hashRange, type Tile, tileKey, tilesOfRanges } from "@/lib/audit/tiles";
import { type LedgerHead, type SealedBatch, sealBatch } from "@/lib/db/audit-seal-store";
import type { LedgerKey } from "@/lib/domain/ledger";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { rememberCheckpoint } from "./remember-checkpoint";

/** A few hundred milliseconds of one transaction. */
export const sealBatchMax = 5_000;
const othersAfterMs = 30_000;

/**
 * Numbers the committed entries and signs what the ledger is now. Any number of processes may ask: one at a time does it.
 * It leaves no entry of its own, or there would always be one more to seal.
 */
export async function sealAudit(
  ctx: Context,
  limit = sealBatchMax,
): Promise<{ sealed: number; more: boolean }> {
  await authorize(ctx, "work", { kind: "audit_ledger", id: "seal" });
  if (!ctx.services.ledger) return { sealed: 0, more: false };
  const done = await sealBatch(ctx.db, limit, (head) => makeBatch(ctx, head));
  if (done?.checkpoint) await rememberCheckpoint(ctx, done.checkpoint);
  return { sealed: done?.sealed ?? 0, more: done?.sealed === limit };
}

async function makeBatch(ctx: Context, found: LedgerHead): Promise<SealedBatch | null> {
  const { entries, head } = found;
  if (entries.length === 0) return null;
  const size = head?.size ?? 0;
  const signing = signerFor(ctx, found.keys);
  if (!signing) return leaveToOthers(ctx, found);
  const { signer, newKey } = signing;
  const tiles = await loadEdge(found, size);
  if (
    head &&
    !sameBytes(hashRange(sha256, tiles, { start: 0, end: size }), fromHex(head.root) ?? new Uint8Array())
  )
    throw new Error("the stored tree is not the one that was signed last; run the audit verification");

  const leafHashes = entries.map((entry, at) => leafHashOf(sha256, { ...entry, sequence: size + at + 1 }));
  const grown = growTiles(sha256, tiles, size, leafHashes);
  const root = rootAfter(tiles, grown, size + entries.length);
  const createdAtMs = Math.max(ctx.nowMs, (head?.createdAtMs ?? -1) + 1); // no two of one moment
  const text = checkpointText({
    origin: signer.key.name,
    size: size + entries.length,
    root,
    atMs: createdAtMs,
  });
  return {
    leafHashes: leafHashes.map(toHex),
    tiles: grown,
    checkpoint: {
      size: size + entries.length,
      root: toHex(root),
      keyId: signer.key.keyId,
      signature: toBase64(signer.sign(text)),
      createdAtMs,
    },
    newKey,
  };
}

/** The tiles that the root consists of; those at the right edge, which grow, are among them. */
async function loadEdge({ loadTiles }: LedgerHead, size: number): Promise<Map<string, Uint8Array>> {
  const places = new Map(
    [...edgeTiles(size), ...tilesOfRanges([{ start: 0, end: size }])].map((id) => [tileKey(id), id]),
  );
  const tiles = await loadTiles([...places.values()]);
  return new Map(tiles.map((tile) => [tileKey(tile), tile.hashes]));
}

function rootAfter(
  before: ReadonlyMap<string, Uint8Array>,
  grown: readonly Tile[],
  size: number,
): Uint8Array {
  const tiles = new Map([...before, ...grown.map((tile) => [tileKey(tile), tile.hashes] as const)]);
  return hashRange(sha256, tiles, { start: 0, end: size });
}

/** A host that does not hold the key in force seals nothing, and says so once nobody else does. */
function leaveToOthers(ctx: Context, { entries, keys }: LedgerHead): null {
  if (ctx.nowMs - Date.parse(entries[0]?.at ?? "") < othersAfterMs) return null;
  throw new AppError(
    "not_ready",
    "audit_key_other",
    `Audit entries wait to be sealed with key ${keys.at(-1)?.keyId}, which this host does not hold`,
  );
}

/** The signer of the key in force, null where this host has another; the first one makes the ledger's key and name. */
function signerFor(
  ctx: Context,
  keys: readonly LedgerKey[],
): { signer: Signer; newKey: LedgerKey | null } | null {
  const seeds = ctx.services.ledger?.seeds() ?? [];
  const inForce = keys.at(-1);
  if (!inForce) {
    const signer = signerOf(newId.ledger(), seeds[0] ?? "");
    if (!signer) throw new AppError("not_ready", "audit_key_missing", "This host has no audit signing key");
    return { signer, newKey: firstKey(signer, ctx.nowMs) };
  }
  for (const seed of seeds) {
    const signer = signerOf(inForce.name, seed);
    if (signer?.key.keyId === inForce.keyId) return { signer, newKey: null };
  }
  return null;
}

function firstKey({ key, sign }: Signer, createdAtMs: number): LedgerKey {
  const turn = { ordinal: 1, fromSize: 0, createdAtMs };
  return {
    ...{ keyId: key.keyId, name: key.name, publicKey: toBase64(key.bytes), endorsedBy: key.keyId },
    ...turn,
    endorsement: toBase64(sign(endorsementText(key, turn))),
  };
}
