import type { RetentionPlan } from "@/lib/domain/retention";
import type { RetentionKind, RetentionMode } from "@/lib/domain/retention-profile";
import type { Database } from "./client";
import { dueQuery, places, type RetainedTable, retainedTables } from "./retention-due";
import { count, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type DueRow = { id: string; at: Date; mode: RetentionMode };

/** The oldest things of a table that go now, at most `limit`; what is held is not among them. */
export async function listDue(
  db: Database,
  table: RetainedTable,
  plan: RetentionPlan,
  page: { sinceMs: number | null; limit: number },
): Promise<string[]> {
  const query = dueQuery(table, plan, { sinceMs: page.sinceMs });
  if (!query) return [];
  const sql = `${query.text} SELECT id FROM due WHERE NOT held ORDER BY at, id LIMIT ${page.limit}`;
  const { rows } = await db.pool.query(sql, query.values);
  return rows.map((row: Row) => text(row.id));
}

/** Which of these go, asked again where they are removed: a hold may stand by now, or somebody touched one. */
export async function readDue(
  tx: Transaction,
  table: RetainedTable,
  plan: RetentionPlan,
  ids: readonly string[],
): Promise<DueRow[]> {
  const query = dueQuery(table, plan, { sinceMs: null, ids });
  if (!query) return [];
  const sql = `${query.text} SELECT id, at, mode FROM due WHERE NOT held ORDER BY at, id`;
  const rows = await tx.$queryRawUnsafe<Row[]>(sql, ...query.values);
  return rows.map((row) => ({
    id: text(row.id),
    at: new Date(ms(row.at)),
    mode: row.mode as RetentionMode,
  }));
}

/** What a run would take now of one project or source, and what holds keep of it. */
export type DueGroup = {
  table: RetainedTable;
  kind: RetentionKind;
  projectId: string | null;
  sourceId: string | null;
  due: number;
  held: number;
  oldestMs: number | null;
  /** About how many bytes of text that would free. */
  bytes: number;
};

/** The preview's numbers, by the same query as the job's. `projects` null: all, and what belongs to none. */
export async function countDue(
  db: Database,
  plan: RetentionPlan,
  projects: readonly string[] | null,
): Promise<DueGroup[]> {
  const groups: DueGroup[] = [];
  for (const table of retainedTables) {
    const query = dueQuery(table, plan);
    if (!query) continue;
    const { rows } = await db.pool.query(
      `${query.text} SELECT project, source, count(*) FILTER (WHERE NOT held) AS due, count(*) FILTER (WHERE held) AS held,
         min(at) AS oldest, sum(bytes) FILTER (WHERE NOT held) AS bytes
       FROM due WHERE $4::text[] IS NULL OR project = ANY($4) GROUP BY 1, 2 ORDER BY 1 NULLS FIRST, 2 NULLS FIRST`,
      [...query.values, projects],
    );
    groups.push(
      ...rows.map((row: Row) => ({
        ...{ table, kind: places[table].kind },
        projectId: textOrNull(row.project),
        sourceId: textOrNull(row.source),
        due: count(row.due),
        held: count(row.held),
        oldestMs: msOrNull(row.oldest),
        bytes: count(row.bytes ?? 0),
      })),
    );
  }
  return groups;
}

/** How much of each kind holds keep back that is over its span. */
export async function countHeldBack(
  db: Database,
  plan: RetentionPlan,
): Promise<Partial<Record<RetainedTable, number>>> {
  const { rows } = await db.pool.query(
    "SELECT EXISTS (SELECT 1 FROM retention_holds WHERE released_at IS NULL) AS any",
  );
  if (!rows[0]?.any) return {};
  const groups = await countDue(db, plan, null);
  const held: Partial<Record<RetainedTable, number>> = {};
  for (const group of groups) if (group.held > 0) held[group.table] = (held[group.table] ?? 0) + group.held;
  return held;
}
