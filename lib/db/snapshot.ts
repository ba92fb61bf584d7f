import type pg from "pg";
import type { Database } from "./client";

/**
 * Runs reads that must agree with each other: all of them see the database as it was when the first one ran, and none may
 * write. The stores' functions take `at` for the database; only plain SQL is read here, one statement after the other.
 */
export async function inSnapshot<T>(db: Database, read: (at: Database) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const result = await read({ ...db, pool: oneByOne(client), prisma: noPrisma });
    await client.query("COMMIT");
    broken = false;
    return result;
  } finally {
    // A connection in the middle of something is not used again; it wrote nothing.
    client.release(broken);
  }
}

/** A connection answers one statement at a time, so those asked for at once wait for each other. */
function oneByOne(client: pg.PoolClient): pg.Pool {
  let last: Promise<unknown> = Promise.resolve();
  const query = (statement: pg.QueryConfig | string, values?: unknown[]) => {
    const answer = last.then(() => client.query(statement as pg.QueryConfig, values));
    last = answer.catch(() => undefined);
    return answer;
  };
  return { query } as unknown as pg.Pool;
}

const noPrisma = new Proxy({} as Database["prisma"], {
  get: (_, name) => {
    throw new Error(`A snapshot reads plain SQL alone; prisma.${String(name)} would read another moment`);
  },
});
