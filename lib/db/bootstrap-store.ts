import type { Database } from "./client";

/** Any number nobody else locks. */
const bootstrapLock = 1_229_800_019;

/** Processes that start together take turns: `work` runs in one at a time, and sees what the one before committed. */
export async function withBootstrapLock<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  try {
    await client.query("SET lock_timeout = '60s'");
    await client.query("SELECT pg_advisory_lock($1)", [bootstrapLock]);
    return await work();
  } finally {
    // Closing the connection gives the lock back, whatever state it is in.
    client.release(true);
  }
}

/** Has nobody, neither a first start nor a person, ever written a configuration here? */
export async function isUntouched(db: Database): Promise<boolean> {
  const { rows } = await db.pool.query<{ untouched: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM config_revisions)
        AND NOT EXISTS (SELECT FROM audit_entries WHERE action = 'incident_monitor.bootstrap.completed')
         AS untouched`,
  );
  return rows[0]?.untouched === true;
}
