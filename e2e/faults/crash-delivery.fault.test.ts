import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import { openDeafReceiver } from "./support/deaf-receiver";
import {
  checkDecisions,
  checkDeliveries,
  decide,
  deliveriesOf,
  newDraft,
  openReceiver,
  orCutOff,
  publish,
  untilPublished,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { holdTable } from "./support/hold-table";
import { MonitorProcess } from "./support/monitor-process";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const draftsPerRound = 8;
const leaseMs = 2_000;
/** Each restarts the server, and two of them wait for the lease: the first is the one that must hold a hundred times. */
const roundsMax = { effect: 100, claim: 20, approval: 30 };

let monitor: MonitorProcess;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await openReceiver();
  monitor = await MonitorProcess.start({ env: { INCIDENT_MONITOR_DELIVERY_LEASE_MS: String(leaseMs) } });
  await useDestinations(monitor, [webhookRow("hook", receiver.url)]);
});
afterAll(async () => {
  await monitor?.dispose();
  await receiver?.close();
});

/** Odd rounds leave PostgreSQL behind, to be adopted; even ones take it too. */
const kill = (round: number) => (round % 2 === 1 ? monitor.killServer() : monitor.killEverything());

/** All of them once more, and how it went in numbers. */
async function summary(drafts: string[]): Promise<string> {
  const { effects, requests } = await checkDeliveries(monitor, receiver, drafts);
  expect(effects).toBe(drafts.length);
  const rows = await deliveriesOf(monitor, drafts);
  const interrupted = rows.filter((row) => row.attempt_count > 1).length;
  return `${rows.length} deliveries, ${interrupted} interrupted and taken over, ${requests} requests under ${effects} keys; 0 second keys, ${drafts.length} receipts`;
}

const newDrafts = (risk: "low" | "critical") =>
  Promise.all(Array.from({ length: draftsPerRound }, () => newDraft(monitor, risk))).then((drafts) =>
    drafts.map((draft) => draft.draft_id),
  );

