import {
  erasureAction,
  type SealedEntry,
  type SealedWrittenEntry,
  type StoredCheckpoint,
} from "@/lib/domain/ledger";
import { fromBase64, isHexOf, toHex } from "./bytes";
import { checkpointText } from "./checkpoint";
import { emptyFrontier, type Frontier, growFrontier, rootOfFrontier } from "./frontier";
import { hashLength, type Sha256, sameBytes } from "./hash";
import type { KeyChain, VerifySignature } from "./key-chain";
import { contentOf, fieldFault, isErased, leafHashOf } from "./leaf";

export type ProblemKind =
  | "edited"
  | "missing"
  | "inserted"
  | "reordered"
  | "truncated"
  | "erased_unrecorded"
  | "checkpoint"
  | "signature"
  | "key"
  | "tree"
  | "malformed";

/** What is wrong, with the first entry it shows at. `afterSize`: everything up to here was proven before. */
export type LedgerProblem = {
  kind: ProblemKind;
  sequence: number | null;
  entryId: string | null;
  afterSize: number;
  message: string;
};

export class LedgerBroken extends Error {
  override name = "LedgerBroken";
  constructor(readonly problem: LedgerProblem) {
    super(problem.message);
  }
}

export type LedgerCheckOptions = {
  sha256: Sha256;
  verifySignature: VerifySignature;
  chain: KeyChain;
  origin: string;
  /** Where a check of a part begins: what stands before it, itself proven by the checkpoints that follow. */
  from?: Frontier;
};

/**
 * Checks a ledger as it streams by: entries by sequence, and each checkpoint after the last entry it covers. Throws
 * LedgerBroken at the first thing that is wrong. Holds what the tree's edge needs, however long the ledger is.
 */
export class LedgerCheck {
  readonly frontier: Frontier;
  /** The size of the last checkpoint that held. */
  proven: number;
  /** Of that checkpoint; the root in hex. */
  lastRoot: string | null = null;
  lastKeyId: string | null = null;
  checkpoints = 0;
  entries = 0;
  erased = 0;
  /** Hashes of the complete subtrees that the tiles above the first level are made of. */
  readonly upper: Uint8Array[][] = [];
  private readonly start: number;
  private readonly unrecorded = new Map<string, number>();
  private unsealedUntil: { sealedAtMs: number; sequence: number; entryId: string } | null = null;

  constructor(private readonly options: LedgerCheckOptions) {
    this.frontier = options.from ?? emptyFrontier();
    this.start = this.frontier.size;
    this.proven = this.frontier.size;
  }

  get size(): number {
    return this.frontier.size;
  }

  /** `tile`: the leaf's hash as the stored tree has it. */
  entry(entry: SealedEntry | SealedWrittenEntry, tile?: Uint8Array): void {
    const { sha256 } = this.options;
    this.inOrder(entry);
    const fault = fieldFault(entry);
    if (fault) this.fail("edited", `its ${fault} is neither whole nor erased as erasing leaves it`, entry);
    const leaf = leafHashOf(sha256, entry);
    if (!isHexOf(entry.leafHash, leaf))
      this.fail("edited", "its content is not what its leaf hash says", entry);
    if (tile && !sameBytes(tile, leaf))
      this.fail("edited", "its leaf hash is not the one in the tree: entry and hash were rewritten", entry);
    this.noteErasure(entry);
    this.leaf(entry, leaf);
  }

  /** An entry whose leaf somebody has made from its content already. It is no erasure and nothing of it is erased. */
  leaf(entry: { sequence: number; id: string; sealedAtMs: number }, leaf: Uint8Array): void {
    this.inOrder(entry);
    if (this.unsealedUntil && this.unsealedUntil.sealedAtMs !== entry.sealedAtMs)
      this.fail("checkpoint", "the checkpoint that sealed it is missing, or its time of sealing was edited", {
        sequence: this.unsealedUntil.sequence,
        id: this.unsealedUntil.entryId,
      });
    this.unsealedUntil = { sealedAtMs: entry.sealedAtMs, sequence: entry.sequence, entryId: entry.id };
    growFrontier(this.options.sha256, this.frontier, leaf, this.start === 0 ? this.keepUpper : undefined);
    this.entries += 1;
  }

