import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import { checkIntake } from "./support/counts";
import {
  checkDeliveries,
  newDraft,
  openReceiver,
  orCutOff,
  publish,
  untilPublished,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { openEvents } from "./support/events";
import { MonitorProcess } from "./support/monitor-process";
import { count, expectRecovered, expectUnavailable, report } from "./support/outage";
import { Postgres } from "./support/postgres";
import { isAlive, signalWithChildren, untilGone } from "./support/processes";
import { emptyLedger, sendAgain } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, isFullRun, roundsOf } from "./support/rounds";
import { until } from "./support/until";

/** Each waits for the length of the outage, and for the workers after it. */
const roundsMax = 6;
/** The first round of a full run is the long one. */
const awayMs = (round: number) => (isFullRun && round === 1 ? 30_000 : 3_000);

let postgres: Postgres;
let receiver: WebhookReceiver;
let monitor: MonitorProcess;
/** Of both outages: they hurt the same server. */
const ledger = emptyLedger();

beforeAll(async () => {
  postgres = await Postgres.start();
  receiver = await openReceiver();
  monitor = await MonitorProcess.start({
    env: { DATABASE_URL: postgres.url, INCIDENT_MONITOR_DELIVERY_LEASE_MS: "3000" },
  });
  await useDestinations(monitor, [webhookRow("hook", receiver.url)]);
});
afterAll(async () => {
  await monitor?.dispose();
  await receiver?.close();
  await postgres?.dispose();
});

describe("a database that goes away and comes back", () => {
  it("stopped or killed: refused with 503 meanwhile, nothing by halves, and on it goes", async () => {
    const fault = "PostgreSQL stopped or killed under load, and started again";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    const drafts: string[] = [];
    let slowest = 0;
    let refusals = 0;
    await eachRound(rounds, async (round) => {
      const { pid } = monitor;
      const stream = await openEvents(monitor);
      const ids = await Promise.all(
        Array.from({ length: 6 }, async () => (await newDraft(monitor)).draft_id),
      );
      drafts.push(...ids);
      const { crew, seen } = report(monitor, `a${round}`, ledger);
      const enough = ledger.acknowledged.size + between(100, 400);
      await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
      const calls = ids.map((id) => orCutOff(publish(monitor, id)));
      await (round % 2 === 1 ? postgres.kill() : postgres.stop());

      const away = pause(awayMs(round));
      await until("health to say so", async () => (await health()).ready === false, { withinMs: 10_000 });
      const refused = await Promise.all([
        publish(monitor, ids[0] ?? ""),
        monitor.api.call("GET", "/incident-monitor/drafts"),
        monitor.api.call("PATCH", "/config/incident-monitor", { incident_monitor: { paused: false } }),
      ]);
      for (const answer of refused) expectUnavailable(answer);
      await away;
      await postgres.start();

      await expectRecovered(monitor, pid, stream);
      const more = ledger.acknowledged.size + 100;
      await until("reports to be acknowledged again", () => ledger.acknowledged.size >= more);
      await crew.stop();
      await Promise.all(calls);
      await sendAgain({ url: monitor.url, token: monitor.token, ledger });
      for (const id of ids) expect((await publish(monitor, id)).status).toBe(200);
      await untilPublished(monitor, ids);
      stream.close();
      expect(seen.odd).toEqual([]);
      slowest = Math.max(slowest, seen.slowestMs);
      refusals += seen.answers.get(503) ?? 0;
      await checkIntake((text, values) => monitor.query(text, values), ledger);
    });
    await checkDeliveries(monitor, receiver, drafts);
    endFault({
      fault,
      rounds,
      found: `PostgreSQL ${postgres.major}: ${ledger.acknowledged.size} acknowledged, ${refusals} refused with 503, the slowest answer after ${(slowest / 1_000).toFixed(1)} s; 0 lost, 0 twice, ${drafts.length} deliveries resumed`,
    });
  });

  it("standing still: answered late or refused in time, and what was late counts once", async () => {
    const fault = "PostgreSQL held with SIGSTOP under load";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    const before = ledger.acknowledged.size;
    const answers = new Map<number, number>();
    let slowest = 0;
    await eachRound(rounds, async (round) => {
      const { pid } = monitor;
      const stream = await openEvents(monitor);
      const { crew, seen } = report(monitor, `s${round}`, ledger);
      const enough = ledger.acknowledged.size + between(100, 400);
      await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
      postgres.hold();
      await pause(awayMs(round));
      postgres.release();
      await expectRecovered(monitor, pid, stream);
      const more = ledger.acknowledged.size + 100;
      await until("reports to be acknowledged again", () => ledger.acknowledged.size >= more);
      await crew.stop();
      await sendAgain({ url: monitor.url, token: monitor.token, ledger });
      stream.close();
      expect(seen.odd).toEqual([]);
      slowest = Math.max(slowest, seen.slowestMs);
      for (const [status, n] of seen.answers) answers.set(status, (answers.get(status) ?? 0) + n);
      await checkIntake((text, values) => monitor.query(text, values), ledger);
    });
    endFault({
      fault,
      rounds,
      found: `${ledger.acknowledged.size - before} acknowledged; ${count(answers)}; the slowest answer after ${(slowest / 1_000).toFixed(1)} s; 0 lost, 0 twice`,
    });
  });
});

