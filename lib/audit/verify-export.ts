import type { LedgerKey, SealedEntry } from "@/lib/domain/ledger";
import { fromHex, isHexOf, toHex } from "./bytes";
import { checkpointText, openNote, readCheckpoint } from "./checkpoint";
import { checkpointOfLine, type EntryLine, entryOfLine, exportFormat, keysOfWire } from "./export-lines";
import { type Frontier, frontierWidth } from "./frontier";
import { hashLength, sameBytes } from "./hash";
import { type KeyChain, readKeyChain } from "./key-chain";
import { fieldFault, isErased, leafHashOf } from "./leaf";
import { LedgerBroken, LedgerCheck } from "./ledger-check";
import { plainEntry } from "./plain-line";
import { isIncluded } from "./tree";
import type { KnownCheckpoint, VerifyOptions, VerifyResult } from "./verify-ledger";

type Line = Record<string, unknown>;

/**
 * Checks an export line by line, given singly or in lists: from its key to its last checkpoint. Several exports that go on where the one before ended may
 * stand in one file. Never throws for what is wrong with the file.
 */
export async function verifyExport(
  lines: AsyncIterable<string | readonly string[]>,
  options: VerifyOptions,
): Promise<VerifyResult> {
  const reader = new ExportReader(options);
  try {
    for await (const some of lines) {
      if (typeof some === "string") reader.line(some);
      else for (const line of some) reader.line(line);
    }
    reader.finish();
    return reader.result(null);
  } catch (error) {
    if (!(error instanceof LedgerBroken)) throw error;
    return reader.result(error);
  }
}

type Segment = {
  check: LedgerCheck;
  chain: KeyChain;
  trust: ReadonlySet<string>;
  origin: string;
  filtered: { size: number; root: Uint8Array; last: number } | null;
  entries: number;
};

class ExportReader {
  private number = 0;
  private segment: Segment | null = null;
  private isEnded = false;
  private readonly known: KnownCheckpoint[];
  private readonly total = { entries: 0, checkpoints: 0, erased: 0 };
  private carried: { frontier: Frontier; size: number } | null = null;

  constructor(private readonly options: VerifyOptions) {
    this.known = [...(options.known ?? [])].sort((one, other) => one.size - other.size);
  }

  line(text: string): void {
    this.number += 1;
    if (this.plainLine(text)) return;
    if (!text.startsWith("{") && text.trim() === "") return;
    const line = this.parse(text);
    if (line.type === "ledger") return this.begin(line);
    const { segment } = this;
    if (!segment || this.isEnded)
      return this.malformed("stands outside an export: its first line is missing");
    if (line.type === "entry") return this.entry(segment, line);
    if (line.type === "checkpoint") return this.checkpoint(segment, line);
    if (line.type === "end") return this.end(segment, line);
    return this.malformed("is of no type that an export has");
  }

  /** The line of an entry that needs no parsing; false where it is for the others to say what it is. */
  private plainLine(text: string): boolean {
    const { segment } = this;
    if (!segment || this.isEnded || segment.filtered) return false;
    const entry = plainEntry(this.options.sha256, text);
    if (!entry) return false;
    segment.entries += 1;
    segment.check.leaf(entry, entry.leaf);
    this.compareKnown(segment);
    return true;
  }

  finish(): void {
    if (!this.segment) this.malformed("nothing of an export is in the file");
    if (!this.isEnded)
      this.fail(
        "truncated",
        `the file ends after entry ${this.segment?.check.size ?? 0} without its last line`,
      );
    const last = this.known.at(-1);
    const size = this.segment?.filtered?.size ?? this.segment?.check.size ?? 0;
    if (last && last.size > size)
      this.fail("truncated", `entries after ${size} are gone: ${last.from} covers ${last.size}`);
  }

