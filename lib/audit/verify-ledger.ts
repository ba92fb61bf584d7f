import {
  erasureAction,
  type LedgerKey,
  type SealedWrittenEntry,
  type StoredCheckpoint,
} from "@/lib/domain/ledger";
import { isHexOf } from "./bytes";
import type { Checkpoint, PublicKey } from "./checkpoint";
import type { Frontier } from "./frontier";
import { hashLength, type Sha256 } from "./hash";
import { readKeyChain, type VerifySignature } from "./key-chain";
import { erasedIdsOf, LedgerBroken, LedgerCheck, type LedgerProblem } from "./ledger-check";
import { PlainRows } from "./plain-row";

type Tile = { level: number; position: number; hashes: Uint8Array };
export type LedgerPage = {
  /** Entries in order, as COPY writes them: `PlainRows` reads most as they stand, `entryOf` all. */
  rows: readonly string[];
  entryOf: (row: string) => SealedWrittenEntry;
  /** The sequence of the last one. */
  last: number | null;
  checkpoints: StoredCheckpoint[];
  tiles: Tile[];
};

/** A live ledger to read: rows as they are stored, whatever was done to them. */
export type LedgerSource = {
  keys: () => Promise<LedgerKey[]>;
  newestCheckpoint: () => Promise<StoredCheckpoint | null>;
  page: (range: { after: number; until?: number; limit: number }) => Promise<LedgerPage>;
  upperTiles: (size: number) => Promise<Tile[]>;
  unsealedDetails: (action: string) => Promise<unknown[]>;
};

export type KnownCheckpoint = Checkpoint & { from: string };

export type VerifyOptions = {
  sha256: Sha256;
  verifySignature: VerifySignature;
  /** The key that is trusted from outside; null: the ledger's own first one, which only shows that it is whole in itself. */
  trusted: PublicKey | null;
  /** Checkpoints kept elsewhere. They can only show that something is wrong, so nobody gains by a forged one. */
  known?: readonly KnownCheckpoint[];
  pageSize?: number;
  /** A part only: from here to `until`. What stands before is proven by the first checkpoint after it. */
  part?: { from: Frontier; until: number };
  onProgress?: (entries: number) => void;
};

export type VerifyResult = {
  ok: boolean;
  problem: LedgerProblem | null;
  origin: string | null;
  entries: number;
  checkpoints: number;
  erased: number;
  size: number;
  /** Hex; of the last checkpoint that held. */
  root: string | null;
  keyId: string | null;
};

/** Large enough for its round trips not to count. */
const pageEntries = 4_096;

const blank: VerifyResult = {
  ...{ ok: true, problem: null, origin: null, entries: 0, checkpoints: 0, erased: 0, size: 0 },
  ...{ root: null, keyId: null },
};

/** Checks a live ledger from its first entry to its last checkpoint. Never throws for what is wrong with the ledger. */
export async function verifyLedger(source: LedgerSource, options: VerifyOptions): Promise<VerifyResult> {
  const { sha256, verifySignature, trusted } = options;
  const broken = (problem: LedgerProblem, so: Partial<VerifyResult> = {}): VerifyResult => ({
    ...{ ...blank, ...so },
    ok: false,
    problem,
  });
  const rows = await source.keys();
  const newest = await source.newestCheckpoint();
  const read = readKeyChain(sha256, verifySignature, rows);
  if (!("chain" in read)) return broken(problemOf("key", `key ${read.keyId}: ${read.fault}`));
  const origin = rows[0]?.name ?? null;
  if (origin === null) return emptyLedger(source, newest, options, broken);
  const { chain } = read;
  const trust = chain.trustedFrom(trusted?.keyId ?? rows[0]?.keyId ?? "");
  if (trusted && !sameKey(chain.keys.get(trusted.keyId), trusted))
    return broken(problemOf("key", `the key given, ${trusted.keyId}, is none of this ledger's`), { origin });
  if (newest && trusted && !trust.has(newest.keyId))
    return broken(
      problemOf(
        "key",
        `checkpoint ${newest.size} is signed by key ${newest.keyId}, which no trusted key handed over to`,
      ),
      { origin },
    );

  const { part } = options;
  const check = new LedgerCheck({ sha256, verifySignature, chain, origin, ...(part && { from: part.from }) });
  const known = [...(options.known ?? [])].sort((one, other) => one.size - other.size);
  const soFar = () => ({
    origin,
    entries: check.entries,
    checkpoints: check.checkpoints,
    erased: check.erased,
  });
  try {
    for (const each of known)
      if (each.origin !== origin) check.fail("checkpoint", `${each.from} is of another ledger`);
    await walk(source, check, known, options);
    if (newest && (part?.until ?? newest.size) > check.size)
      check.fail("truncated", `entries after ${check.size} are gone: checkpoint ${newest.size} covers them`);
    const last = known.at(-1);
    if (last && last.size > check.size)
      check.fail("truncated", `entries after ${check.size} are gone: ${last.from} covers ${last.size}`);
    if (!part) check.upperTiles(await source.upperTiles(check.size));
    const details = await source.unsealedDetails(erasureAction);
    check.end(new Set(details.flatMap(erasedIdsOf)));
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
    return broken(error.problem, { ...soFar(), size: check.proven });
  }
  return { ...blank, ...soFar(), size: check.size, root: check.lastRoot, keyId: check.lastKeyId };
}

