import { canonicalJson } from "@/lib/domain/canonical-json";
import { erasureAction, type LedgerEntry } from "@/lib/domain/ledger";
import { fromHex, toHex } from "./bytes";
import {
  type Checkpoint,
  checkpointText,
  openNote,
  type PublicKey,
  readCheckpoint,
  signedNote,
} from "./checkpoint";
import { keysOfWire, keyToWire } from "./export-lines";
import { firstDifference } from "./first-difference";
import { type Sha256, sameBytes } from "./hash";
import { readKeyChain, type VerifySignature } from "./key-chain";
import { fieldFault, isErased, leafHashOf } from "./leaf";
import { erasedIdsOf } from "./ledger-check";
import { judgeReceipt } from "./receipt-claims";
import type { AttemptFacts } from "./receipt-facts";
import {
  entryOfReceipt,
  type ReceiptStatement,
  readCanonicalText,
  receiptEntry,
  receiptFormat,
} from "./receipt-file";
import { type ReceiptEvidence, stateReceipt } from "./receipt-statement";
import { isIncluded } from "./tree";

/** What was looked at: it holds, it does not, or the file cannot say (an older entry, or one whose details were erased). */
export type ReceiptCheck = {
  code: ReceiptCheckCode;
  status: "proven" | "not_proven" | "failed" | "not_checked";
  words: string;
};

export const receiptCheckCodes = [
  ...(["form", "key", "checkpoint", "entries", "statement"] as const),
  ...(["outcome", "approval", "payload", "attempts"] as const),
] as const;
export type ReceiptCheckCode = (typeof receiptCheckCodes)[number];

export type ReceiptResult = {
  ok: boolean;
  /** The first thing that is wrong, in words. */
  problem: { code: ReceiptCheckCode; message: string } | null;
  /** `given`: a key from outside; `own`: the file's first key, which proves that the file is whole and not whose it is. */
  trust: "given" | "own";
  origin: string | null;
  /** Of the ledger when the checkpoint was signed. */
  size: number | null;
  signedAtMs: number | null;
  keyId: string | null;
  /** What it proves; null unless it holds. */
  statement: ReceiptStatement | null;
  checks: ReceiptCheck[];
};

export type VerifyReceiptOptions = {
  sha256: Sha256;
  verifySignature: VerifySignature;
  trusted: PublicKey | null;
};

class ReceiptBroken extends Error {
  constructor(
    readonly code: ReceiptCheckCode,
    message: string,
  ) {
    super(message);
  }
}

const fail = (code: ReceiptCheckCode, message: string): never => {
  throw new ReceiptBroken(code, message);
};

/**
 * Checks the text of a portable receipt: its form, the key chain, the checkpoint's signature, each entry's leaf and proof, that it
 * says what its entries say and nothing else, and what that amounts to. Never throws for what is wrong with the file.
 */
export function verifyReceipt(text: string, options: VerifyReceiptOptions): ReceiptResult {
  const found: ReceiptResult = {
    ...{ ok: false, problem: null, trust: options.trusted ? "given" : "own", origin: null },
    ...{ size: null, signedAtMs: null, keyId: null, statement: null, checks: [] },
  };
  const proven = (code: ReceiptCheckCode, words: string) =>
    found.checks.push({ code, status: "proven", words });
  try {
    const file = formOf(text);
    proven("form", `A receipt in the format ${receiptFormat}, in canonical form.`);
    const signed = signedBy(file, options);
    Object.assign(found, { origin: signed.checkpoint.origin, size: signed.checkpoint.size });
    Object.assign(found, { keyId: signed.key.keyId, signedAtMs: signed.checkpoint.atMs });
    proven("key", keyWords(signed.key.keyId, options.trusted));
    proven("checkpoint", `The checkpoint of ${signed.checkpoint.size} entries is signed by this key.`);
    const entries = entriesOf(file, signed.checkpoint, options.sha256);
    proven("entries", `${entries.length} entries are in the ledger as they were written.`);
    const statement = statementOf(file, entries, options.sha256);
    proven("statement", "The receipt says what its entries say, and nothing else.");
    for (const check of judgeReceipt(statement, entries)) {
      if (check.status === "failed") fail(check.code, check.words);
      found.checks.push(check);
    }
    return { ...found, ok: true, statement };
  } catch (error) {
    // What no check thought of is wrong with the file all the same.
    const code = error instanceof ReceiptBroken ? error.code : "form";
    const message = error instanceof ReceiptBroken ? error.message : "It is not built as a receipt is.";
    return {
      ...found,
      ok: false,
      problem: { code, message },
      checks: withFailure(found.checks, code, message),
    };
  }
}

