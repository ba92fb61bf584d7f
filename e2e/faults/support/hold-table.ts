import pg from "pg";
import type { MonitorProcess } from "./monitor-process";
import { until } from "./until";

export type HeldTable = {
  /** Settles when this many statements wait that begin so: the server is then exactly there. */
  untilWaiting: (statement: string, count: number) => Promise<void>;
  /** Lets them go on, unless the database is dead by now. */
  release: () => Promise<void>;
};

/**
 * Keeps every write to a table waiting, as a row somebody else is writing would: the server stands still between the
 * step before and that write for as long as a test needs to strike there. Reads go on.
 */
export async function holdTable(monitor: MonitorProcess, table: string): Promise<HeldTable> {
  const holder = new pg.Client({ connectionString: monitor.databaseUrl });
  holder.on("error", () => {}); // the database may be killed under it
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
  return {
    untilWaiting: async (statement, count) => {
      await until(`${count} statements that wait for ${table}`, async () => {
        const [found] = await monitor.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND ltrim(query, E' \\n') LIKE $1`,
          [`${statement}%`],
        );
        return (found?.n ?? 0) >= count;
      });
    },
    release: () => holder.end().catch(() => undefined),
  };
}
