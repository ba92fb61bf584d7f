import { canonicalJson } from "@/lib/domain/canonical-json";
import type { LedgerEntry, SaltedField } from "@/lib/domain/ledger";
import { toHex } from "./bytes";
import type { EntryLine, LedgerKeyWire } from "./export-lines";
import type { Sha256 } from "./hash";
import { isErased, leafHashOf } from "./leaf";
import type { AttemptFacts, SentFacts } from "./receipt-facts";

/** Files say which rules they were made by. */
export const receiptFormat = "incident-monitor-receipt/1";

/** Who acted, as the ledger's entry names them; `name` null where it was erased. */
export type ReceiptActor = { kind: string; id: string; name: string | null };

/** An entry of the ledger as exports write it, with its proof against the file's checkpoint. Of an erased field its salted hash. */
export type ReceiptEntry = Omit<EntryLine, "type" | "sealed_at_ms" | "proof"> & {
  /** Hex, from the leaf up. */
  proof: string[];
};

/** One approval. `reason_state` withheld: words were given and are not in the file, because they were erased. */
export type ReceiptApproval = {
  entry: number;
  approval_id: string | null;
  at: string;
  by: ReceiptActor;
  digest: string | null;
  /** Of what was to be sent to this destination. */
  payload_digest: string | null;
  binding: string | null;
  needed: number | null;
  break_glass: boolean | null;
  expires_at_ms: number | null;
  reason: string | null;
  reason_state: "given" | "none" | "withheld";
};

export type ReceiptAttempt = {
  entry: number;
  at: string;
  state: string | null;
  /** null where the entry holds no digest of them, or was erased. */
  facts: AttemptFacts | null;
};

/** What a receipt says, all of it derived from its entries and from what their digests bind. `entry`: the sequence it rests on. */
export type ReceiptStatement = {
  receipt: {
    entry: number;
    at: string;
    delivery_id: string;
    draft_id: string;
    destination_id: string | null;
    destination_kind: string | null;
    state: string | null;
    payload_digest: string | null;
    approval_id: string | null;
    sent: SentFacts | null;
  };
  asked: { entry: number; at: string; by: ReceiptActor; approval_required: boolean | null } | null;
  approvals: ReceiptApproval[];
  attempts: ReceiptAttempt[];
};

/** `incident-monitor-receipt/1`: see docs/receipts.md. */
export type ReceiptFile = { format: typeof receiptFormat } & ReceiptStatement & {
    entries: ReceiptEntry[];
    /** A signed note (C2SP tlog-checkpoint). */
    checkpoint: string;
    /** The ledger's keys from the first to the one that signed. */
    keys: LedgerKeyWire[];
  };

export function receiptEntry(sha256: Sha256, entry: LedgerEntry, proof: readonly Uint8Array[]): ReceiptEntry {
  const { actor, detail } = entry;
  return {
    ...{ sequence: entry.sequence, id: entry.id, at: entry.at, actor_key: entry.actorKey },
    ...{ action: entry.action, outcome: entry.outcome },
    ...{ subject_kind: entry.subjectKind, subject_id: entry.subjectId },
    ...{ project_id: entry.projectId, request_id: entry.requestId },
    ...(isErased(actor) ? { actor_hash: actor.hash } : { actor: actor.value, actor_salt: actor.salt }),
    ...(isErased(detail) ? { detail_hash: detail.hash } : { detail: detail.value, detail_salt: detail.salt }),
    ...{ leaf_hash: toHex(leafHashOf(sha256, entry)), proof: proof.map(toHex) },
  };
}

const required = ["id", "at", "actor_key", "action", "outcome", "subject_kind", "subject_id"] as const;

/** null where it is no entry. What it says is for the check to judge. */
export function entryOfReceipt(given: unknown): LedgerEntry | null {
  const line = (given ?? {}) as Partial<ReceiptEntry>;
  if (!required.every((name) => typeof line[name] === "string")) return null;
  if (!Number.isSafeInteger(line.sequence) || (line.sequence as number) < 1) return null;
  const optional = [line.project_id, line.request_id];
  if (!optional.every((each) => each === null || typeof each === "string")) return null;
  const actor = saltedOf(line.actor, line.actor_salt, line.actor_hash);
  const detail = saltedOf(line.detail, line.detail_salt, line.detail_hash);
  if (!actor || !detail) return null;
  const { id, at, actor_key, action, outcome, subject_kind, subject_id } = line as ReceiptEntry;
  return {
    ...{ sequence: line.sequence as number, id, at, actorKey: actor_key, action, outcome },
    ...{ subjectKind: subject_kind, subjectId: subject_id },
    ...{ projectId: line.project_id as string | null, requestId: line.request_id as string | null },
    ...{ actor, detail },
  };
}

function saltedOf(value: unknown, salt: unknown, hash: unknown): SaltedField | null {
  if (typeof hash === "string") return value === undefined && salt === undefined ? { hash } : null;
  return typeof salt === "string" && value !== undefined ? { salt, value } : null;
}

/** The file's text: canonical member order (RFC 8785), and white space that a person can read. */
export const receiptText = (file: ReceiptFile): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(file)), null, 2)}\n`;

export type ReadText = { value: Record<string, unknown> } | { fault: string };

/**
 * A JSON text as a value. White space between tokens is free; everything else must be as RFC 8785 writes it, so that no two
 * readers can take the same file for different things (a member given twice, a number in another form).
 */
export function readCanonicalText(text: string): ReadText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: "It is not JSON: it was cut off, or is another kind of file." };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { fault: "It is not a JSON object." };
  if (compact(text) !== canonicalJson(value))
    return { fault: "It is not in its canonical form: a member stands twice, or was moved or rewritten." };
  return { value: value as Record<string, unknown> };
}

/** Without the white space that stands outside of strings. */
const compact = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (token) => (token.startsWith('"') ? token : ""));