function withFailure(before: readonly ReceiptCheck[], code: ReceiptCheckCode, words: string): ReceiptCheck[] {
  const checks = before.filter((each) => each.code !== code);
  checks.push({ code, status: "failed", words });
  const seen = new Set(checks.map((each) => each.code));
  for (const left of receiptCheckCodes)
    if (!seen.has(left)) checks.push({ code: left, status: "not_checked", words: "Not looked at." });
  return checks;
}

const keyWords = (keyId: string, trusted: PublicKey | null): string => {
  if (!trusted)
    return `Signed by key ${keyId}, which is in the file itself: this shows that the file is whole, not who signed it.`;
  return trusted.keyId === keyId
    ? `Signed by the key you trust, ${keyId}.`
    : `Signed by key ${keyId}, which the key you trust, ${trusted.keyId}, was handed over to.`;
};

type File = Record<string, unknown>;

function formOf(text: string): File {
  const read = readCanonicalText(text);
  if ("fault" in read) return fail("form", read.fault);
  const { format } = read.value;
  if (typeof format !== "string" || !format.startsWith("incident-monitor-receipt/"))
    return fail("form", "It is not a receipt of Incident Monitor: it does not say so.");
  if (format !== receiptFormat)
    return fail("form", `It is of the format ${format}, which this version cannot check.`);
  return read.value;
}

type Signed = { checkpoint: Checkpoint; key: PublicKey };

function signedBy(file: File, { sha256, verifySignature, trusted }: VerifyReceiptOptions): Signed {
  const rows = keysOfWire(file.keys) ?? fail("key", "It does not hold the ledger's public keys.");
  const read = readKeyChain(sha256, verifySignature, rows);
  if (!("chain" in read)) return fail("key", `Key ${read.keyId}: ${read.fault}.`);
  const [first] = rows;
  const signer = rows.at(-1);
  if (!first || !signer) return fail("key", "It does not hold the ledger's public keys.");
  const { chain } = read;
  const own = trusted && chain.keys.get(trusted.keyId);
  if (trusted && (own?.name !== trusted.name || !sameBytes(own.bytes, trusted.bytes)))
    return fail("key", `The key you trust, ${trusted.keyId}, is none of the ledger's that signed this.`);
  if (!chain.trustedFrom(trusted?.keyId ?? first.keyId).has(signer.keyId))
    return fail("key", `It is signed by key ${signer.keyId}, which no key that is trusted handed over to.`);

  const note = typeof file.checkpoint === "string" ? openNote(file.checkpoint) : null;
  const checkpoint = note && readCheckpoint(note.text);
  const [signature, ...others] = note?.signatures ?? [];
  if (!checkpoint || !signature || others.length > 0)
    return fail("checkpoint", "It holds no checkpoint with one signature.");
  if (checkpoint.origin !== first.name) return fail("checkpoint", "The checkpoint is of another ledger.");
  const key = signature.keyId === signer.keyId ? chain.keys.get(signer.keyId) : undefined;
  const isWhole = signedNote(checkpointText(checkpoint), [signature]) === file.checkpoint;
  if (!key || signature.name !== key.name || key.fromSize > checkpoint.size || !isWhole)
    return fail("checkpoint", "The checkpoint is not signed by the last of the file's keys.");
  if (!verifySignature(key, checkpointText(checkpoint), signature.bytes))
    return fail("checkpoint", "The checkpoint's signature is not valid: it, or what it signs, was changed.");
  return { checkpoint, key };
}