describe("a database that is not there at the start", () => {
  it("is waited for, and a start without one says why and ends", async () => {
    const fault = "PostgreSQL not up, or not to be used, when the server starts";
    beginFault(fault);
    const rounds = roundsOf(3);
    await eachRound(rounds, async () => {
      const late = await Postgres.start();
      await late.stop();
      const waiting = await MonitorProcess.create({ env: { DATABASE_URL: late.url } });
      try {
        waiting.spawn();
        await until("it to say that it waits", () => waiting.output().includes("Connecting to the database"));
        await late.start();
        await waiting.untilReady();
        await waiting.stop();

        const wrong = late.url.replace(/:[^:@]*@/, ":wrong@");
        waiting.spawn({ DATABASE_URL: wrong });
        const refused = await waiting.ended;
        expect(refused.code).toBe(1);
        expect(waiting.output()).toMatch(
          /cannot use the database of DATABASE_URL \(127\.0\.0\.1:\d+\/monitor\): password/,
        );
        expect(waiting.output()).not.toContain(":wrong@");
      } finally {
        await waiting.dispose();
        await late.dispose();
      }
    });
    const never = isFullRun ? await startWithoutDatabase() : "not tried in a short run";
    endFault({
      fault,
      rounds,
      found: `came up while waited for; a wrong password ended it with exit 1 and the reason; none at all: ${never}`,
    });
  });
});

describe("the embedded database", () => {
  it("killed under its server: started again by it, and nothing lost", async () => {
    const fault = "kill -9 of the embedded PostgreSQL alone";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    const ledger = emptyLedger();
    const embedded = await MonitorProcess.start();
    try {
      await eachRound(rounds, async (round) => {
        const { pid } = embedded;
        const stream = await openEvents(embedded);
        const { crew, seen } = report(embedded, `e${round}`, ledger);
        const enough = ledger.acknowledged.size + between(100, 400);
        await until("reports to be acknowledged", () => ledger.acknowledged.size >= enough);
        const victim = embedded.postmaster();
        await untilGone(signalWithChildren(victim, "SIGKILL"));
        await until("another PostgreSQL", () => {
          const now = embedded.postmaster();
          return now !== victim && isAlive(now);
        });
        await expectRecovered(embedded, pid, stream);
        await crew.stop();
        await sendAgain({ url: embedded.url, token: embedded.token, ledger });
        stream.close();
        expect(seen.odd).toEqual([]);
        await checkIntake((text, values) => embedded.query(text, values), ledger);
      });
    } finally {
      await embedded.dispose();
    }
    endFault({
      fault,
      rounds,
      found: `${ledger.acknowledged.size} acknowledged; 0 lost, 0 twice; no restart of the server`,
    });
  });
});

const health = async () => (await (await fetch(`${monitor.url}/global/health`)).json()) as { ready: boolean };

async function startWithoutDatabase(): Promise<string> {
  const none = await Postgres.create();
  const waiting = await MonitorProcess.create({ env: { DATABASE_URL: none.url } });
  try {
    waiting.spawn();
    const ended = await waiting.ended;
    expect(ended.code).toBe(1);
    expect(waiting.output()).toMatch(/cannot use the database of DATABASE_URL .*ECONNREFUSED/);
    return `exit 1 after ${Math.round(ended.ms / 1_000)} s`;
  } finally {
    await waiting.dispose();
    await none.dispose();
  }
}