describe("kill -9 around a delivery", () => {
  it("between the effect and its receipt: the same key again, and then a receipt", async () => {
    const fault = "kill -9 between a webhook's effect and its receipt";
    beginFault(fault);
    const rounds = roundsOf(roundsMax.effect);
    const drafts: string[] = [];
    let withoutReceipt = 0;
    await eachRound(rounds, async (round) => {
      const ids = await newDrafts("low");
      drafts.push(...ids);
      // The effect happens when the request has been read. Then either no reply comes, or all of them do and their
      // receipts wait to be written, or the replies race the kill.
      const window = (["no reply", "no receipt", "race"] as const)[round % 3];
      if (window === "no reply") receiver.script(...ids.map(() => ({ kind: "hang" }) as const));
      const held = window === "no receipt" ? await holdTable(monitor, "receipts") : null;
      const read = receiver.requests.length + (held ? draftsPerRound : between(1, draftsPerRound));
      const calls = ids.map((id) => orCutOff(publish(monitor, id)));
      await until("requests at the receiver", () => receiver.requests.length >= read, { everyMs: 1 });
      await held?.untilWaiting("WITH item AS", 1);
      // A statement that waits would be ended by a PostgreSQL that lives on: what is held goes down with it.
      await (held ? monitor.killEverything() : kill(round));
      await held?.release();
      await Promise.all(calls);
      receiver.script();

      await monitor.start();
      if (held) {
        // Those of a second attempt may be there already: the lease runs out while the server starts.
        const rows = await deliveriesOf(monitor, ids);
        const receipts = rows.filter((row) => row.receipt_status !== null && row.attempt_count < 2);
        expect(receipts, "a receipt that could not be written").toEqual([]);
        withoutReceipt += ids.length;
      }
      // A caller whose call was cut off asks again; what was queued before is found, not made anew.
      await Promise.all(ids.map((id) => publish(monitor, id)));
      await untilPublished(monitor, ids);
      await checkDeliveries(monitor, receiver, ids);
    });
    endFault({
      fault,
      rounds,
      found: `${await summary(drafts)}; ${withoutReceipt} killed with the reply read and the receipt unwritten`,
    });
  });

  it("between claim and send: claimed, connected, and nothing of it read", async () => {
    const fault = "kill -9 between a claim and its sending";
    beginFault(fault);
    const rounds = roundsOf(roundsMax.claim);
    const drafts: string[] = [];
    await eachRound(rounds, async (round) => {
      await receiver.close();
      const deaf = await openDeafReceiver(receiver.port);
      const ids = await newDrafts("low");
      drafts.push(...ids);
      const calls = ids.map((id) => orCutOff(publish(monitor, id)));
      // Even rounds strike as soon as there is a claim, odd ones once a claim's connection is open.
      const claimed = async () => (await deliveriesOf(monitor, ids)).some((row) => row.state === "sending");
      const connected = () => round % 2 === 0 || deaf.connectionCount() > 0;
      await until("a claim", async () => (await claimed()) && connected(), { everyMs: 1 });
      await kill(round);
      await Promise.all(calls);
      await deaf.close();
      const before = receiver.requests;
      receiver = await openReceiver({ port: receiver.port });
      receiver.requests.push(...before);

      await monitor.start();
      await Promise.all(ids.map((id) => publish(monitor, id)));
      await untilPublished(monitor, ids);
      await checkDeliveries(monitor, receiver, ids);
    });
    endFault({ fault, rounds, found: await summary(drafts) });
  });

  it("between approval and outbox row: decided whole or not at all, and one delivery in the end", async () => {
    const fault = "kill -9 between an approval and its outbox row";
    beginFault(fault);
    const rounds = roundsOf(roundsMax.approval);
    const drafts: string[] = [];
    let undone = 0;
    let waiting = 0;
    await eachRound(rounds, async (round) => {
      // In even rounds the approval queues in its own transaction (D-05), in odd ones a publish call follows it.
      const queuesItself = round % 2 === 0;
      await monitor.api.patchConfig({ safety_defaults: { publish_on_approval: queuesItself } });
      const ids = await newDrafts("critical");
      drafts.push(...ids);
      await (round % 3 === 0 ? strikeAtRandom(ids, round) : strikeAtTheOutbox(ids, round));

      await monitor.start();
      await checkDecisions(monitor, ids);
      const queued = await deliveriesOf(monitor, ids);
      if (round % 3 !== 0) {
        // Struck inside the approval's transaction nothing is decided; after it, all of it is.
        expect(queued, "outbox rows that could not be written").toEqual([]);
        const approved = await approvedOf(ids);
        expect(approved).toBe(queuesItself ? 0 : ids.length);
        if (queuesItself) undone += ids.length;
        else waiting += ids.length;
      }
      for (const id of ids) {
        const approved = await decide(monitor, id, "approve");
        expect([200, 409]).toContain(approved.status);
        const published = await publish(monitor, id);
        expect(published.status, JSON.stringify(published.body)).toBe(200);
      }
      await untilPublished(monitor, ids);
      await checkDecisions(monitor, ids);
      await checkDeliveries(monitor, receiver, ids);
    });
    const counted = await checkDeliveries(monitor, receiver, drafts);
    expect(counted.effects).toBe(drafts.length);
    endFault({
      fault,
      rounds,
      found: `${drafts.length} drafts, ${undone} decisions undone whole, ${waiting} approved with no outbox row yet; ${counted.effects} keys at the receiver; 0 second keys, 0 decisions in part`,
    });
  });
});

/** Every approval, or every publish call after it, stands at its outbox row when the kill comes. */
async function strikeAtTheOutbox(ids: string[], round: number): Promise<void> {
  const queuesItself = round % 2 === 0;
  const decided = () => Promise.all(ids.map((id) => orCutOff(decide(monitor, id, "approve"))));
  if (!queuesItself) expect((await decided()).map((answer) => answer?.status)).toEqual(ids.map(() => 200));
  const held = await holdTable(monitor, "deliveries");
  const calls = queuesItself ? decided() : Promise.all(ids.map((id) => orCutOff(publish(monitor, id))));
  await held.untilWaiting("INSERT INTO deliveries", ids.length);
  await kill(round);
  await held.release();
  await calls;
}

async function strikeAtRandom(ids: string[], round: number): Promise<void> {
  const enough = between(1, 2 * draftsPerRound);
  let answers = 0;
  let struck: Promise<void> | null = null;
  const answered = () => {
    answers += 1;
    if (answers >= enough) struck ??= kill(round);
  };
  await Promise.all(
    ids.map(async (id) => {
      if (!(await orCutOff(decide(monitor, id, "approve")))) return;
      answered();
      if (await orCutOff(publish(monitor, id))) answered();
    }),
  );
  await (struck ?? kill(round));
}

const approvedOf = async (ids: string[]) =>
  (
    await monitor.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM approvals WHERE draft_id = ANY($1) AND state = 'granted'",
      [ids],
    )
  )[0]?.n;
