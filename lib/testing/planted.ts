import type { Database } from "@/lib/db/client";

/** Every table of which a row says this text, in any column, whatever its type: `table: rows`. Nothing is left out. */
export async function tablesSaying(db: Database, text: string): Promise<string[]> {
  const { rows } = await db.pool.query(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
  );
  const found: string[] = [];
  for (const { table_name: table } of rows) {
    const counted = await db.pool.query(
      `SELECT count(*)::int AS n FROM "${table}" t WHERE position(lower($1) IN lower(t::text)) > 0`,
      [text],
    );
    if (counted.rows[0].n > 0) found.push(`${table}: ${counted.rows[0].n}`);
  }
  return found;
}
