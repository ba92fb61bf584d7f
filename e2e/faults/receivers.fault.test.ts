import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/testing/free-port";
import type { Step, WebhookReceiver } from "../fakes/webhook-receiver";
import { openDeafReceiver } from "./support/deaf-receiver";
import {
  type Answer,
  checkDeliveries,
  deliveriesOf,
  newDraft,
  openReceiver,
  untilPublished,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { MonitorProcess } from "./support/monitor-process";
import { beginFault, endFault } from "./support/results";
import { eachRound, roundsOf } from "./support/rounds";
import { timed, until } from "./support/until";

/** Retries wait up to two seconds, a hanging receiver for its time-out: a round takes half a minute. */
const roundsMax = 6;
const timeoutMs = 1_000;

let monitor: MonitorProcess;

beforeAll(async () => {
  monitor = await MonitorProcess.start();
});
afterAll(() => monitor?.dispose());

type Attempt = { attempt: number; outcome: string; status_code: number | null; code: string | null };

async function attemptsOf(draftId: string): Promise<Attempt[]> {
  return monitor.query<Attempt>(
    `SELECT a.attempt, a.outcome, a.status_code, a.reason->>'code' AS code FROM delivery_attempts a
     JOIN deliveries v ON v.id = a.delivery_id WHERE v.draft_id = $1 ORDER BY a.attempt`,
    [draftId],
  );
}

const answer200: Step = { kind: "status", status: 200 };
/** Misbehaves once and then answers: delivered on the second attempt, under the same key with the same bytes. */
const passing: Array<{ what: string; step: Step; code: string; status: number | null }> = [
  { what: "500", step: { kind: "status", status: 500 }, code: "http_status", status: 500 },
  {
    what: "503 with words",
    step: { kind: "status", status: 503, body: "<h1>no</h1>" },
    code: "http_status",
    status: 503,
  },
  { what: "408", step: { kind: "status", status: 408 }, code: "http_status", status: 408 },
  { what: "425", step: { kind: "status", status: 425 }, code: "http_status", status: 425 },
  { what: "hangs", step: { kind: "hang" }, code: "timeout", status: null },
  { what: "drops after reading", step: { kind: "drop" }, code: "connection_lost", status: null },
  { what: "garbage", step: { kind: "garbage" }, code: "malformed_reply", status: null },
  {
    what: "headers without end",
    step: { kind: "hugeHeaders", bytes: 1_000_000 },
    code: "malformed_reply",
    status: null,
  },
];
/** Settled by the first answer, however odd its rest. */
const settled: Array<{ what: string; step: Step; state: string; code: string | null; status: number }> = [
  {
    what: "10 MiB of answer",
    step: { kind: "huge", bytes: 10 * 1_048_576 },
    state: "published",
    code: null,
    status: 200,
  },
  {
    what: "200 and then silence",
    step: { kind: "drip", status: 200, intervalMs: 100 },
    state: "published",
    code: null,
    status: 200,
  },
  {
    what: "200 that breaks off",
    step: { kind: "dropMidBody", status: 200, body: "{" },
    state: "published",
    code: null,
    status: 200,
  },
  { what: "400", step: { kind: "status", status: 400 }, state: "failed", code: "http_status", status: 400 },
  { what: "401", step: { kind: "status", status: 401 }, state: "failed", code: "http_status", status: 401 },
  ...[301, 307].map((status) => ({
    what: `${status} to 127.0.0.1`,
    // Where it leads there is somebody who listens: see `redirectTo`.
    step: { kind: "redirect", status, location: "" } as const,
    state: "failed",
    code: "redirect_refused",
    status,
  })),
];

describe("a receiver that misbehaves", () => {
  it("is tried again under the same key, or given up with the reason", async () => {
    const fault = "receivers that fail, hang, drop, redirect, flood or babble";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    let attempts = 0;
    const forbidden = await openReceiver({ host: "127.0.0.1" });
    await eachRound(rounds, async () => {
      const cases = [...passing, ...settled.map((each) => redirectTo(forbidden.url, each))];
      const receivers = await Promise.all(cases.map(() => openReceiver()));
      const rows = cases.map((_, index) =>
        webhookRow(`r${index}`, receivers[index]?.url ?? "", { timeout_ms: timeoutMs }),
      );
      await useDestinations(monitor, rows, { default_destination_ids: [] });
      const counts = await Promise.all(
        cases.map(async (each, index) => {
          const receiver = receivers[index] as WebhookReceiver;
          receiver.script(each.step, answer200);
          const draft = await newDraft(monitor);
          const { answer, ms } = await timed(() => publishTo(draft.draft_id, `r${index}`));
          expect(ms, "a publish call waits ten seconds at most").toBeLessThan(12_000);
          const seen =
            "state" in each
              ? await expectSettled(each, draft.draft_id, answer)
              : await expectPassed(each, draft.draft_id, answer);
          expect([each.what, receiver.requests.length]).toEqual([each.what, seen]);
          await checkEffects(each, receiver, draft.draft_id);
          return seen;
        }),
      );
      attempts += counts.reduce((sum, n) => sum + n, 0);
      await Promise.all(receivers.map((receiver) => receiver.close()));
    });
    expect(forbidden.connectionCount, "where the redirects lead").toBe(0);
    await forbidden.close();
    endFault({
      fault,
      rounds,
      found: `${passing.length + settled.length} kinds a round, ${attempts} attempts in all; states, reasons and attempts as documented, 0 second keys, 0 redirects followed`,
    });
  });

  it("429 waits as long as it is told; 410 stops the destination until a test event goes through", async () => {
    const fault = "429 with Retry-After, 410, nobody listening";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    let shortest = Number.POSITIVE_INFINITY;
    await eachRound(rounds, async (round) => {
      const receiver = await openReceiver();
      const vacant = await freePort();
      // Of each round alone: after five faults in a row its circuit would be open.
      const vacantId = `vacant-${round}`;
      await useDestinations(monitor, [
        webhookRow("patient", receiver.url),
        webhookRow("gone", `${receiver.url}/gone`),
        webhookRow(vacantId, `http://127.0.0.1:${vacant}/hook`, { max_attempts: 2 }),
      ]);
      shortest = Math.min(shortest, await expectPatience(receiver));
      await expectGone(receiver);
      await expectVacant(vacantId);
      await receiver.close();
    });
    endFault({
      fault,
      rounds,
      found: `told to wait 3 s, waited ${(shortest / 1_000).toFixed(1)} s or more; stopped by 410, then refused unsent until a test event; nobody listening: gave up after 2 of 2`,
    });
  });

  it("one that never takes a connection does not keep the others waiting", async () => {
    const fault = "one destination that hangs among healthy ones";
    beginFault(fault);
    const rounds = roundsOf(roundsMax);
    let slowest = 0;
    await eachRound(rounds, async (round) => {
      const deaf = await openDeafReceiver();
      const receiver = await openReceiver();
      // The circuit of the round before is open.
      const deafId = `deaf-${round}`;
      await useDestinations(
        monitor,
        [
          webhookRow(deafId, `http://127.0.0.1:${deaf.port}/hook`, { timeout_ms: 10_000, max_attempts: 1 }),
          webhookRow("healthy", receiver.url),
        ],
        { default_destination_ids: [] },
      );
      const stuck = await Promise.all(Array.from({ length: 50 }, () => newDraft(monitor)));
      const waiting = stuck.map((draft) => publishTo(draft.draft_id, deafId));
      await until("claims of the deaf one", async () => {
        const rows = await deliveriesOf(
          monitor,
          stuck.map((draft) => draft.draft_id),
        );
        return rows.filter((row) => row.state === "sending").length >= 30;
      });
      const drafts = await Promise.all(Array.from({ length: 20 }, () => newDraft(monitor)));
      await Promise.all(
        drafts.map(async (draft) => {
          const { answer, ms } = await timed(() => publishTo(draft.draft_id, "healthy"));
          expect([answer.status, answer.body.post?.status]).toEqual([200, "posted"]);
          slowest = Math.max(slowest, ms);
        }),
      );
      expect(slowest).toBeLessThan(9_000);
      await checkDeliveries(
        monitor,
        receiver,
        drafts.map((draft) => draft.draft_id),
      );
      await deaf.close();
      await Promise.all(waiting);
      await receiver.close();
    });
    endFault({
      fault,
      rounds,
      found: `${20 * rounds} deliveries beside 50 stuck ones, slowest publish call ${Math.round(slowest)} ms`,
    });
  });

  it("addresses that lead inside are refused before anybody is knocked at", async () => {
    const fault = "URLs whose address leads inside, over the real server";
    beginFault(fault);
    const receiver = await openReceiver();
    const port = receiver.port;
    // One of each family: every spelling is in lib/net/safe-fetch-policy.test.ts; names that resolve so, in names.fault.test.ts.
    const hosts = [
      ...["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[fe80::1]", "[::ffff:127.0.0.1]"],
      ...["[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "[ff02::1]", "0.0.0.0", "[::1]", "2130706433"],
    ];
    const rows = hosts.map((host, index) => ({
      ...webhookRow(`inside-${index}`, `https://${host}:${port}/hook`),
      config: {},
    }));
    await useDestinations(monitor, rows, { default_destination_ids: [] });
    const draft = await newDraft(monitor);
    for (const row of rows) {
      const answer = await publishTo(draft.draft_id, row.destination_id);
      expect([row.webhook_url, answer.status]).toEqual([row.webhook_url, 400]);
      // The port is refused too; what counts is that the address is.
      const why = /The address \S+ is not allowed: |The host localhost names something on a local network/;
      expect([row.webhook_url, answer.body.error]).toEqual([row.webhook_url, expect.stringMatching(why)]);
      const tested = await monitor.api.call(
        "POST",
        `/incident-monitor/destinations/${row.destination_id}/test`,
        {},
      );
      expect([row.webhook_url, tested.body]).toEqual([
        row.webhook_url,
        expect.objectContaining({ ok: false, outcome: "not_ready", message: expect.stringMatching(why) }),
      ]);
    }
    expect(receiver.connectionCount).toBe(0);
    await receiver.close();
    endFault({
      fault,
      rounds: 1,
      found: `${hosts.length} publishes and ${hosts.length} tests refused, 0 connections`,
    });
  });
});

const redirectTo = (location: string, each: (typeof settled)[number]): (typeof settled)[number] =>
  each.step.kind === "redirect" ? { ...each, step: { ...each.step, location } } : each;

const publishTo = (draftId: string, destinationId: string): Promise<Answer> =>
  monitor.api.call("POST", `/incident-monitor/drafts/${draftId}/publish`, { destination_id: destinationId });

/** Answers with the number of requests there must have been. */
async function expectPassed(
  each: (typeof passing)[number],
  draftId: string,
  answer: Answer,
): Promise<number> {
  expect([each.what, answer.status]).toEqual([each.what, 200]);
  // Seldom the next attempt comes, and succeeds, before the call looks again.
  expect(["publish_in_progress", "post_webhook"]).toContain(answer.body.action);
  await untilPublished(monitor, [draftId]);
  const attempts = await attemptsOf(draftId);
  expect([each.what, ...attempts.map((row) => [row.outcome, row.code, row.status_code])]).toEqual([
    each.what,
    ["retryable", each.code, each.status],
    ["published", null, 200],
  ]);
  return 2;
}

async function expectSettled(
  each: (typeof settled)[number],
  draftId: string,
  answer: Answer,
): Promise<number> {
  const done = each.state === "published";
  expect([each.what, answer.status]).toEqual([each.what, done ? 200 : 400]);
  const [row] = await deliveriesOf(monitor, [draftId]);
  expect([each.what, row?.state, row?.receipt_status]).toEqual([
    each.what,
    each.state,
    done ? "posted" : "failed",
  ]);
  const attempts = await attemptsOf(draftId);
  expect([each.what, ...attempts.map((one) => [one.code, one.status_code])]).toEqual([
    each.what,
    [each.code, each.status],
  ]);
  return 1;
}

async function checkEffects(
  each: { what: string },
  receiver: WebhookReceiver,
  draftId: string,
): Promise<void> {
  const keys = new Set(receiver.requests.map((request) => request.headers["idempotency-key"]));
  const bodies = new Set(receiver.requests.map((request) => request.rawBody));
  expect([each.what, keys.size, bodies.size]).toEqual([each.what, 1, 1]);
  expect(await deliveriesOf(monitor, [draftId])).toHaveLength(1);
}

/** Answers with the wait between the attempts. */
async function expectPatience(receiver: WebhookReceiver): Promise<number> {
  const draft = await newDraft(monitor);
  receiver.script({ kind: "status", status: 429, headers: { "retry-after": "3" } }, answer200);
  const read = receiver.waitForRequest();
  const publishing = publishTo(draft.draft_id, "patient");
  await read;
  const { ms } = await timed(async () => {
    await receiver.waitForRequest();
  });
  expect(ms).toBeGreaterThan(2_500);
  expect((await publishing).body.action).toBe("publish_in_progress");
  await untilPublished(monitor, [draft.draft_id]);
  return ms;
}

async function expectGone(receiver: WebhookReceiver): Promise<void> {
  const [first, second] = await Promise.all([newDraft(monitor), newDraft(monitor)]);
  receiver.script({ kind: "status", status: 410 });
  expect((await publishTo(first.draft_id, "gone")).status).toBe(400);
  const before = receiver.requests.length;
  // What a worker knows of health may be half a second old: until then it is asked again.
  await until(
    "the destination to be refused",
    async () => (await publishTo(second.draft_id, "gone")).status === 400,
  );
  expect(receiver.requests.length).toBe(before);
  receiver.script();
  const tested = await monitor.api.call("POST", "/incident-monitor/destinations/gone/test", {});
  expect([tested.status, receiver.requests.length]).toEqual([200, before + 1]);
  const again = await publishTo(second.draft_id, "gone");
  expect([again.status, again.body.post?.status]).toEqual([200, "posted"]);
}

async function expectVacant(destinationId: string): Promise<void> {
  const draft = await newDraft(monitor);
  await publishTo(draft.draft_id, destinationId);
  await until(
    "the last attempt",
    async () => (await deliveriesOf(monitor, [draft.draft_id]))[0]?.state === "failed",
  );
  const attempts = await attemptsOf(draft.draft_id);
  expect(attempts.map((row) => row.code)).toEqual(["connection_refused", "connection_refused"]);
}
