import { type PagePlace, type PageRequest, totalCap } from "@/lib/domain/page";
import type { Database } from "./client";
import { ms, type Row } from "./rows";

/** A list being built: conditions with their values, numbered as they are added. */
export type ListFilter = { where: string[]; values: unknown[] };

/** What the lists of records have in common. Times are of the column that orders the list; `untilMs` is excluded. */
export type RecordFilter = {
  /** null: every project, and records of none. */
  projects: readonly string[] | null;
  search?: string;
  /** Exactly this rank. */
  riskRank?: number;
  /** This rank or a higher one. */
  riskRankMin?: number;
  projectId?: string;
  /** A log source by its id, or what a report called its source. */
  source?: string;
  /** As the wire shows it. */
  fingerprint?: string;
  sinceMs?: number;
  untilMs?: number;
};

/** Adds a condition; `$?` in it stands for the value. */
export function also(filter: ListFilter, condition: string, value: unknown): void {
  filter.values.push(value);
  filter.where.push(condition.replaceAll("$?", `$${filter.values.length}`));
}

/** `record` is the alias of the incidents or drafts a list is about, `fingerprint` its column for the wire's value. */
export function alsoOfRecord(
  filter: ListFilter,
  wanted: RecordFilter,
  { record, fingerprint, at }: { record: string; fingerprint: string; at: string },
): void {
  if (wanted.projects) also(filter, `${record}.project_id = ANY($?)`, wanted.projects);
  if (wanted.riskRank !== undefined) also(filter, `${record}.risk_rank = $?`, wanted.riskRank);
  if (wanted.riskRankMin !== undefined) also(filter, `${record}.risk_rank >= $?`, wanted.riskRankMin);
  if (wanted.projectId) also(filter, `${record}.project_id = $?`, wanted.projectId);
  if (wanted.source) also(filter, `(${record}.log_source_id = $? OR ${record}.source = $?)`, wanted.source);
  if (wanted.fingerprint) also(filter, `${fingerprint} = $?`, wanted.fingerprint);
  alsoBetween(filter, at, wanted);
}

export function alsoBetween(
  filter: ListFilter,
  column: string,
  { sinceMs, untilMs }: { sinceMs?: number; untilMs?: number },
): void {
  if (sinceMs !== undefined) also(filter, `${column} >= $?`, new Date(sinceMs));
  if (untilMs !== undefined) also(filter, `${column} < $?`, new Date(untilMs));
}

/** A substring as a pattern, with the pattern's own wildcards made literal. */
export const containing = (wanted: string) => `%${wanted.replace(/[\\%_]/g, "\\$&")}%`;

/** Case-insensitive substring over several columns. For narrow tables: it reads every row. */
export function alsoContains(filter: ListFilter, columns: readonly string[], wanted: string): void {
  const condition = columns.map((column) => `${column} ILIKE $?`).join(" OR ");
  also(filter, `(${condition})`, containing(wanted));
}

const wordsHold = "SELECT x.incident_id FROM incident_texts x WHERE x.body LIKE lower($?)";
/** Part of an id, a hash or a key; a word of prose is hardly ever one. */
const isIdLike = (wanted: string) => /^(?=.*\d)[a-z_-]*[0-9a-f]{4,}$/i.test(wanted);

/**
 * Records whose incident's words hold the wanted ones: its ids, fingerprint, title, source, component, event and the
 * beginning of its detail (see incident_texts). `ids` are further columns that a wanted id may be part of.
 */
export function alsoSearched(
  filter: ListFilter,
  incidentId: string,
  wanted: string,
  ids: readonly string[] = [],
): void {
  const matches = [`${incidentId} IN (${wordsHold})`];
  if (isIdLike(wanted)) matches.push(...ids.map((column) => `${column} ILIKE $?`));
  also(filter, `(${matches.join(" OR ")})`, containing(wanted));
}

export type ListShape = {
  select: string;
  from: string;
  /** Joins that only the page needs, not the count. */
  join?: string;
  /** `alias.column` of the time that orders the list, and of its id. */
  at: string;
  id: string;
  /** A whole number of the row that comes before its time: the greatest first. */
  rank?: string;
  /** The table that says `rank` and `at`, where it is another one: an index of it over both is walked. */
  rankJoin?: string;
  oldestFirst?: boolean;
};

/** Where the page ends, for its cursor. A list with a rank selects it as `page_rank`, one ranked by another table `page_at` too. */
export function placeOf(row: Row, place: PagePlace): PagePlace {
  if (row.page_rank === undefined) return place;
  const atMs = row.page_at === undefined ? place.atMs : ms(row.page_at);
  return { ...place, atMs, rank: Number(row.page_rank) };
}

/**
 * One page in the list's order, whether more follow, and how many rows match in all (counted up to the cap). A first page that
 * holds everything is its own count: what matches little is not looked for twice.
 */
export async function readPage(
  db: Database,
  shape: ListShape,
  filter: ListFilter,
  page: PageRequest,
): Promise<{ rows: Row[]; total: number; more: boolean }> {
  const where = filter.where.length > 0 ? `WHERE ${filter.where.join(" AND ")}` : "";
  const values = [...filter.values];
  const { rank, rankJoin = "" } = shape;
  const order = [...(rank ? [rank] : []), shape.at, shape.id];
  const way = shape.oldestFirst ? "ASC" : "DESC";
  let paged = where;
  if (page.after) {
    const { atMs, id } = page.after;
    const from = values.length;
    values.push(...(rank ? [page.after.rank ?? 0] : []), new Date(atMs), id);
    const sign = shape.oldestFirst ? ">" : "<";
    const place = order.map((_, index) => `$${from + index + 1}`);
    const isAfter = (count: number, comparison: string) =>
      `(${order.slice(0, count).join(", ")}) ${comparison} (${place.slice(0, count).join(", ")})`;
    // One comparison over two tables bounds no index and is misjudged by the planner; the ranking table's own half is neither.
    const after = rankJoin
      ? `${isAfter(2, `${sign}=`)} AND (${isAfter(2, "<>")} OR ${shape.id} ${sign} ${place[2]})`
      : isAfter(order.length, sign);
    paged = where ? `${where} AND ${after}` : `WHERE ${after}`;
  }
  // One more than asked for tells whether another page follows.
  values.push(page.limit + 1);
  const sorted = order.map((column) => `${column} ${way}`).join(", ");
  const limited = `ORDER BY ${sorted} LIMIT $${values.length}`;
  // By what another table says, the ids alone come first: where its index is no help, whole rows would not fit a sort's memory.
  const { rows } = await db.pool.query(
    rankJoin
      ? `WITH page AS MATERIALIZED (SELECT ${shape.id} AS page_id, ${rank} AS page_rank, ${shape.at} AS page_at
           FROM ${shape.from} ${rankJoin} ${paged} ${limited})
         SELECT ${shape.select}, page.page_rank, page.page_at FROM page JOIN ${shape.from} ON ${shape.id} = page.page_id ${shape.join ?? ""}
         ORDER BY page.page_rank ${way}, page.page_at ${way}, page.page_id ${way}`
      : `SELECT ${shape.select}${rank ? `, ${rank} AS page_rank` : ""} FROM ${shape.from} ${shape.join ?? ""} ${paged} ${limited}`,
    values,
  );
  const more = rows.length > page.limit;
  if (!more && !page.after) return { rows, total: rows.length, more };
  const counted = await db.pool.query(
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM ${shape.from} ${where} LIMIT ${totalCap}) capped`,
    filter.values,
  );
  return { rows: rows.slice(0, page.limit), total: counted.rows[0]?.total ?? 0, more };
}
