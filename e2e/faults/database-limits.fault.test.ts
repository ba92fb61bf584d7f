import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import { checkIntake } from "./support/counts";
import {
  checkDeliveries,
  deliveriesOf,
  newDraft,
  openReceiver,
  publish,
  untilPublished,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { openEvents } from "./support/events";
import { MonitorProcess } from "./support/monitor-process";
import { count, expectRecovered, expectUnavailable, report } from "./support/outage";
import { Postgres } from "./support/postgres";
import { emptyLedger, sendAgain } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, roundsOf } from "./support/rounds";
import { openSlowLink, type SlowLink } from "./support/slow-link";
import { until } from "./support/until";

const roundsMax = 6;
/** Each way, for every message of the protocol: a transaction of ten statements takes seconds. */
const delayMs = 100;

let postgres: Postgres;
let link: SlowLink;
let receiver: WebhookReceiver;
let monitor: MonitorProcess;
const ledger = emptyLedger();
const query: MonitorProcess["query"] = (text, values) => monitor.query(text, values);

beforeAll(async () => {
  postgres = await Postgres.start();
  link = await openSlowLink(postgres.port);
  receiver = await openReceiver();
  const url = new URL(postgres.url);
  url.port = String(link.port);
  monitor = await MonitorProcess.start({ env: { DATABASE_URL: url.href } });
  await useDestinations(monitor, [webhookRow("hook", receiver.url)]);
});
afterAll(async () => {
  await monitor?.dispose();
  await link?.close();
  await receiver?.close();
  await postgres?.dispose();
});

describe("a database at its limits", () => {
  it("slow: everything takes its time, and everything is right", async () => {
    const fault = `PostgreSQL slow: ${2 * delayMs} ms more for every answer`;
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    const drafts: string[] = [];
    const answers = new Map<number, number>();
    let slowest = 0;
    await eachRound(rounds, async (round) => {
      link.setDelay(delayMs);
      const { crew, seen } = report(monitor, `slow${round}`, ledger);
      const enough = ledger.acknowledged.size + 100;
      const ids = await Promise.all(
        Array.from({ length: 6 }, async () => (await newDraft(monitor)).draft_id),
      );
      drafts.push(...ids);
      const published = await Promise.all(ids.map((id) => publish(monitor, id)));
      expect(published.map((answer) => answer.status)).toEqual(ids.map(() => 200));
      await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
      await crew.stop();
      link.setDelay(0);
      await untilPublished(monitor, ids);
      slowest = Math.max(slowest, seen.slowestMs);
      for (const [status, n] of seen.answers) answers.set(status, (answers.get(status) ?? 0) + n);
      await checkIntake(query, ledger);
      await checkDeliveries(monitor, receiver, ids);
    });
    // Slow is not away: nothing is refused, and no lease runs out under an attempt.
    expect([...answers.keys()]).toEqual([200]);
    const attempts = (await deliveriesOf(monitor, drafts)).map((row) => row.attempt_count);
    expect(new Set(attempts)).toEqual(new Set([1]));
    endFault({
      fault,
      rounds,
      found: `${ledger.acknowledged.size} reports acknowledged; ${count(answers)}; the slowest answer after ${(slowest / 1_000).toFixed(1)} s; ${drafts.length} deliveries in one attempt each; 0 lost, 0 twice`,
    });
  });

  it("with no connection left: refused with 503 meanwhile, and on it goes", async () => {
    const fault = "PostgreSQL with no connection left for the server";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    const before = ledger.acknowledged.size;
    const answers = new Map<number, number>();
    await eachRound(rounds, async (round) => {
      const { pid } = monitor;
      const stream = await openEvents(monitor);
      const { crew, seen } = report(monitor, `full${round}`, ledger);
      const enough = ledger.acknowledged.size + between(100, 400);
      await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
      const taken = await takeEveryConnection();
      await until("reports to be refused", () => (seen.answers.get(503) ?? 0) >= 12);
      const ready = await fetch(`${monitor.url}/global/health`);
      expect(((await ready.json()) as { ready: boolean }).ready).toBe(false);
      expectUnavailable(await monitor.api.call("GET", "/incident-monitor/drafts"));
      await Promise.all(taken.map((client) => client.end()));
      await expectRecovered(monitor, pid, stream);
      await crew.stop();
      await sendAgain({ url: monitor.url, token: monitor.token, ledger });
      stream.close();
      expect(seen.odd).toEqual([]);
      for (const [status, n] of seen.answers) answers.set(status, (answers.get(status) ?? 0) + n);
      await checkIntake(query, ledger);
    });
    endFault({
      fault,
      rounds,
      found: `${ledger.acknowledged.size - before} reports acknowledged; ${count(answers)}; no restart of the server; 0 lost, 0 twice`,
    });
  });
});

/** All that PostgreSQL grants, those of the server ended for it: whoever comes then is refused. */
async function takeEveryConnection(): Promise<pg.Client[]> {
  const taken: pg.Client[] = [];
  let refusals = 0;
  await until(
    "PostgreSQL to have no connection left",
    async () => {
      const client = new pg.Client({ connectionString: postgres.url });
      client.on("error", () => {});
      try {
        await client.connect();
        taken.push(client);
        refusals = 0;
      } catch (error) {
        if ((error as { code?: string }).code !== "53300") throw error;
        refusals += 1;
        const own = await Promise.all(
          taken.map(
            async (each) =>
              (await each.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid,
          ),
        );
        const { rows } = (await taken[0]?.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> ALL($1)",
          [own],
        )) ?? { rows: [] };
        if (rows.length === 0 && refusals > 1) return true;
      }
      return false;
    },
    { everyMs: 1, withinMs: 60_000 },
  );
  return taken;
}
