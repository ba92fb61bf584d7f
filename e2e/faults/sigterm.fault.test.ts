import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import { checkIntake } from "./support/counts";
import {
  checkDeliveries,
  deliveriesOf,
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
import { isAlive } from "./support/processes";
import { emptyLedger, sendAgain, startReporters } from "./support/reporters";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";
import { until } from "./support/until";

const fault = "SIGTERM in the middle of everything";
const hangingDeliveries = 5;
const streams = 3;
/** Each waits out the grace of hanging deliveries (5 s) and starts twice. */
const roundsMax = 10;

let monitor: MonitorProcess;
let receiver: WebhookReceiver;

beforeAll(async () => {
  beginFault(fault);
  receiver = await openReceiver();
  monitor = await MonitorProcess.start();
  await useDestinations(monitor, [webhookRow("hook", receiver.url, { timeout_ms: 15_000 })]);
});
afterAll(async () => {
  await monitor?.dispose();
  await receiver?.close();
});

it("finishes what it was asked, gives claims back and ends within ten seconds", async () => {
  const rounds = roundsOf(roundsMax);
  const ledger = emptyLedger();
  const drafts: string[] = [];
  let slowest = 0;
  await eachRound(rounds, async (round) => {
    const ids = await Promise.all(
      Array.from({ length: hangingDeliveries }, async () => (await newDraft(monitor)).draft_id),
    );
    drafts.push(...ids);
    receiver.script(...ids.map(() => ({ kind: "hang" }) as const));
    const seen = receiver.requests.length;
    const calls = ids.map((id) => orCutOff(publish(monitor, id)));
    const events = await Promise.all(Array.from({ length: streams }, () => openEvents(monitor)));
    const slow = await openSlowReport(monitor, `slow-${round}`);
    const { url, token } = monitor;
    const crew = startReporters({ url, token, prefix: `t${round}`, ledger, onFailure: "stop" });
    const enough = ledger.acknowledged.size + 200;
    await until("everything to be under way", () => {
      return ledger.acknowledged.size >= enough && receiver.requests.length >= seen + hangingDeliveries;
    });

    const postmaster = monitor.postmaster();
    const signalsHeard = () => monitor.output().split("Stopping ...").length;
    const before = signalsHeard();
    const stopping = monitor.stop();
    // In the server since before the signal, and ended after it.
    await until("the signal to be heard", () => signalsHeard() > before);
    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 200/);
    ledger.acknowledged.add(`slow-${round}`);
    const answers = await Promise.all(calls);
    expect(answers.map((answer) => [answer?.status, answer?.body.action])).toEqual(
      ids.map(() => [200, "publish_in_progress"]),
    );
    const ended = await stopping;
    slowest = Math.max(slowest, ended.ms);
    expect([ended.code, ended.signal]).toEqual([0, null]);
    expect(ended.ms).toBeLessThan(10_000);
    expect(isAlive(postmaster), "PostgreSQL ended with it").toBe(false);
    await crew.finished;
    await Promise.all(events.map((stream) => stream.ended));

    // Without workers first: what a stopped one left is seen as it is.
    receiver.script();
    await monitor.start({ INCIDENT_MONITOR_WORKERS: "0" });
    for (const row of await deliveriesOf(monitor, ids)) {
      expect(["due", "retrying"]).toContain(row.state);
      expect([row.claimed_by, row.lease_until]).toEqual([null, null]);
    }
    // Whatever was taken in was answered: a caller without an answer may be sure that nothing came of it.
    const kept = await checkIntake((text, values) => monitor.query(text, values), ledger);
    expect(kept.occurrences, "counted and not answered").toBe(ledger.acknowledged.size);
    await sendAgain({ url, token, ledger });
    await monitor.stop();
    await monitor.start();
    await untilPublished(monitor, ids);
    await checkDeliveries(monitor, receiver, ids);
  });
  const counted = await checkIntake((text, values) => monitor.query(text, values), ledger);
  endFault({
    fault,
    rounds,
    found: `${ledger.acknowledged.size} acknowledged and ${counted.occurrences} counted, ${drafts.length} hanging deliveries given back and delivered, exit 0 after at most ${(slowest / 1_000).toFixed(1)} s`,
  });
});

/** A report of which one half has been sent: the server has begun to read it. */
async function openSlowReport(
  { port, token }: MonitorProcess,
  marker: string,
): Promise<{ finish: () => Promise<string> }> {
  const body = JSON.stringify({
    report: {
      ...{ title: "Slow", detail: "exit code 1", source: "fault", event: "fault.failed", level: "error" },
      ...{ fingerprint: "slow", run_id: marker },
    },
  });
  const head = [
    "POST /incident-monitor/report HTTP/1.1",
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${token}`,
    "content-type: application/json",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("utf8");
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => {});
  await new Promise<void>((resolve) => {
    socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, 20)}`, () => resolve());
  });
  return {
    finish: async () => {
      socket.write(body.slice(20));
      await closed;
      return answer;
    },
  };
}
