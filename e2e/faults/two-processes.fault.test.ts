import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import { checkIntake } from "./support/counts";
import {
  checkDeliveries,
  deliveriesOf,
  newDraft,
  openReceiver,
  publish,
  publishWhenTaken,
  untilPublished,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { openEvents } from "./support/events";
import { type MonitorOptions, MonitorProcess } from "./support/monitor-process";
import { Postgres } from "./support/postgres";
import { emptyLedger, startReporters } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const deliveries = 200;
const roundsMax = 6;

let postgres: Postgres;
let receiver: WebhookReceiver;
let first: MonitorProcess;
let second: MonitorProcess;
let workers: MonitorProcess[] = [];

/** Two that serve and two that work, each on a folder of its own, as on four hosts. */
beforeAll(async () => {
  postgres = await Postgres.start();
  receiver = await openReceiver();
  const env = {
    DATABASE_URL: postgres.url,
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    INCIDENT_MONITOR_KEY_PEPPER: randomBytes(32).toString("hex"),
    INCIDENT_MONITOR_TOKEN: `tim_token_${randomBytes(24).toString("hex")}`,
    INCIDENT_MONITOR_ADMIN_PASSWORD: randomBytes(12).toString("hex"),
    // Long enough for a slow machine: here a delivery sent twice is a finding.
    INCIDENT_MONITOR_DELIVERY_LEASE_MS: "10000",
  };
  const serving: MonitorOptions = { env, args: ["--no-workers"] };
  const working: MonitorOptions = { env, script: "scripts/worker.mjs" };
  first = await MonitorProcess.start(serving);
  second = await MonitorProcess.start(serving);
  workers = [await MonitorProcess.start(working), await MonitorProcess.start(working)];
  await useDestinations(first, [webhookRow("hook", receiver.url)]);
});
afterAll(async () => {
  for (const each of [...workers, second, first]) await each?.dispose();
  await receiver?.close();
  await postgres?.dispose();
});

describe("two servers and two workers on one PostgreSQL", () => {
  it("count the same, and draft the same failure once", async () => {
    const fault = "two servers and two workers on one PostgreSQL: counts";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    const ledger = emptyLedger();
    await eachRound(rounds, async (round) => {
      const enough = ledger.acknowledged.size + 500;
      const crews = [first, second].map(({ url, token }, index) =>
        startReporters({ url, token, prefix: `p${index}-${round}`, ledger, reporters: 8, onFailure: "stop" }),
      );
      await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
      await Promise.all(crews.map((crew) => crew.stop()));
      const seen = await Promise.all(
        [first, second].map((each) => each.api.call("GET", "/incident-monitor/overview")),
      );
      expect(seen[0]?.status).toBe(200);
      expect(withoutTime(seen[1]?.body)).toEqual(withoutTime(seen[0]?.body));
    });
    const counted = await checkIntake((text, values) => first.query(text, values), ledger);
    expect(ledger.unanswered.size).toBe(0);
    endFault({
      fault,
      rounds,
      found: `PostgreSQL ${postgres.major}: ${ledger.acknowledged.size} acknowledged over both, ${counted.occurrences} counted in ${counted.incidents} incidents, the same through either`,
    });
  });

  it("claim no delivery twice", async () => {
    const fault = `${deliveries} deliveries, two servers, two workers`;
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    await eachRound(rounds, async () => {
      const drafts = await Promise.all(
        Array.from({ length: deliveries }, (_, index) => newDraft(index % 2 === 0 ? first : second)),
      );
      const ids = drafts.map((draft) => draft.draft_id);
      const before = receiver.requests.length;
      const answers = await Promise.all(
        ids.map((id, index) => publishWhenTaken(index % 2 === 0 ? second : first, id)),
      );
      const refused = answers.filter((answer) => answer.status !== 200).map((answer) => answer.body);
      expect(refused.slice(0, 3)).toEqual([]);
      await untilPublished(first, ids);
      const counted = await checkDeliveries(first, receiver, ids);
      expect(counted).toEqual({ effects: deliveries, requests: deliveries });
      expect(receiver.requests.length - before).toBe(deliveries);
      const attempts = (await deliveriesOf(first, ids)).map((row) => row.attempt_count);
      expect(new Set(attempts)).toEqual(new Set([1]));
    });
    endFault({ fault, rounds, found: `${rounds * deliveries} deliveries, each sent once, one attempt each` });
  });

  it("one worker killed or told to stop in the middle: the other ends what it held", async () => {
    const fault = "kill -9 or SIGTERM of one of two workers under deliveries";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    let takenOver = 0;
    let slowestStop = 0;
    await eachRound(rounds, async (round) => {
      const isKill = round % 2 === 1;
      const ids = await Promise.all(Array.from({ length: 40 }, async () => (await newDraft(first)).draft_id));
      receiver.script(...ids.slice(0, 20).map(() => ({ kind: "hang" }) as const));
      const read = receiver.requests.length + 20;
      const calls = ids.map((id) => publish(first, id));
      await until("requests at the receiver", () => receiver.requests.length >= read);
      const victim = await busiestWorker(ids);
      if (isKill) await victim.killServer();
      else {
        // Claims are given back, so that nobody has to wait for the lease.
        const ended = await victim.stop();
        expect([ended.code, ended.signal]).toEqual([0, null]);
        expect(ended.ms).toBeLessThan(10_000);
        slowestStop = Math.max(slowestStop, ended.ms);
        expect(await claimsOf(victim, ids), "claims that were not given back").toBe(0);
      }
      receiver.script();
      await Promise.all(calls);
      await untilPublished(first, ids);
      const counted = await checkDeliveries(first, receiver, ids);
      expect(counted.effects).toBe(ids.length);
      takenOver += (await deliveriesOf(first, ids)).filter((row) => row.attempt_count > 1).length;
      await victim.start();
    });
    endFault({
      fault,
      rounds,
      found: `${40 * rounds} deliveries, ${takenOver} taken over or tried again; a stop took ${(slowestStop / 1_000).toFixed(1)} s at most, exit 0; 0 second keys`,
    });
  });

  it("hear of each other's changes", async () => {
    const fault = "live updates across processes";
    beginFault(fault);
    const rounds = roundsOf();
    const [here, there] = [await openEvents(first), await openEvents(second)];
    let slowest = 0;
    await eachRound(rounds, async (round) => {
      const [sender, hearing] = round % 2 === 0 ? [first, there] : [second, here];
      const from = hearing.lines.length;
      const startedAt = performance.now();
      await newDraft(sender);
      await until("the other process to hear of it", () =>
        hearing.lines.slice(from).some((line) => line.includes('"topic":"intake"')),
      );
      slowest = Math.max(slowest, performance.now() - startedAt);
    });
    here.close();
    there.close();
    endFault({
      fault,
      rounds,
      found: `each report heard by the other server's stream, the slowest after ${Math.round(slowest)} ms`,
    });
  });
});

async function claimsOf(worker: MonitorProcess, ids: string[]): Promise<number> {
  const rows = await deliveriesOf(first, ids);
  return rows.filter((row) => row.claimed_by?.startsWith(`${hostname()}-${worker.pid}-`)).length;
}

/** The one that has more of them in its hands: ending it has to matter. */
async function busiestWorker(ids: string[]): Promise<MonitorProcess> {
  const claims = await Promise.all(workers.map((each) => claimsOf(each, ids)));
  const most = Math.max(...claims);
  expect(most).toBeGreaterThan(0);
  return workers[claims.indexOf(most)] as MonitorProcess;
}

/** What is the same at any moment. */
function withoutTime(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body, (name, value) => (/_at_ms$|^now|uptime/.test(name) ? undefined : value)),
  );
}
