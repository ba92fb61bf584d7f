import { type PageRequest, totalCap } from "@/lib/domain/page";
import type { Database } from "./client";
import type { Row } from "./rows";

/** A list being built: conditions with their values, numbered as they are added. */
export type ListFilter = { where: string[]; values: unknown[] };

/** Adds a condition; `$?` in it stands for the value. */
export function also(filter: ListFilter, condition: string, value: unknown): void {
  filter.values.push(value);
  filter.where.push(condition.replaceAll("$?", `$${filter.values.length}`));
}

/** Case-insensitive substring over several columns, with the pattern's own wildcards made literal. */
export function alsoContains(filter: ListFilter, columns: readonly string[], wanted: string): void {
  const pattern = `%${wanted.replace(/[\\%_]/g, "\\$&")}%`;
  also(filter, `(${columns.map((column) => `${column} ILIKE $?`).join(" OR ")})`, pattern);
}

export type ListShape = {
  select: string;
  from: string;
  /** Joins that only the page needs, not the count. */
  join?: string;
  /** `alias.column` of the time that orders the list, and of its id. */
  at: string;
  id: string;
};

/** One page, newest first, and how many rows match in all (counted up to the cap). */
export async function readPage(
  db: Database,
  shape: ListShape,
  filter: ListFilter,
  page: PageRequest,
): Promise<{ rows: Row[]; total: number }> {
  const where = filter.where.length > 0 ? `WHERE ${filter.where.join(" AND ")}` : "";
  const counted = db.pool.query(
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM ${shape.from} ${where} LIMIT ${totalCap}) capped`,
    filter.values,
  );
  const values = [...filter.values];
  let paged = where;
  if (page.after) {
    values.push(new Date(page.after.atMs), page.after.id);
    const after = `(${shape.at}, ${shape.id}) < ($${values.length - 1}, $${values.length})`;
    paged = where ? `${where} AND ${after}` : `WHERE ${after}`;
  }
  values.push(page.limit);
  const listed = db.pool.query(
    `SELECT ${shape.select} FROM ${shape.from} ${shape.join ?? ""} ${paged}
     ORDER BY ${shape.at} DESC, ${shape.id} DESC LIMIT $${values.length}`,
    values,
  );
  const [count, rows] = await Promise.all([counted, listed]);
  return { rows: rows.rows, total: count.rows[0]?.total ?? 0 };
}
