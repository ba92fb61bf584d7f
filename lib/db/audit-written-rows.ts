import { canonicalJson } from "@/lib/domain/canonical-json";
import type { SealedWrittenEntry, WrittenField } from "@/lib/domain/ledger";

/**
 * An entry's columns for whoever seals, proves or exports many of them, with `writtenRows` as PostgreSQL writes them: a value
 * that is only hashed is not parsed, rows are lists, and what cannot hold a space comes as one text.
 */
export const writtenColumns = (row: string) => `concat_ws(' ', COALESCE(${row}.sequence, 0),
    date_part('epoch', ${row}.at) * 1000, COALESCE(date_part('epoch', ${row}.sealed_at) * 1000, 0), ${row}.outcome,
    COALESCE(encode(${row}.actor_salt, 'hex'), '-'), COALESCE(encode(${row}.detail_salt, 'hex'), '-'), ${row}.leaf_hash),
  ${row}.id, ${row}.actor_key, ${row}.action, ${row}.subject_kind, ${row}.subject_id, ${row}.project_id, ${row}.request_id,
  ${row}.actor, ${row}.actor_hash, ${row}.detail, ${row}.detail_hash`;

const asItIs = (value: string) => value;
export const writtenRows = { rowMode: "array" as const, types: { getTypeParser: () => asItIs } };

type Column = string | null;
type WrittenRow = readonly Column[];

export function writtenEntryFromRow(row: WrittenRow): SealedWrittenEntry {
  const parts = (row[0] as string).split(" ");
  const actorKey = row[2] as string;
  // Member by member: spreads would cost more than a hash.
  return {
    sequence: Number(parts[0]),
    id: row[1] as string,
    at: isoTime(Number(parts[1])),
    actorKey,
    action: row[3] as string,
    outcome: parts[3] as string,
    subjectKind: row[4] as string,
    subjectId: row[5] as string,
    projectId: row[6] ?? null,
    requestId: row[7] ?? null,
    actor: actorOf(row[8], saltOf(parts[4]), row[9], actorKey),
    detail: detailOf(row[10], saltOf(parts[5]), row[11]),
    leafHash: parts.length === 7 ? (parts[6] as string) : "",
    sealedAtMs: Math.round(Number(parts[2])),
  };
}

const saltOf = (text = "-"): Column => (text === "-" ? null : text);

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

/** null for what no JSON text of ours can be: a number beyond a double's. */
function canonicalText(jsonb: string): string | null {
  try {
    return canonicalJson(JSON.parse(jsonb));
  } catch {
    return null;
  }
}

// A few people and programs write most of a ledger.
const actors = new Map<string, string | null>();
const actorsMax = 1_000;
const actorLengthMax = 1_000;

function canonicalActor(jsonb: string): string | null {
  const known = actors.get(jsonb);
  if (known !== undefined) return known;
  const made = canonicalText(jsonb);
  if (actors.size >= actorsMax) actors.clear();
  if (jsonb.length <= actorLengthMax) actors.set(jsonb, made);
  return made;
}

function isNameless(jsonb: string, actorKey: string): boolean {
  const { kind, id, ...rest } = (JSON.parse(jsonb) ?? {}) as Record<string, unknown>;
  return Object.keys(rest).length === 0 && `${kind}:${id}` === actorKey;
}

const latestMs = 8.64e15;
let second = Number.NaN;
let secondText = "";

/** As `Date` writes it, and empty for what it cannot; entries of one second follow one another. */
export function isoTime(epochMs: number): string {
  const ms = Math.round(epochMs);
  if (!(Math.abs(ms) <= latestMs)) return "";
  const whole = Math.floor(ms / 1_000);
  if (whole !== second) {
    secondText = new Date(whole * 1_000).toISOString().slice(0, -4);
    second = whole;
  }
  return `${secondText}${String(ms - whole * 1_000).padStart(3, "0")}Z`;
}
