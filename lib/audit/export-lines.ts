import { jsonText } from "@/lib/domain/canonical-json";
import type {
  LedgerKey,
  SaltedField,
  SealedEntry,
  SealedWrittenEntry,
  StoredCheckpoint,
  WrittenField,
} from "@/lib/domain/ledger";
import { isErased } from "./leaf";

/**
 * An export is NDJSON: a `ledger` line that says what begins here, entries and checkpoints in order, and an `end` line with the
 * last checkpoint as a signed note. One that goes on after a sequence carries the tree's edge there, so that its end proves it
 * all the same. In one with a filter each entry carries its own proof instead.
 */
export const exportFormat = 1;

export type LedgerLine = {
  type: "ledger";
  format: number;
  origin: string;
  after: number;
  /** Hex, largest subtree first; empty at the beginning, and in an export with a filter. */
  frontier: string[];
  keys: LedgerKeyWire[];
  exported_at_ms: number;
  /** Only some entries: each with its proof against this checkpoint. */
  filtered?: { filter: Record<string, unknown>; size: number; root: string };
};

export type LedgerKeyWire = {
  key_id: string;
  ordinal: number;
  name: string;
  public_key: string;
  from_size: number;
  endorsed_by: string;
  endorsement: string;
  created_at_ms: number;
};

export type EntryLine = {
  type: "entry";
  sequence: number;
  id: string;
  at: string;
  actor_key: string;
  action: string;
  outcome: string;
  subject_kind: string;
  subject_id: string;
  project_id: string | null;
  request_id: string | null;
  actor?: unknown;
  actor_salt?: string;
  actor_hash?: string;
  detail?: unknown;
  detail_salt?: string;
  detail_hash?: string;
  leaf_hash: string;
  sealed_at_ms: number;
  /** Hex, from the leaf up. */
  proof?: string[];
};

export type CheckpointLine = {
  type: "checkpoint";
  size: number;
  root: string;
  key_id: string;
  signature: string;
  created_at_ms: number;
};

export type EndLine = { type: "end"; size: number; entries: number; checkpoint: string };

/** An entry's line, without its end. Content stands in it as it was hashed, in canonical JSON. */
export function entryLine(entry: SealedWrittenEntry, proof?: readonly string[]): string {
  const { sequence, id, at, actorKey, action, outcome, subjectKind, subjectId, projectId, requestId } = entry;
  return (
    `{"type":"entry","sequence":${sequence},"id":${text(id)},"at":${text(at)},"actor_key":${text(actorKey)},` +
    `"action":${text(action)},"outcome":${text(outcome)},"subject_kind":${text(subjectKind)},` +
    `"subject_id":${text(subjectId)},"project_id":${text(projectId)},"request_id":${text(requestId)},` +
    `${fieldText("actor", entry.actor)},${fieldText("detail", entry.detail)},"leaf_hash":${text(entry.leafHash)},` +
    `"sealed_at_ms":${entry.sealedAtMs}${proof ? `,"proof":${JSON.stringify(proof)}` : ""}}`
  );
}

const text = (value: string | null): string => (value === null ? "null" : jsonText(value));

const fieldText = (name: "actor" | "detail", field: WrittenField): string =>
  isErased(field)
    ? `"${name}_hash":${text(field.hash)}`
    : `"${name}":${field.canonical},"${name}_salt":${text(field.salt)}`;

/** null where the line is no entry. What it says is for the check to judge. */
export function entryOfLine(line: Record<string, unknown>): SealedEntry | null {
  const { sequence, id, at, actor_key, action, outcome, subject_kind, subject_id } = line;
  const { project_id, request_id, leaf_hash, sealed_at_ms } = line;
  if (!isText(id) || !isText(at) || !isText(actor_key) || !isText(action) || !isText(outcome)) return null;
  if (!isText(subject_kind) || !isText(subject_id) || !isText(leaf_hash)) return null;
  if (!isTextOrNull(project_id) || !isTextOrNull(request_id)) return null;
  if (!Number.isSafeInteger(sequence) || typeof sealed_at_ms !== "number") return null;
  const actor = fieldOf(line.actor, line.actor_salt, line.actor_hash);
  const detail = fieldOf(line.detail, line.detail_salt, line.detail_hash);
  if (!actor || !detail) return null;
  return {
    sequence: sequence as number,
    id,
    at,
    actorKey: actor_key,
    action,
    outcome,
    subjectKind: subject_kind,
    subjectId: subject_id,
    projectId: project_id,
    requestId: request_id,
    actor,
    detail,
    leafHash: leaf_hash,
    sealedAtMs: sealed_at_ms,
  };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

function fieldOf(value: unknown, salt: unknown, hash: unknown): SaltedField | null {
  if (isText(hash)) return value === undefined && salt === undefined ? { hash } : null;
  return isText(salt) && value !== undefined ? { salt, value } : null;
}

export const checkpointLine = (stored: StoredCheckpoint): CheckpointLine => ({
  type: "checkpoint",
  ...{ size: stored.size, root: stored.root, key_id: stored.keyId, signature: stored.signature },
  created_at_ms: stored.createdAtMs,
});

export function checkpointOfLine(line: Record<string, unknown>): StoredCheckpoint | null {
  const { size, root, key_id, signature, created_at_ms } = line;
  if (!Number.isSafeInteger(size) || typeof created_at_ms !== "number") return null;
  if (typeof root !== "string" || typeof key_id !== "string" || typeof signature !== "string") return null;
  return { size: size as number, root, keyId: key_id, signature, createdAtMs: created_at_ms };
}

export const keyToWire = (key: LedgerKey): LedgerKeyWire => ({
  ...{ key_id: key.keyId, ordinal: key.ordinal, name: key.name, public_key: key.publicKey },
  ...{ from_size: key.fromSize, endorsed_by: key.endorsedBy, endorsement: key.endorsement },
  created_at_ms: key.createdAtMs,
});

export function keysOfWire(given: unknown): LedgerKey[] | null {
  if (!Array.isArray(given)) return null;
  const keys: LedgerKey[] = [];
  for (const each of given as Partial<LedgerKeyWire>[]) {
    const { key_id, ordinal, name, public_key, from_size, endorsed_by, endorsement, created_at_ms } =
      each ?? {};
    const texts = [key_id, name, public_key, endorsed_by, endorsement];
    const numbers = [ordinal, from_size, created_at_ms];
    if (!texts.every((text) => typeof text === "string")) return null;
    if (!numbers.every((number) => Number.isSafeInteger(number))) return null;
    const [keyId, title, publicKey, endorsedBy, proof] = texts as [string, string, string, string, string];
    const [place, fromSize, createdAtMs] = numbers as [number, number, number];
    keys.push({
      keyId,
      name: title,
      publicKey,
      endorsedBy,
      endorsement: proof,
      ordinal: place,
      fromSize,
      createdAtMs,
    });
  }
  return keys;
}