  result(error: LedgerBroken | null): VerifyResult {
    const { segment, total } = this;
    return {
      ok: error === null,
      problem: error?.problem ?? null,
      origin: segment?.origin ?? null,
      entries: total.entries + (segment?.entries ?? 0),
      checkpoints: total.checkpoints + (segment?.check.checkpoints ?? 0),
      erased: total.erased + (segment?.check.erased ?? 0),
      size: segment?.filtered?.size ?? segment?.check.proven ?? 0,
      root: segment?.filtered ? toHex(segment.filtered.root) : (segment?.check.lastRoot ?? null),
      keyId: segment?.check.lastKeyId ?? null,
    };
  }

  private begin(line: Line): void {
    if (this.segment && !this.isEnded)
      this.fail("truncated", `the export before line ${this.number} has no last line`);
    const keys = keysOfWire(line.keys);
    if (line.format !== exportFormat || typeof line.origin !== "string" || !keys)
      return this.malformed("is not the first line of an export that this version reads");
    const { chain, trust } = this.chainOf(line.origin, keys);
    const filtered = this.filteredOf(line);
    const from = filtered ? undefined : this.frontierOf(line);
    const { carried } = this;
    if (carried && (filtered || from?.size !== carried.size || !sameNodes(from, carried.frontier)))
      this.fail(
        "missing",
        `the export at line ${this.number} does not go on where the one before ended, at ${carried.size}`,
      );
    if (this.segment) {
      this.total.entries += this.segment.entries;
      this.total.checkpoints += this.segment.check.checkpoints;
      this.total.erased += this.segment.check.erased;
    }
    const { sha256, verifySignature } = this.options;
    const check = new LedgerCheck({
      sha256,
      verifySignature,
      chain,
      origin: line.origin,
      ...(from && { from }),
    });
    this.segment = { check, chain, trust, origin: line.origin, filtered, entries: 0 };
    this.isEnded = false;
  }

  private chainOf(origin: string, keys: LedgerKey[]) {
    const { sha256, verifySignature, trusted } = this.options;
    const read = readKeyChain(sha256, verifySignature, keys);
    if (!("chain" in read)) return this.fail("key", `key ${read.keyId}: ${read.fault}`);
    const [first] = keys;
    if (first?.name !== origin)
      return this.fail("key", "the keys are not those of the ledger that the file names");
    const own = trusted && read.chain.keys.get(trusted.keyId);
    if (trusted && (own?.name !== trusted.name || !sameBytes(own.bytes, trusted.bytes)))
      return this.fail("key", `the key given, ${trusted.keyId}, is none of this ledger's`);
    for (const each of this.known)
      if (each.origin !== origin) this.fail("checkpoint", `${each.from} is of another ledger`);
    return { chain: read.chain, trust: read.chain.trustedFrom(trusted?.keyId ?? first.keyId) };
  }

  private frontierOf(line: Line): Frontier {
    const { after, frontier } = line;
    const hashes = Array.isArray(frontier)
      ? frontier.map((hex) => (typeof hex === "string" ? fromHex(hex) : null))
      : [];
    const isWhole = hashes.every((hash) => hash?.length === hashLength);
    if (
      !Array.isArray(frontier) ||
      !Number.isSafeInteger(after) ||
      (after as number) < 0 ||
      !isWhole ||
      hashes.length !== frontierWidth(after as number)
    )
      return this.malformed("does not say what stands before its entries");
    return { size: after as number, nodes: hashes as Uint8Array[] };
  }

  private filteredOf(line: Line): Segment["filtered"] {
    if (line.filtered === undefined) return null;
    const { size, root } = (line.filtered ?? {}) as { size?: unknown; root?: unknown };
    const bytes = typeof root === "string" ? fromHex(root) : null;
    if (!Number.isSafeInteger(size) || bytes?.length !== hashLength)
      return this.malformed("does not say which checkpoint its entries are proven against");
    return { size: size as number, root: bytes, last: 0 };
  }

  private entry(segment: Segment, line: Line): void {
    const entry = entryOfLine(line);
    if (!entry) return this.malformed("is no whole entry", segment.check.size + 1);
    segment.entries += 1;
    if (segment.filtered) return this.provenEntry(segment, entry, (line as Partial<EntryLine>).proof);
    segment.check.entry(entry);
    this.compareKnown(segment);
  }

  private compareKnown({ check }: Segment): void {
    if (this.known.length === 0) return;
    const known = this.known.find((each) => each.size === check.size);
    if (known) check.remembered(known);
  }

