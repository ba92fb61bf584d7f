import type { RedactionCounts } from "@/lib/domain/records";
import type { RedactedPlace, RowOrigin } from "@/lib/domain/redaction-run";
import type { Database } from "./client";
import { identityOrder } from "./intake-sql";
import { type TextPlace, textPlaces } from "./redaction-places";
import { heldBy, holdParts } from "./retention-due";
import { json, list, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** A row's texts, by column, and whose they are. */
export type TextRow = {
  keys: string[];
  origin: RowOrigin;
  held: boolean;
  texts: Record<string, unknown>;
  /** What was taken out before, by kind; null where the table does not say. */
  redactions: RedactionCounts | null;
};

const rowOf = (place: TextPlace, columns: string) => `
  SELECT ARRAY[${place.keys.map(({ column }) => `r.${column}::text`).join(", ")}] AS keys,
    ${place.project} AS project, ${place.source} AS source, ${place.destination} AS destination,
    ${heldBy(place.project, place.source, place.incident)} AS held${columns}
  FROM ${place.from}`;
const columnsOf = (place: TextPlace) => {
  const columns = Object.keys(place.columns).map((column) => `, r.${column} AS "text_${column}"`);
  return columns.join("") + (place.also.includes("redactions") ? ", r.redactions AS redactions" : "");
};
const keyTuple = (place: TextPlace) => `(${place.keys.map(({ column }) => `r.${column}`).join(", ")})`;

/** The next rows of a place after these keys (none: the first), in the order of its primary key. */
export async function readTexts(
  db: Database,
  name: RedactedPlace,
  { after, limit }: { after: readonly string[]; limit: number },
): Promise<TextRow[]> {
  const place = textPlaces[name];
  const from = place.keys.map(({ type }, index) => `$${index + 1}::${type}`).join(", ");
  const later = after.length > 0 ? `${keyTuple(place)} > (${from})` : "true";
  const { rows } = await db.pool.query(
    `WITH ${holdParts} ${rowOf(place, columnsOf(place))} WHERE ${later} AND (${place.when})
     ORDER BY ${place.keys.map(({ column }) => `r.${column}`).join(", ")} LIMIT ${limit}`,
    [...after],
  );
  return rows.map((row) => textRow(place, row));
}

/** These rows as they are now, locked until the transaction ends; of incidents in the order that intake locks them. */
export async function lockTexts(
  tx: Transaction,
  name: RedactedPlace,
  keys: readonly (readonly string[])[],
): Promise<TextRow[]> {
  const place = textPlaces[name];
  const lists = place.keys.map(({ type }, index) => `$${index + 1}::${type}[]`).join(", ");
  const wanted = `${keyTuple(place)} IN (SELECT * FROM unnest(${lists}))`;
  const values = place.keys.map(({ type }, index) =>
    keys.map((each) => (type === "int" ? Number(each[index]) : each[index])),
  );
  const order =
    name === "incidents"
      ? identityOrder.replaceAll("i.", "r.")
      : place.keys.map(({ column }) => `r.${column}`).join(", ");
  await tx.$queryRawUnsafe(
    `SELECT 1 FROM ${place.table} r WHERE ${wanted} ORDER BY ${order} FOR NO KEY UPDATE OF r`,
    ...values,
  );
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `WITH ${holdParts} ${rowOf(place, columnsOf(place))} WHERE ${wanted} AND (${place.when})`,
    ...values,
  );
  return rows.map((row) => textRow(place, row));
}

function textRow(place: TextPlace, row: Row): TextRow {
  return {
    keys: list(row.keys),
    origin: {
      projectId: textOrNull(row.project),
      sourceId: textOrNull(row.source),
      destinationId: textOrNull(row.destination),
    },
    held: row.held === true,
    texts: Object.fromEntries(Object.keys(place.columns).map((column) => [column, row[`text_${column}`]])),
    redactions: place.also.includes("redactions") ? json<RedactionCounts>(row.redactions ?? {}) : null,
  };
}

export type TextChange = {
  keys: readonly string[];
  texts: Record<string, unknown>;
  redactions: RedactionCounts | null;
  /** Of an evidence artifact's new content. */
  sha256: string | null;
};

const castOf = { text: "text", lines: "text[]", refs: "text[]", members: "jsonb", texts: "jsonb" } as const;

/** Writes the texts of one locked row. Its revision moves, so that whoever holds a copy is told; its times stay. */
export async function writeTexts(tx: Transaction, name: RedactedPlace, change: TextChange): Promise<void> {
  const place = textPlaces[name];
  const values: unknown[] = [];
  const bind = (value: unknown, cast: string) => {
    values.push(cast === "jsonb" && value !== null ? JSON.stringify(value) : value);
    return `$${values.length}::${cast}`;
  };
  const sets = Object.entries(change.texts).map(
    ([column, value]) => `${column} = ${bind(value, castOf[place.columns[column] ?? "text"])}`,
  );
  if (place.also.includes("revision")) sets.push("revision = revision + 1");
  if (change.redactions) sets.push(`redactions = ${bind(change.redactions, "jsonb")}`);
  if (change.sha256) sets.push(`sha256 = ${bind(change.sha256, "text")}`);
  const where = place.keys.map(({ column, type }, index) => {
    const key = change.keys[index];
    return `${column} = ${bind(type === "int" ? Number(key) : key, type)}`;
  });
  await tx.$executeRawUnsafe(
    `UPDATE ${place.table} SET ${sets.join(", ")} WHERE ${where.join(" AND ")}`,
    ...values,
  );
}

/** What a search looks through, made anew of what incidents and their drafts say now: older words of drafts go with it. */
export async function rebuildSearchTexts(tx: Transaction, incidentIds: readonly string[]): Promise<void> {
  if (incidentIds.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE incident_texts t SET body = incident_search_text(i.id, i.draft_id, i.wire_fingerprint, i.title, i.source,
         i.component, i.event_type, left(i.detail, 1000)) || COALESCE((SELECT E'\\n' || string_agg(lower(d.title), E'\\n')
         FROM drafts d WHERE d.incident_id = i.id AND d.title <> i.title), '')
     FROM incidents i WHERE t.incident_id = i.id AND i.id = ANY($1)`,
    incidentIds,
  );
}

/** The incidents of these drafts. */
export async function incidentsOfDrafts(tx: Transaction, draftIds: readonly string[]): Promise<string[]> {
  const rows = await tx.draft.findMany({
    where: { id: { in: [...draftIds] } },
    select: { incidentId: true },
  });
  return [...new Set(rows.map(({ incidentId }) => incidentId))];
}

/** A deployment that begins with a release has nothing that older rules wrote. */
export async function isAnythingStored(db: Database): Promise<boolean> {
  const { rows } = await db.pool.query(
    "SELECT EXISTS (SELECT 1 FROM incidents) OR EXISTS (SELECT 1 FROM log_quarantine) AS any",
  );
  return rows[0]?.any === true;
}

/** Rows of a place, about, as the planner knows them. */
export async function estimateRows(db: Database, name: RedactedPlace): Promise<number> {
  const { rows } = await db.pool.query(
    "SELECT GREATEST(reltuples, 0)::bigint AS n FROM pg_class WHERE oid = $1::regclass",
    [textPlaces[name].table],
  );
  return Number(text(rows[0]?.n ?? 0));
}
