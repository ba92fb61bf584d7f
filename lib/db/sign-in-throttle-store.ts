import type { Database } from "./client";

export type AttemptWindow = { key: string; windowMs: number; nowMs: number };

/**
 * Counts an attempt and answers with how many this window has seen, this one included. Counting comes before checking,
 * in one statement, so that attempts made at once cannot all find the window empty.
 */
export async function countAttempt(db: Database, { key, windowMs, nowMs }: AttemptWindow): Promise<number> {
  const now = new Date(nowMs);
  const { rows } = await db.pool.query<{ count: number }>(
    `INSERT INTO sign_in_throttles AS t (key, count, window_ends_at) VALUES ($1, 1, $2)
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN t.window_ends_at <= $3 THEN 1 ELSE t.count + 1 END,
       window_ends_at = CASE WHEN t.window_ends_at <= $3 THEN $2 ELSE t.window_ends_at END
     RETURNING count`,
    [key, new Date(nowMs + windowMs), now],
  );
  return rows[0]?.count ?? Number.POSITIVE_INFINITY;
}

export type AttemptVerdict =
  | { allowed: true }
  /** `first`: the audit is told once a window, so that whoever hammers on cannot flood it. */
  | { allowed: false; first: boolean; retryAfterMs: number };

/** Takes one of `countMax` attempts of the window, before anything is looked at: none is left, nothing is looked at. */
export async function takeAttempt(
  db: Database,
  { countMax, ...window }: AttemptWindow & { countMax: number },
): Promise<AttemptVerdict> {
  const count = await countAttempt(db, window);
  if (count <= countMax) return { allowed: true };
  const { rows } = await db.pool.query<{ window_ends_at: Date }>(
    "SELECT window_ends_at FROM sign_in_throttles WHERE key = $1",
    [window.key],
  );
  const endsAtMs = rows[0]?.window_ends_at.getTime() ?? window.nowMs + window.windowMs;
  return {
    allowed: false,
    first: count === countMax + 1,
    retryAfterMs: Math.max(1_000, endsAtMs - window.nowMs),
  };
}

/** An attempt that turned out right is no failure: taken back, or with `all` the whole window forgotten. */
export async function forgiveAttempt(db: Database, key: string, all = false): Promise<void> {
  if (all) await db.pool.query("DELETE FROM sign_in_throttles WHERE key = $1", [key]);
  else
    await db.pool.query("UPDATE sign_in_throttles SET count = GREATEST(count - 1, 0) WHERE key = $1", [key]);
}

/** Of the windows that are over: few enough that nobody who signs in waits for them. */
const endedWindowsPerStatement = 500;

/** Drops windows that are over, so that guessing at many names does not grow the table for good. How many it dropped. */
export async function dropEndedWindows(db: Database, nowMs: number): Promise<number> {
  const { rowCount } = await db.pool.query(
    `DELETE FROM sign_in_throttles WHERE key IN (SELECT key FROM sign_in_throttles WHERE window_ends_at <= $1
       ORDER BY window_ends_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(nowMs), endedWindowsPerStatement],
  );
  return rowCount ?? 0;
}

/** All of them, in as many statements as it takes. */
export async function dropAllEndedWindows(db: Database, nowMs: number): Promise<void> {
  while ((await dropEndedWindows(db, nowMs)) === endedWindowsPerStatement);
}
