import { canonicalText } from "@/lib/domain/canonical-text";
import { isoTime } from "@/lib/domain/iso-time";
import type { SealedWrittenEntry, WrittenField } from "@/lib/domain/ledger";
import { ownText } from "@/lib/domain/own-text";
import { copiedColumns } from "./copy-out";

/**
 * An entry's columns for whoever seals, proves or exports many of them, as PostgreSQL writes them: a value that is only hashed is
 * not parsed. `lib/audit/plain-row.ts` knows their order.
 */
export const writtenColumns = (
  row: string,
) => `${row}.sequence, ${row}.id, round(date_part('epoch', ${row}.at) * 1000),
  ${row}.actor_key, ${row}.action, ${row}.outcome, ${row}.subject_kind, ${row}.subject_id, ${row}.project_id, ${row}.request_id,
  ${row}.actor, encode(${row}.actor_salt, 'hex'), ${row}.actor_hash,
  ${row}.detail, encode(${row}.detail_salt, 'hex'), ${row}.detail_hash,
  ${row}.leaf_hash, round(date_part('epoch', ${row}.sealed_at) * 1000)`;

const asItIs = (value: string) => value;
export const writtenRows = { rowMode: "array" as const, types: { getTypeParser: () => asItIs } };

type Column = string | null;

export function writtenEntryFromRow(row: readonly Column[]): SealedWrittenEntry {
  const actorKey = row[3] as string;
  // Member by member: spreads would cost more than a hash.
  return {
    sequence: Number(row[0]),
    id: row[1] as string,
    at: isoTime(Number(row[2] ?? Number.NaN)),
    actorKey,
    action: row[4] as string,
    outcome: row[5] as string,
    subjectKind: row[6] as string,
    subjectId: row[7] as string,
    projectId: row[8] ?? null,
    requestId: row[9] ?? null,
    actor: actorOf(row[10], row[11], row[12], actorKey),
    detail: detailOf(row[13], row[14], row[15]),
    leafHash: row[16] ?? "",
    sealedAtMs: Number(row[17]),
  };
}

/** `writtenColumns` of entries that are not sealed yet, in fewer columns, since each costs the driver: what holds no space is one text. */
export const unsealedColumns = (row: string) => `concat_ws(' ', round(date_part('epoch', ${row}.at) * 1000),
    COALESCE(encode(${row}.actor_salt, 'hex'), '-'), COALESCE(encode(${row}.detail_salt, 'hex'), '-')),
  ${row}.id, ${row}.actor_key, ${row}.action, ${row}.outcome, ${row}.subject_kind, ${row}.subject_id, ${row}.project_id,
  ${row}.request_id, ${row}.actor, ${row}.actor_hash, ${row}.detail, ${row}.detail_hash`;

export function unsealedEntryFromRow(row: readonly Column[]): SealedWrittenEntry {
  const [atMs = "", actorSalt, detailSalt] = (row[0] as string).split(" ");
  const [, id, actorKey, action, outcome, subjectKind, subjectId, projectId, requestId] = row as string[];
  const [actor, actorHash, detail, detailHash] = row.slice(9);
  return writtenEntryFromRow([
    ...[null, id, atMs, actorKey, action, outcome, subjectKind, subjectId, projectId, requestId],
    ...[actor, saltOf(actorSalt), actorHash, detail, saltOf(detailSalt), detailHash, null, null],
  ] as Column[]);
}

const saltOf = (text = "-"): Column => (text === "-" ? null : text);

/** As COPY writes it. The id is a copy: what somebody keeps of an entry must not hold the page that it came in. */
export function writtenEntryFromCopy(row: string): SealedWrittenEntry {
  const columns = copiedColumns(row);
  if (columns[1]) columns[1] = ownText(columns[1]);
  return writtenEntryFromRow(columns);
}

/** A field that is half erased, or erased and still there, is given a hash that cannot be: no leaf has it. */
const impossible: WrittenField = { hash: "" };

function actorOf(value: Column = null, salt: Column = null, hash: Column = null, key: string): WrittenField {
  if (hash === null) return whole(canonicalActor(value ?? "null"), salt);
  return salt === null && isNameless(value ?? "null", key) ? { hash } : impossible;
}

function detailOf(value: Column = null, salt: Column = null, hash: Column = null): WrittenField {
  if (hash === null) return whole(canonicalText(value ?? "null"), salt);
  return salt === null && value === "{}" ? { hash } : impossible;
}

const whole = (canonical: string | null, salt: Column): WrittenField =>
  canonical === null ? impossible : { salt: salt ?? "", canonical };

// A few people and programs write most of a ledger.
const actors = new Map<string, string | null>();
const actorsMax = 1_000;
const actorLengthMax = 1_000;

function canonicalActor(jsonb: string): string | null {
  const known = actors.get(jsonb);
  if (known !== undefined) return known;
  const made = canonicalText(jsonb);
  if (actors.size >= actorsMax) actors.clear();
  if (jsonb.length <= actorLengthMax) actors.set(ownText(jsonb), made);
  return made;
}

function isNameless(jsonb: string, actorKey: string): boolean {
  const { kind, id, ...rest } = (JSON.parse(jsonb) ?? {}) as Record<string, unknown>;
  return Object.keys(rest).length === 0 && `${kind}:${id}` === actorKey;
}
