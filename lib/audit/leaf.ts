import { canonicalJson, jsonText } from "@/lib/domain/canonical-json";
import type {
  LedgerEntry,
  SaltedField,
  SealedEntry,
  SealedWrittenEntry,
  WrittenEntry,
  WrittenField,
} from "@/lib/domain/ledger";
import { hashLeaf, hexOf, type Sha256 } from "./hash";

/** Leaves say which rules they were made by; a second set would be another number beside this one. */
export const leafFormat = 1;

type Field = SaltedField | WrittenField;

export const isErased = (field: Field): field is { hash: string } => "hash" in field;

/** A field's content as canonical JSON. */
export const canonicalOf = (field: Exclude<Field, { hash: string }>): string =>
  "canonical" in field ? field.canonical : canonicalJson(field.value);

const valueOf = (field: Exclude<Field, { hash: string }>): unknown =>
  "canonical" in field ? JSON.parse(field.canonical) : field.value;

/** The value of a field that is not erased; undefined where it is. */
export const contentOf = (field: Field): unknown => (isErased(field) ? undefined : valueOf(field));

/** An entry with its content to be read. */
export function readEntry(entry: SealedWrittenEntry): SealedEntry {
  const read = (field: WrittenField): SaltedField =>
    isErased(field) ? field : { salt: field.salt, value: valueOf(field) };
  return { ...entry, actor: read(entry.actor), detail: read(entry.detail) };
}

export const hashOfField = (sha256: Sha256, field: Field): string =>
  isErased(field) ? field.hash : hexOf(sha256, `${field.salt}:${canonicalOf(field)}`);

const text = (value: string | null) => (value === null ? "null" : jsonText(value));

/** The bytes of the leaf: an object of RFC 8785, put together by hand since every entry passes here. */
export function leafContent(sha256: Sha256, entry: LedgerEntry | WrittenEntry): string {
  return (
    `{"action":${text(entry.action)},"actor_hash":${text(hashOfField(sha256, entry.actor))},` +
    `"actor_key":${text(entry.actorKey)},"at":${text(entry.at)},` +
    `"detail_hash":${text(hashOfField(sha256, entry.detail))},"format":${leafFormat},"id":${text(entry.id)},` +
    `"outcome":${text(entry.outcome)},"project_id":${text(entry.projectId)},"request_id":${text(entry.requestId)},` +
    `"sequence":${entry.sequence},"subject_id":${text(entry.subjectId)},"subject_kind":${text(entry.subjectKind)}}`
  );
}

export const leafHashOf = (sha256: Sha256, entry: LedgerEntry | WrittenEntry): Uint8Array =>
  hashLeaf(sha256, leafContent(sha256, entry));

const saltHex = /^[0-9a-f]{32}$/;
const hashHex = /^[0-9a-f]{64}$/;
const isWhole = (field: Field) => (isErased(field) ? hashHex.test(field.hash) : saltHex.test(field.salt));

/** Why an entry's shape cannot be what the sealer wrote; null when it can. */
export function fieldFault(entry: LedgerEntry | WrittenEntry): string | null {
  if (!isWhole(entry.actor)) return "actor";
  return isWhole(entry.detail) ? null : "detail";
}
