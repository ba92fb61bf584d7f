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
import { MonitorProcess } from "./support/monitor-process";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const draftsPerRound = 8;
const leaseMs = 2_000;
/** Each restarts the server, and two of them wait for the lease: the first is the one that must hold a hundred times. */
const roundsMax = { effect: 100, claim: 25, approval: 50 };

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
    await eachRound(rounds, async (round) => {
      const ids = await newDrafts("low");
      drafts.push(...ids);
      // The effect happens when the request has been read. In every third round the replies race the kill.
      if (round % 3 !== 0) receiver.script(...ids.map(() => ({ kind: "hang" }) as const));
      const read = receiver.requests.length + between(1, draftsPerRound);
      const calls = ids.map((id) => orCutOff(publish(monitor, id)));
      while (receiver.requests.length < read) await receiver.waitForRequest();
      await kill(round);
      await Promise.all(calls);
      receiver.script();

      await monitor.start();
      // A caller whose call was cut off asks again; what was queued before is found, not made anew.
      await Promise.all(ids.map((id) => publish(monitor, id)));
      await untilPublished(monitor, ids);
      await checkDeliveries(monitor, receiver, ids);
    });
    endFault({ fault, rounds, found: await summary(drafts) });
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
      await until("claims whose connection is open", async () => {
        const claimed = (await deliveriesOf(monitor, ids)).filter((row) => row.state === "sending");
        return claimed.length > 0 && deaf.connectionCount() > 0;
      });
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
    let halfWay = 0;
    await eachRound(rounds, async (round) => {
      // In even rounds the approval queues in its own transaction (D-05), in odd ones a publish call follows it.
      await monitor.api.patchConfig({ safety_defaults: { publish_on_approval: round % 2 === 0 } });
      const ids = await newDrafts("critical");
      drafts.push(...ids);
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

      await monitor.start();
      await checkDecisions(monitor, ids);
      const queued = new Set((await deliveriesOf(monitor, ids)).map((row) => row.draft_id));
      halfWay += ids.length - queued.size;
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
      found: `${drafts.length} drafts, ${halfWay} not queued at the kill, ${counted.effects} keys at the receiver; 0 second keys, 0 decisions in part`,
    });
  });
});