  /** A checkpoint that covers exactly what has streamed by. */
  checkpoint(stored: StoredCheckpoint): void {
    const { sha256, verifySignature, chain, origin } = this.options;
    const name = `checkpoint ${stored.size}`;
    if (stored.size !== this.size) this.fail("truncated", `${name} covers entries that are not here`);
    const root = rootOfFrontier(sha256, this.frontier);
    if (toHex(root) !== stored.root)
      this.fail(
        "edited",
        `${name} has another root: an entry from ${this.proven + 1} to ${stored.size} was changed with its hashes, or the checkpoint was edited`,
        { sequence: this.proven + 1, id: null },
      );
    const key = chain.keys.get(stored.keyId);
    if (!key || key.fromSize > stored.size)
      this.fail("signature", `${name} names a key that may not sign it`);
    const signature = fromBase64(stored.signature);
    const text = checkpointText({ origin, size: stored.size, root, atMs: stored.createdAtMs });
    if (!key || !signature || !verifySignature(key, text, signature))
      this.fail("signature", `${name} is not signed by the key it names: it or its signature was edited`);
    if (this.unsealedUntil && this.unsealedUntil.sealedAtMs !== stored.createdAtMs)
      this.fail("checkpoint", `entries were not sealed when ${name} says`, {
        sequence: this.unsealedUntil.sequence,
        id: this.unsealedUntil.entryId,
      });
    this.unsealedUntil = null;
    this.proven = stored.size;
    this.lastRoot = stored.root;
    this.lastKeyId = stored.keyId;
    this.checkpoints += 1;
  }

  /** A root known from elsewhere (a witness, a copy kept aside) at a size that is being passed. */
  remembered(known: { size: number; root: Uint8Array; from: string }): void {
    if (!sameBytes(rootOfFrontier(this.options.sha256, this.frontier), known.root))
      this.fail(
        "checkpoint",
        `the ledger is not the one of ${known.from} at ${known.size}: it was rewritten since`,
      );
  }

  /** Nothing follows. `recorded`: entries whose erasure is on record but not sealed yet. */
  end(recorded: ReadonlySet<string> = new Set()): void {
    if (this.proven !== this.size)
      this.fail("checkpoint", `no checkpoint covers the entries after ${this.proven}`, {
        sequence: this.proven + 1,
        id: null,
      });
    for (const [id, sequence] of this.unrecorded)
      if (!recorded.has(id))
        this.fail("erased_unrecorded", "it was erased and no entry of the ledger says so", { sequence, id });
  }

  fail(kind: ProblemKind, what: string, at?: { sequence: number; id: string | null }): never {
    const message = at ? `entry ${at.sequence}${at.id ? ` (${at.id})` : ""}: ${what}` : what;
    throw new LedgerBroken({
      ...{ kind, sequence: at?.sequence ?? null, entryId: at?.id ?? null },
      ...{ afterSize: this.proven, message },
    });
  }

  private inOrder(entry: { sequence: number; id: string }): void {
    const wanted = this.size + 1;
    if (entry.sequence === wanted) return;
    if (entry.sequence > wanted)
      this.fail("missing", `entry ${wanted} is missing; ${entry.sequence} follows ${wanted - 1}`, {
        sequence: wanted,
        id: null,
      });
    this.fail("reordered", `it stands where entry ${wanted} belongs`, entry);
  }

  private noteErasure(entry: SealedEntry | SealedWrittenEntry): void {
    if (isErased(entry.actor) || isErased(entry.detail)) {
      this.erased += 1;
      this.unrecorded.set(entry.id, entry.sequence);
    }
    if (entry.action !== erasureAction) return;
    for (const id of erasedIdsOf(contentOf(entry.detail))) this.unrecorded.delete(id);
  }

  private readonly keepUpper = (level: number, hash: Uint8Array) => {
    if (level % 8 !== 0) return;
    const at = level / 8 - 1;
    const hashes = this.upper[at] ?? [];
    hashes.push(hash);
    this.upper[at] = hashes;
  };

  /** Stored tiles above the first level, and the last of that, against what the entries make. */
  upperTiles(tiles: Iterable<{ level: number; position: number; hashes: Uint8Array }>): void {
    const seen: number[] = [];
    for (const { level, position, hashes } of tiles) {
      if (level === 0 && position >= 0) {
        if (position * 256 + hashes.length / hashLength === this.size) continue;
        this.fail("tree", `tile 0/${position} of the stored tree holds leaves that no entry has`);
      }
      const made = this.upper[level - 1] ?? [];
      for (let at = 0; at * hashLength < hashes.length; at++) {
        const stored = hashes.subarray(at * hashLength, (at + 1) * hashLength);
        const wanted = made[position * 256 + at];
        if (!wanted || !sameBytes(stored, wanted))
          this.fail("tree", `tile ${level}/${position} of the stored tree is not what the entries make`);
      }
      seen[level - 1] = (seen[level - 1] ?? 0) + hashes.length / hashLength;
    }
    for (const [at, made] of this.upper.entries())
      if ((seen[at] ?? 0) !== made.length)
        this.fail("tree", `tiles of level ${at + 1} of the stored tree are missing`);
  }
}

export function erasedIdsOf(detail: unknown): string[] {
  const ids = (detail as { entries?: unknown } | null)?.entries;
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}
