import { textPlaces } from "@/lib/db/redaction-places";
import type { TextChange, TextRow } from "@/lib/db/redaction-text-store";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { MonitorConfig } from "@/lib/domain/config";
import type { RedactionCounts } from "@/lib/domain/records";
import { profileNameOf, type RedactedPlace } from "@/lib/domain/redaction-run";
import { storable } from "@/lib/domain/text";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";
import { joinLeaves, splitLeaves } from "./text-leaves";

/** A row whose texts today's rules would change, as it would be written. */
export type RedactedRow = { row: TextRow; change: TextChange };

/**
 * Reads rows again, each by the profile that its texts would be written by now, one pass per profile. Only those that
 * change are returned, in their order. Redaction is idempotent, so a row that was written by today's rules never is.
 */
export async function redactRows(
  place: RedactedPlace,
  rows: readonly TextRow[],
  config: MonitorConfig,
): Promise<RedactedRow[]> {
  const changes = new Array<RedactedRow | null>(rows.length).fill(null);
  const names = rows.map((row) => profileNameOf(row.origin, config));
  for (const name of new Set(names)) {
    const own = rows.flatMap((row, index) => (names[index] === name ? [{ row, index }] : []));
    const redacted = await redactFields(
      own.map(({ row }) => fieldsOf(place, row)),
      { structural: [] },
      profileNamed(name, config.safetyDefaults),
    );
    own.forEach(({ row, index }, position) => {
      const made = redacted[position];
      if (!made) throw new Error("redaction lost a row");
      const counts = Object.fromEntries(made.redactions.map((each) => [each.kind, each.count]));
      changes[index] = changeOf(place, row, made.value, counts);
    });
  }
  return changes.filter((each) => each !== null);
}

const separator = "\u0000";

/** A row as redaction takes it: JSON of ours as its texts, so that a member's name promises nothing. */
function fieldsOf(place: RedactedPlace, row: TextRow): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [column, reading] of Object.entries(textPlaces[place].columns)) {
    const value = row.texts[column];
    if (value === null || value === undefined) continue;
    if (reading === "texts" || reading === "refs") {
      for (const [path, leaf] of splitLeaves(value)) fields[`${column}${separator}${path}`] = leaf;
    } else fields[column] = value;
  }
  return fields;
}

function changeOf(
  place: RedactedPlace,
  row: TextRow,
  redacted: Record<string, unknown>,
  counts: RedactionCounts,
): RedactedRow | null {
  const texts: Record<string, unknown> = {};
  for (const [column, reading] of Object.entries(textPlaces[place].columns)) {
    const before = row.texts[column];
    if (before === null || before === undefined) continue;
    const after =
      reading === "texts" || reading === "refs"
        ? joinLeaves(before, (path) => redacted[`${column}${separator}${path}`])
        : redacted[column];
    if (canonicalJson(after) !== canonicalJson(before)) texts[column] = storableTexts(after);
  }
  if (Object.keys(texts).length === 0) return null;
  const { keys } = row;
  const sha256 =
    textPlaces[place].also.includes("sha256") && texts.content
      ? sha256Hex(canonicalJson(texts.content))
      : null;
  return {
    row,
    change: { keys, texts, redactions: row.redactions && addCounts(row.redactions, counts), sha256 },
  };
}

function addCounts(before: RedactionCounts, added: RedactionCounts): RedactionCounts {
  const sum = { ...before };
  for (const [kind, count] of Object.entries(added)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

function storableTexts(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(storableTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, storableTexts(member)]));
}
