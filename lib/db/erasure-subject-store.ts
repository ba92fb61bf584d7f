import type { ErasureSubject } from "@/lib/domain/erasure";
import type { Database } from "./client";
import { heldBy, holdParts, places, type RetainedTable, retainedTables } from "./retention-due";
import { count, ms, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** What belongs to an incident, in the order in which it is emptied. */
export const incidentTables = retainedTables.filter(
  (table): table is RetainedTable => places[table].incident !== "NULL::text",
);

type Reader = { query: (sql: string, values: unknown[]) => Promise<Row[]> };
export const readerOf = (db: Database): Reader => ({
  query: async (sql, values) => (await db.pool.query(sql, values)).rows,
});
export const readerIn = (tx: Transaction): Reader => ({
  query: (sql, values) => tx.$queryRawUnsafe<Row[]>(sql, ...values),
});

const says = (...columns: string[]) =>
  columns.map((column) => `position($1 IN lower(COALESCE(${column}, ''))) > 0`).join(" OR ");
const joined = (column: string) => `array_to_string(${column}, ' ')`;

/** Where a person may be named: the texts of an incident, of its sightings and its drafts. `$1` is in small letters. */
const namesPerson = `
  ${says("r.title", "r.detail", "r.source", "r.component", "r.wire_fingerprint", joined("r.excerpt"))}
  OR ${says("r.attributes::text", "r.event_payload::text", "r.identity::text", joined("r.external_correlation_ids"))}
  OR EXISTS (SELECT 1 FROM occurrences o WHERE o.incident_id = r.id AND (${says("o.sighting::text", "o.reporter::text")}))
  OR EXISTS (SELECT 1 FROM drafts d WHERE d.incident_id = r.id
    AND (${says("d.title", "d.detail", "d.attributes::text", joined("d.excerpt"))}))
  OR EXISTS (SELECT 1 FROM evidence_artifacts e WHERE e.incident_id = r.id AND (${says("e.content::text")}))`;

function whereOf(subject: ErasureSubject): { sql: string; values: unknown[] } {
  switch (subject.kind) {
    case "incident":
      return { sql: "(r.id = $1 OR r.merged_into_id = $1)", values: [subject.incidentId] };
    case "source":
      return subject.sourceId === null
        ? { sql: "r.project_id = $1", values: [subject.projectId] }
        : {
            sql: "r.project_id = $1 AND r.log_source_id = $2",
            values: [subject.projectId, subject.sourceId],
          };
    case "person":
      return { sql: `(${namesPerson})`, values: [subject.person.toLowerCase()] };
  }
}

/** Incidents that are concerned and not erased yet, oldest first, at most `limit`, with the hold that covers them. */
export async function listErasable(
  on: Reader,
  subject: ErasureSubject,
  limit: number,
): Promise<Array<{ id: string; projectId: string | null; holdId: string | null }>> {
  const { sql, values } = whereOf(subject);
  const rows = await on.query(
    `WITH ${holdParts}
     SELECT r.id, r.project_id, CASE WHEN ${heldBy("r.project_id", "r.log_source_id", "r.id")} THEN
         (SELECT h.id FROM holds h ORDER BY h.scope <> 'all' AND h.incident_id IS DISTINCT FROM r.id
           AND h.project_id IS DISTINCT FROM r.project_id, h.placed_at LIMIT 1) END AS hold_id
     FROM incidents r WHERE r.erased_at IS NULL AND ${sql} ORDER BY r.created_at, r.id LIMIT ${limit}`,
    values,
  );
  return rows.map((row) => ({
    id: text(row.id),
    projectId: textOrNull(row.project_id),
    holdId: textOrNull(row.hold_id),
  }));
}

/** Whose an incident is, hidden ones too: what is hidden may still have to be forgotten. */
export async function findIncidentProject(
  db: Database,
  incidentId: string,
): Promise<{ projectId: string | null } | null> {
  return db.prisma.incident.findUnique({ where: { id: incidentId }, select: { projectId: true } });
}

/** How much there is of each kind, of these incidents. */
export async function countOfIncidents(
  on: Reader,
  incidentIds: readonly string[],
): Promise<Partial<Record<RetainedTable, number>>> {
  const counts: Partial<Record<RetainedTable, number>> = {};
  for (const table of incidentTables) {
    const { from, incident } = places[table];
    const [row] = await on.query(`SELECT count(*) AS n FROM ${from} WHERE ${incident} = ANY($1)`, [
      incidentIds,
    ]);
    if (count(row?.n) > 0) counts[table] = count(row?.n);
  }
  return counts;
}

/** Everything of one place that belongs to these incidents, as it is now. */
export async function listOfIncidents(
  on: Reader,
  table: RetainedTable,
  incidentIds: readonly string[],
): Promise<Array<{ id: string; at: Date }>> {
  const { from, id, at, incident } = places[table];
  const rows = await on.query(`SELECT ${id} AS id, ${at} AS at FROM ${from} WHERE ${incident} = ANY($1)`, [
    incidentIds,
  ]);
  return rows.map((row) => ({ id: text(row.id), at: new Date(ms(row.at ?? 0)) }));
}

/** What is on its way: sending it and forgetting it at once would leave the one or the other half done. */
export async function findUnderWay(on: Reader, incidentIds: readonly string[]): Promise<string[]> {
  const rows = await on.query(
    `SELECT v.post_id AS id FROM deliveries v WHERE v.incident_id = ANY($1) AND v.state IN ('sending', 'ambiguous')
     UNION ALL SELECT t.id FROM triage_runs t JOIN drafts d ON d.id = t.draft_id
       WHERE d.incident_id = ANY($1) AND t.status IN ('queued', 'running') LIMIT 10`,
    [incidentIds],
  );
  return rows.map((row) => text(row.id));
}

/** Lines that were set aside belong to no incident: those of the source, or those that name the person. */
export async function deleteQuarantined(
  on: Reader,
  subject: ErasureSubject,
  how: "count" | "delete",
): Promise<number> {
  if (subject.kind === "incident") return 0;
  const [where, values] =
    subject.kind === "person"
      ? [says(joined("excerpt"), "detail"), [subject.person.toLowerCase()]]
      : ["project_id = $1 AND ($2::text IS NULL OR source_id = $2)", [subject.projectId, subject.sourceId]];
  const sql =
    how === "count"
      ? `SELECT count(*) AS n FROM log_quarantine WHERE ${where}`
      : `WITH gone AS (DELETE FROM log_quarantine WHERE ${where} RETURNING 1) SELECT count(*) AS n FROM gone`;
  const [row] = await on.query(sql, values);
  return count(row?.n);
}