async function walk(
  source: LedgerSource,
  check: LedgerCheck,
  known: readonly KnownCheckpoint[],
  { sha256, pageSize = pageEntries, onProgress, part }: VerifyOptions,
): Promise<void> {
  const range = { limit: pageSize, ...(part && { until: part.until }) };
  const plainRows = new PlainRows(sha256);
  let ahead = source.page({ after: check.size, ...range });
  for (;;) {
    const page = await ahead;
    if (page.last === null) return;
    // The next page is read while this one is hashed.
    ahead = source.page({ after: page.last, ...range });
    ahead.catch(() => undefined);
    checkPage(check, page, known, plainRows);
    onProgress?.(check.entries);
  }
}

/** One page's entries, each checkpoint and each known root where they stand. */
function checkPage(
  check: LedgerCheck,
  page: LedgerPage,
  known: readonly KnownCheckpoint[],
  plainRows: PlainRows,
): void {
  const tiles = new Map(page.tiles.map((tile) => [tile.position, tile.hashes]));
  const roots = new Map(known.map((each) => [each.size, each]));
  let at = 0;
  const tileOf = ({ sequence, id }: { sequence: number; id: string }): Uint8Array => {
    const index = sequence - 1;
    const hashes = tiles.get(Math.floor(index / 256));
    const from = (index % 256) * hashLength;
    if (!hashes || hashes.length < from + hashLength)
      return check.fail("tree", "the stored tree does not hold it", { sequence, id });
    return new Uint8Array(hashes.buffer, hashes.byteOffset + from, hashLength);
  };
  const whole = (row: string) => {
    const entry = page.entryOf(row);
    check.entry(entry, tileOf(entry));
  };
  for (const row of page.rows) {
    const plain = plainRows.read(row);
    const tile = plain && tileOf(plain);
    // What is wrong is said by the check that looks at everything.
    if (tile && isHexOf(plain.leafHash, tile)) check.leaf(plain, tile);
    else whole(row);
    const size = check.size;
    while (page.checkpoints[at] !== undefined && (page.checkpoints[at]?.size ?? 0) <= size) {
      check.checkpoint(page.checkpoints[at] as StoredCheckpoint);
      at += 1;
    }
    const root = roots.get(size);
    if (root) check.remembered(root);
  }
}

/** No key yet: nothing may be sealed, and nothing may be known of it elsewhere. */
async function emptyLedger(
  source: LedgerSource,
  newest: StoredCheckpoint | null,
  { known = [], trusted }: VerifyOptions,
  broken: (problem: LedgerProblem) => VerifyResult,
): Promise<VerifyResult> {
  const { rows } = await source.page({ after: 0, limit: 1 });
  const last = known.at(-1);
  if (rows.length > 0 || newest) return broken(problemOf("key", "the ledger's keys are gone"));
  if (last && last.size > 0)
    return broken(problemOf("truncated", `the ledger is empty: ${last.from} covers ${last.size}`));
  if (trusted) return broken(problemOf("key", "the ledger has no key yet, and one was given"));
  return blank;
}

const problemOf = (kind: LedgerProblem["kind"], message: string): LedgerProblem => ({
  ...{ kind, message, sequence: null, entryId: null, afterSize: 0 },
});

const sameKey = (one: PublicKey | undefined, other: PublicKey) =>
  one !== undefined && one.name === other.name && one.bytes.join() === other.bytes.join();
