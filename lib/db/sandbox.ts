import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Database } from "./client";
import { PrismaClient } from "./generated/client";

/** Past these the server itself ends the sandbox: it waits for nobody, and nobody waits long for it. ms */
const limits = { statement: 5_000, lock: 1_000, idle: 10_000 };

/** One sandbox after the other, on the same connection. */
export type InSandbox = <T>(work: (sandbox: Database) => Promise<T>) => Promise<T>;

/**
 * Gives databases of their own to write in: each a transaction on one connection that is rolled back whatever happens.
 * Verbs run in it unchanged; their transactions become savepoints. Nothing of it is ever committed, so no other
 * connection sees a row of it, no NOTIFY is delivered, and no worker finds anything to do.
 */
export async function withSandboxes<T>(db: Database, work: (inSandbox: InSandbox) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  // A connection that the server ends while nothing waits on it would end the process.
  const ended = () => undefined;
  client.on("error", ended);
  // Prisma is dear to start, so it is started once; what it is asked goes to the sandbox that is open then, or nowhere.
  let open: Line | null = null;
  let broken = false;
  const current = () => {
    if (!open) throw hasEnded();
    return open;
  };
  const prisma = new PrismaClient({ adapter: new PrismaPg(poolOver(current)) });

  async function inSandbox<R>(play: (sandbox: Database) => Promise<R>): Promise<R> {
    if (open) throw new Error("A sandbox is open already");
    const line = shareConnection(client);
    broken = true;
    await client.query("BEGIN");
    open = line;
    try {
      await client.query(
        `SET LOCAL statement_timeout = ${limits.statement}; SET LOCAL lock_timeout = ${limits.lock};
         SET LOCAL idle_in_transaction_session_timeout = ${limits.idle}`,
      );
      return await play({ prisma, pool: poolOver(() => line), url: db.url, close: async () => undefined });
    } finally {
      // First nothing more may begin, then what has begun ends: a statement after the rollback would stay.
      await line.shut();
      open = null;
      await client.query("ROLLBACK");
      broken = false;
    }
  }

  try {
    return await work(inSandbox);
  } finally {
    await prisma.$disconnect();
    client.removeListener("error", ended);
    client.release(broken);
  }
}

/** A single one. */
export const inSandbox = <T>(db: Database, work: (sandbox: Database) => Promise<T>): Promise<T> =>
  withSandboxes(db, (one) => one(work));

const hasEnded = () => new Error("The sandbox has ended");

type Statement = pg.QueryConfig | string;
type Line = ReturnType<typeof shareConnection>;

/** How long a transaction of the sandbox waits for another one of it to end. ms */
const turnMs = 5_000;

/** One connection for all who would have had their own: one statement at a time, one transaction at a time. */
function shareConnection(client: pg.PoolClient) {
  let last: Promise<unknown> = Promise.resolve();
  let free: Promise<void> = Promise.resolve();
  let isShut = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(() => {
      if (isShut) throw hasEnded();
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  /** A statement that stands alone fails alone. */
  const alone = (statement: Statement, values?: unknown[]) =>
    inTurn(async () => {
      await client.query("SAVEPOINT sandbox_statement");
      try {
        const result = await client.query(statement as pg.QueryConfig, values);
        await client.query("RELEASE SAVEPOINT sandbox_statement");
        return result;
      } catch (error) {
        await client.query("ROLLBACK TO SAVEPOINT sandbox_statement; RELEASE SAVEPOINT sandbox_statement");
        throw error;
      }
    });

  /** Resolves with what ends the turn. */
  async function takeTurn(): Promise<() => void> {
    const before = free;
    let end = () => {};
    free = new Promise((resolve) => {
      end = resolve;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("A transaction of the sandbox waits for itself")), turnMs);
    });
    try {
      await Promise.race([before, late]);
    } catch (error) {
      end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return end;
  }

  const raw = (statement: Statement, values?: unknown[]) =>
    inTurn(() => client.query(statement as pg.QueryConfig, values));

  return {
    alone,
    raw,
    takeTurn,
    shut: async () => {
      isShut = true;
      await last;
    },
  };
}

/** A connection as it is borrowed: its BEGIN, COMMIT and ROLLBACK are those of a savepoint. */
function connectionOver(line: Line) {
  let endTurn: (() => void) | null = null;
  const over = () => {
    endTurn?.();
    endTurn = null;
  };
  const savepoint = (words: string) => line.raw(words);

  async function query(statement: Statement, values?: unknown[]) {
    const text = (typeof statement === "string" ? statement : statement.text).trim().toUpperCase();
    if (/^(?:BEGIN|START TRANSACTION)\b/.test(text)) {
      endTurn = await line.takeTurn();
      return savepoint("SAVEPOINT sandbox_transaction");
    }
    if (/^(?:COMMIT|END)\b/.test(text)) {
      if (!endTurn) throw new Error("Nothing to commit in the sandbox");
      try {
        return await savepoint("RELEASE SAVEPOINT sandbox_transaction");
      } finally {
        over();
      }
    }
    if (/^(?:ROLLBACK|ABORT)$/.test(text)) {
      if (!endTurn) throw new Error("Nothing to roll back in the sandbox");
      try {
        await savepoint("ROLLBACK TO SAVEPOINT sandbox_transaction");
        return await savepoint("RELEASE SAVEPOINT sandbox_transaction");
      } finally {
        over();
      }
    }
    return endTurn ? line.raw(statement, values) : line.alone(statement, values);
  }

  return {
    query,
    release: () => {
      if (!endTurn) return;
      // Given back in the middle of a transaction: what it did is undone, as a pool's connection would be.
      const end = over;
      void savepoint("ROLLBACK TO SAVEPOINT sandbox_transaction").then(end, end);
    },
    on: () => undefined,
    once: () => undefined,
    removeListener: () => undefined,
  };
}

/** A pool to whoever asks for one; Prisma takes nothing else. It never opens a connection of its own. */
function poolOver(line: () => Line): pg.Pool {
  const pool = new pg.Pool({ max: 1 });
  const own = {
    query: async (statement: Statement, values?: unknown[]) => line().alone(statement, values),
    connect: async () => connectionOver(line()),
    end: async () => undefined,
  };
  return Object.assign(pool, own);
}

/** People who are there while the sandbox is, to approve in it. */
export async function admitPeople(
  sandbox: Database,
  people: ReadonlyArray<{ userId: string; name: string; email: string }>,
): Promise<void> {
  await sandbox.prisma.user.createMany({
    data: people.map(({ userId, name, email }) => ({ id: userId, name, email, role: "approver" })),
  });
}