function entriesOf(file: File, checkpoint: Checkpoint, sha256: Sha256): LedgerEntry[] {
  if (!Array.isArray(file.entries) || file.entries.length === 0)
    return fail("entries", "It holds no entry of the ledger.");
  const entries: LedgerEntry[] = [];
  for (const [at, given] of file.entries.entries()) {
    const entry = entryOfReceipt(given);
    if (!entry) return fail("entries", `Entry ${at + 1} of the file is not whole.`);
    const name = `Entry ${entry.sequence}`;
    if (entry.sequence <= (entries.at(-1)?.sequence ?? 0))
      return fail("entries", `${name} stands after a later one, or twice.`);
    const leaf = leafHashOf(sha256, entry);
    const { proof, leaf_hash } = given as { proof?: unknown; leaf_hash?: unknown };
    if (fieldFault(entry) || toHex(leaf) !== leaf_hash)
      return fail("entries", `${name}: its content is not what its leaf hash says.`);
    const hashes = Array.isArray(proof) ? proof.map((hex) => fromHex(String(hex))) : [null];
    const place = { index: entry.sequence - 1, size: checkpoint.size, root: checkpoint.root };
    if (!hashes.every((hash) => hash !== null) || !isIncluded(sha256, place, leaf, hashes))
      return fail("entries", `${name} is not in the ledger that was signed: its proof does not lead there.`);
    if (canonicalJson(receiptEntry(sha256, entry, hashes)) !== canonicalJson(given))
      return fail("entries", `${name} holds something that an entry has not.`);
    entries.push(entry);
  }
  refuseUnrecorded(entries);
  return entries;
}

/** Details may be missing only where the ledger itself says that they were erased; and nothing else is said to be. */
function refuseUnrecorded(entries: readonly LedgerEntry[]): void {
  const erasing = entries.filter((entry) => entry.action === erasureAction && !isErased(entry.detail));
  const erased = entries.filter((entry) => isErased(entry.actor) || isErased(entry.detail));
  const said = erasing.flatMap((entry) => (isErased(entry.detail) ? [] : erasedIdsOf(entry.detail.value)));
  for (const entry of erased)
    if (!said.includes(entry.id))
      fail(
        "entries",
        `Entry ${entry.sequence}: something was taken out of it that the ledger did not erase.`,
      );
  for (const entry of erasing) {
    const ids = isErased(entry.detail) ? [] : erasedIdsOf(entry.detail.value);
    if (!erased.some((each) => ids.includes(each.id)))
      fail("entries", `Entry ${entry.sequence} is of no erasure of this receipt.`);
  }
}

function statementOf(file: File, entries: readonly LedgerEntry[], sha256: Sha256): ReceiptStatement {
  const stated = stateReceipt(sha256, entries, evidenceOf(file));
  if ("fault" in stated) return fail("statement", stated.fault);
  const { keys, entries: given, checkpoint } = file;
  const wanted = {
    format: receiptFormat,
    ...stated.statement,
    keys: (keysOfWire(keys) ?? []).map(keyToWire),
  };
  const difference = firstDifference({ ...wanted, entries: given, checkpoint }, file);
  if (difference) {
    const { path, wanted: wants, given: has } = difference;
    return fail("statement", `${path} is ${has}; by the ledger's entries it is ${wants}.`);
  }
  return stated.statement;
}

/** What the file gives for the digests of its entries; `stateReceipt` takes what fits. */
function evidenceOf(file: File): ReceiptEvidence {
  const { receipt, attempts, approvals } = file as Partial<ReceiptStatement>;
  const list = <Item>(value: Item[] | undefined) => (Array.isArray(value) ? value : []);
  return {
    sent: receipt?.sent ?? null,
    attempts: new Map(
      list(attempts).flatMap((each) =>
        each?.facts ? [[each.entry, each.facts] as [number, AttemptFacts]] : [],
      ),
    ),
    reasons: new Map(
      list(approvals).flatMap((each) =>
        typeof each?.reason === "string" ? [[each.entry, each.reason] as [number, string]] : [],
      ),
    ),
  };
}
