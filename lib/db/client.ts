import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";

/** Prisma for everything ordinary, the pool for the hot paths' plain SQL. Both speak to the same database. */
export type Database = {
  prisma: PrismaClient;
  pool: pg.Pool;
  url: string;
  close: () => Promise<void>;
};

/** What takes plain statements: the pool, or a transaction of it. */
export type Queryable = {
  query: (statement: pg.QueryConfig | string, values?: unknown[]) => Promise<pg.QueryResult>;
};

/** A database that hangs is away: who waits is told so, and its connection is not used again. */
const queryTimeoutMs = 20_000;

/** One connection set. Time zone is UTC so that timestamps read the same everywhere. */
export function openDatabase(url: string, poolSize = 12): Database {
  const settings = {
    connectionString: url,
    options: "-c TimeZone=UTC",
    connectionTimeoutMillis: 5_000,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...settings, max: poolSize });
  // An idle connection that the server closes must not end the process; the next query reconnects.
  pool.on("error", () => undefined);
  // Nor must one that a transaction or a lock holds while nothing is asked of it: what is asked next is refused.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ ...settings, max: poolSize }, { onPoolError: () => undefined }),
  });
  return {
    prisma,
    pool,
    url,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const slot = Symbol.for("incident-monitor.database");
type Holder = { [slot]?: Database };

/** The process's database: server.ts and Next are bundled apart, so the one instance hangs on globalThis. */
export function sharedDatabase(url: string): Database {
  const holder = globalThis as Holder;
  holder[slot] ??= openDatabase(url);
  return holder[slot];
}
