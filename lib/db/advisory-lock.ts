import type { Database } from "./client";

/**
 * Runs `work` while no other process holds the lock of this name; does nothing and returns null when one does. The lock goes
 * with its connection, so that a process that dies never keeps it.
 */
export async function withLock<T>(db: Database, name: string, work: () => Promise<T>): Promise<T | null> {
  const client = await db.pool.connect();
  try {
    const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held", [
      name,
    ]);
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]);
    }
  } finally {
    client.release();
  }
}
