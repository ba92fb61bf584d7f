import type pg from "pg";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";

export type Transaction = Prisma.TransactionClient;

/**
 * Runs `work` in one transaction. Serialization failures and deadlocks are retried: the work has had no effect then.
 * No outside call belongs inside (D-10).
 */
export async function inTransaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.prisma.$transaction(work, { maxWait: 10_000, timeout: 20_000 });
    } catch (error) {
      if (attempt < 4 && isRetryable(error)) continue;
      throw error;
    }
  }
}

/**
 * Whoever asks for the same name waits until this transaction has ended. For what no row can be locked for: a number that has a
 * limit is counted after this, and stays what it is until what it allowed is written.
 */
export async function takeTurn(tx: Transaction, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`incident-monitor.${name}`}, 0))`;
}

/** A transaction of plain statements under way: the hot paths' kind. */
export type OpenTransaction = {
  query: (statement: pg.QueryConfig | string, values?: unknown[]) => Promise<pg.QueryResult>;
  /** To be done once it has committed; never when it has not. */
  onCommit: (work: () => void) => void;
};

/**
 * As `inTransaction`, for plain statements on one connection of the pool. An error of the commit itself leaves open
 * whether it was committed.
 */
export async function inPlainTransaction<T>(
  db: Database,
  work: (open: OpenTransaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, work);
    } catch (error) {
      if (attempt < 4 && isRetryable(error)) continue;
      throw error;
    }
  }
}

async function once<T>(db: Database, work: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  const committed: Array<() => void> = [];
  let broken = true;
  try {
    await client.query("BEGIN");
    const result = await work({
      query: (statement, values) => client.query(statement as pg.QueryConfig, values),
      onCommit: (then) => committed.push(then),
    });
    await client.query("COMMIT");
    broken = false;
    for (const then of committed) then();
    return result;
  } catch (error) {
    // A connection that did not say itself that the statement failed may still be in the middle of it.
    if (wasRolledBack(error)) {
      await client.query("ROLLBACK");
      broken = false;
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A deadlock or a serialization failure: nothing was written, and the next try may do. */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  if (code === "P2034" || code === "40001" || code === "40P01") return true;
  const text = String((error as { message?: string }).message ?? "");
  return text.includes("40001") || text.includes("40P01");
}

/**
 * Did the server itself say that the statement failed? Then it left nothing. A lost connection or a time-out leaves
 * open whether it was committed, and must not be tried again by anything that counts.
 */
export function wasRolledBack(error: unknown): boolean {
  return (error as { severity?: string }).severity === "ERROR";
}

/** Was this a unique-index violation? The index, not a look-up, decides races. */
export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "P2002" || code === "23505";
}
