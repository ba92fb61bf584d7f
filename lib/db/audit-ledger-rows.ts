import type { SaltedField, SealedEntry } from "@/lib/domain/ledger";
import { count, type Row, text, textOrNull } from "./rows";

/** An entry's columns as the ledger reads them: times as milliseconds, salts in hex, nothing parsed twice. */
export const ledgerColumns = (
  row: string,
) => `${row}.id, (extract(epoch FROM ${row}.at) * 1000)::float8 AS at_ms,
  ${row}.actor, ${row}.actor_key, ${row}.action, ${row}.outcome::text AS outcome, ${row}.subject_kind, ${row}.subject_id,
  ${row}.project_id, ${row}.request_id, ${row}.detail, encode(${row}.actor_salt, 'hex') AS actor_salt,
  encode(${row}.detail_salt, 'hex') AS detail_salt, ${row}.actor_hash, ${row}.detail_hash, ${row}.sequence::float8 AS sequence,
  ${row}.leaf_hash, (extract(epoch FROM ${row}.sealed_at) * 1000)::float8 AS sealed_at_ms`;

export function sealedEntryFromRow(row: Row): SealedEntry {
  return {
    sequence: count(row.sequence),
    id: text(row.id),
    at: new Date(count(row.at_ms)).toISOString(),
    actorKey: text(row.actor_key),
    action: text(row.action),
    outcome: text(row.outcome),
    subjectKind: text(row.subject_kind),
    subjectId: text(row.subject_id),
    projectId: textOrNull(row.project_id),
    requestId: textOrNull(row.request_id),
    actor: fieldOf(row.actor, row.actor_salt, row.actor_hash, isNamelessActor(row.actor, row.actor_key)),
    detail: fieldOf(row.detail, row.detail_salt, row.detail_hash, isEmpty(row.detail)),
    leafHash: textOrNull(row.leaf_hash) ?? "",
    sealedAtMs: row.sealed_at_ms === null ? 0 : count(row.sealed_at_ms),
  };
}

/** A field that is half erased, or erased and still there, is given a hash that cannot be: no leaf has it. */
function fieldOf(value: unknown, salt: unknown, hash: unknown, isBlank: boolean): SaltedField {
  if (hash === null) return { salt: textOrNull(salt) ?? "", value };
  return { hash: salt === null && isBlank ? text(hash) : "" };
}

const isEmpty = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

function isNamelessActor(value: unknown, actorKey: unknown): boolean {
  const { kind, id, ...rest } = (value ?? {}) as Record<string, unknown>;
  return Object.keys(rest).length === 0 && `${kind}:${id}` === actorKey;
}