  private provenEntry({ check, filtered }: Segment, entry: SealedEntry, proof: unknown): void {
    const { sha256 } = this.options;
    if (!filtered) return;
    if (entry.sequence <= filtered.last) check.fail("reordered", "it stands after a later one", entry);
    filtered.last = entry.sequence;
    if (isErased(entry.actor) || isErased(entry.detail)) check.erased += 1;
    const leaf = leafHashOf(sha256, entry);
    if (fieldFault(entry) || !isHexOf(entry.leafHash, leaf))
      check.fail("edited", "its content is not what its leaf hash says", entry);
    const hashes = Array.isArray(proof)
      ? proof.map((hex) => (typeof hex === "string" ? fromHex(hex) : null))
      : [];
    const place = { index: entry.sequence - 1, size: filtered.size, root: filtered.root };
    if (!hashes.every((hash) => hash !== null) || !isIncluded(sha256, place, leaf, hashes))
      check.fail("edited", "its proof does not lead to the checkpoint", entry);
  }

  private checkpoint({ check, filtered }: Segment, line: Line): void {
    const stored = checkpointOfLine(line);
    if (!stored || filtered) return this.malformed("is no checkpoint that belongs here");
    check.checkpoint(stored);
  }

  private end(segment: Segment, line: Line): void {
    const { check, chain, trust, origin, filtered } = segment;
    const note = typeof line.checkpoint === "string" ? openNote(line.checkpoint) : null;
    const checkpoint = note && readCheckpoint(note.text);
    const signature = note?.signatures.find((each) => trust.has(each.keyId));
    const key = signature && chain.keys.get(signature.keyId);
    if (!checkpoint || checkpoint.origin !== origin)
      return this.malformed("holds no checkpoint of this ledger");
    if (!key || !this.options.verifySignature(key, checkpointText(checkpoint), signature.bytes))
      return this.fail(
        "signature",
        `the last checkpoint, ${checkpoint.size}, is not signed by a key that is trusted`,
      );
    if (line.size !== checkpoint.size)
      this.fail(
        "truncated",
        `the last line says ${String(line.size)} entries and its checkpoint ${checkpoint.size}`,
      );
    if (line.entries !== segment.entries)
      this.fail("missing", `the export had ${String(line.entries)} entries and ${segment.entries} are here`);
    if (filtered) {
      if (checkpoint.size !== filtered.size || !sameBytes(checkpoint.root, filtered.root))
        this.fail("checkpoint", "the entries are proven against another checkpoint than the signed one");
    } else {
      if (checkpoint.size !== check.size)
        this.fail(
          "truncated",
          `entries after ${check.size} are missing: the last checkpoint covers ${checkpoint.size}`,
        );
      check.remembered({ ...checkpoint, from: "its last checkpoint" });
      if (check.entries > 0) check.end();
    }
    check.lastKeyId = key.keyId;
    this.isEnded = true;
    this.carried = filtered
      ? null
      : { size: check.size, frontier: { size: check.size, nodes: [...check.frontier.nodes] } };
  }

  private parse(text: string): Line {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Line;
    } catch {
      // said below
    }
    return this.malformed("is not a JSON object", (this.segment?.check.size ?? 0) + 1);
  }

  private malformed(what: string, sequence?: number): never {
    const message = `line ${this.number} ${what}`;
    const afterSize = this.segment?.check.proven ?? 0;
    throw new LedgerBroken({
      kind: "malformed",
      sequence: sequence ?? null,
      entryId: null,
      afterSize,
      message,
    });
  }

  private fail(kind: LedgerBroken["problem"]["kind"], message: string): never {
    const afterSize = this.segment?.check.proven ?? 0;
    throw new LedgerBroken({ kind, sequence: null, entryId: null, afterSize, message });
  }
}

const sameNodes = (one: Frontier | undefined, other: Frontier) =>
  one !== undefined &&
  one.nodes.length === other.nodes.length &&
  one.nodes.every((node, at) => sameBytes(node, other.nodes[at] as Uint8Array));
