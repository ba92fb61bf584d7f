import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyedHash } from "@/lib/digest";
import type { WebhookReceiver } from "../fakes/webhook-receiver";
import {
  type Answer,
  checkDecisions,
  checkDeliveries,
  decide,
  deliveriesOf,
  newDraft,
  openReceiver,
  publish,
  useDestinations,
  webhookRow,
} from "./support/deliveries";
import { MonitorProcess } from "./support/monitor-process";
import { beginFault, endFault } from "./support/results";
import { between, eachRound, roundsOf } from "./support/rounds";

let monitor: MonitorProcess;
let receiver: WebhookReceiver;
let elsewhere: WebhookReceiver;
/** A second approver's token. */
let second: string;

beforeAll(async () => {
  receiver = await openReceiver();
  elsewhere = await openReceiver();
  monitor = await MonitorProcess.start();
  second = await addAdminToken();
});
afterAll(async () => {
  await monitor?.dispose();
  await receiver?.close();
  await elsewhere?.close();
});

/** Written as a token's creation would: there is no verb for it yet. */
async function addAdminToken(): Promise<string> {
  const raw = `tim_token_${randomBytes(24).toString("hex")}`;
  const pepper = readFileSync(join(monitor.dataDir, "secrets", "key-pepper"), "utf8").trim();
  await monitor.query(
    `INSERT INTO api_tokens (id, name, kind, prefix, token_hash, created_by, created_at)
     VALUES ($1, 'second', 'admin', 'tim_token_', $2, '{"kind":"system","id":"test","name":"test"}', now())`,
    [`token_${randomUUID()}`, keyedHash(pepper, raw)],
  );
  return raw;
}

const statuses = (answers: readonly Answer[]) => answers.map((answer) => answer.status).sort();
const approvalOf = async (draftId: string) =>
  (await monitor.query<{ approval: string }>("SELECT approval::text FROM drafts WHERE id = $1", [draftId]))[0]
    ?.approval;
const useHook = (url = receiver.url) => useDestinations(monitor, [webhookRow("hook", url)]);

describe("two at once, over HTTP", () => {
  it("two approvers, and approver against denier: one decides", async () => {
    const fault = "approve racing approve, approve racing deny";
    beginFault(fault);
    await useHook();
    const rounds = roundsOf();
    const drafts: string[] = [];
    let denied = 0;
    await eachRound(rounds, async () => {
      const [both, against] = await Promise.all([
        newDraft(monitor, "critical"),
        newDraft(monitor, "critical"),
      ]);
      const approvals = await Promise.all([
        decide(monitor, both.draft_id, "approve"),
        decide(monitor, both.draft_id, "approve", {}, second),
        decide(monitor, both.draft_id, "approve"),
      ]);
      expect(statuses(approvals)).toEqual([200, 409, 409]);
      const decisions = await Promise.all([
        decide(monitor, against.draft_id, "approve"),
        decide(monitor, against.draft_id, "deny", {}, second),
      ]);
      expect(statuses(decisions)).toEqual([200, 409]);
      const winner = decisions[0]?.status === 200 ? "granted" : "denied";
      if (winner === "denied") denied += 1;
      expect(await approvalOf(against.draft_id)).toBe(winner);
      for (const loser of [...approvals, ...decisions].filter((answer) => answer.status === 409)) {
        expect(loser.body.code).toBe("INCIDENT_MONITOR_DRAFT_NOT_PENDING_APPROVAL");
      }
      drafts.push(both.draft_id, against.draft_id);
    });
    await checkDecisions(monitor, drafts);
    endFault({
      fault,
      rounds,
      found: `${rounds} triple approvals with one winner each; approve against deny: ${rounds - denied} granted, ${denied} denied; every loser 409`,
    });
  });

  it("four publish calls: one delivery, one request", async () => {
    const fault = "one draft published four times at once";
    beginFault(fault);
    await useHook();
    const rounds = roundsOf();
    const drafts: string[] = [];
    const before = receiver.requests.length;
    await eachRound(rounds, async () => {
      const { draft_id: id } = await newDraft(monitor);
      drafts.push(id);
      const answers = await Promise.all([1, 2, 3, 4].map(() => publish(monitor, id)));
      expect(statuses(answers)).toEqual([200, 200, 200, 200]);
      expect(new Set(answers.map((answer) => answer.body.post_id)).size).toBe(1);
    });
    const counted = await checkDeliveries(monitor, receiver, drafts);
    expect([counted.effects, receiver.requests.length - before]).toEqual([rounds, rounds]);
    endFault({
      fault,
      rounds,
      found: `${4 * rounds} calls, ${counted.requests} requests under ${counted.effects} keys, one receipt each`,
    });
  });

  it("four saves that saw the same configuration: one wins, three are stale", async () => {
    const fault = "one configuration saved four times at once";
    beginFault(fault);
    await useHook();
    const rounds = roundsOf();
    let version = await configVersion();
    const revisionsBefore = await revisionCount();
    await eachRound(rounds, async (round) => {
      const seen = (await monitor.api.config()).updated_at_ms;
      const answers = await Promise.all(
        [1, 2, 3, 4].map((writer) =>
          monitor.api.call("PATCH", "/config/incident-monitor", {
            incident_monitor: {
              updated_at_ms: seen,
              destinations: [
                webhookRow("hook", receiver.url, { timeout_ms: 1_000 + writer }),
                webhookRow(`row-${writer}`, receiver.url, { timeout_ms: 1_000 + round }),
              ],
            },
          }),
        ),
      );
      expect(statuses(answers)).toEqual([200, 409, 409, 409]);
      const won = answers.findIndex((answer) => answer.status === 200) + 1;
      const stored = await monitor.api.config();
      // Whole, and the winner's: nothing of a loser is mixed in.
      expect(stored.destinations.map((row) => [row.destination_id, row.config?.timeout_ms])).toEqual([
        ["hook", 1_000 + won],
        [`row-${won}`, 1_000 + round],
      ]);
      const now = await configVersion();
      expect(now).toBe(version + 1);
      version = now;
    });
    expect((await revisionCount()) - revisionsBefore).toBe(rounds);
    endFault({ fault, rounds, found: `${4 * rounds} saves, ${rounds} won, ${3 * rounds} answered 409` });
  });
});

const configVersion = async () =>
  Number((await monitor.query<{ version: string }>("SELECT version FROM monitor_settings"))[0]?.version);

const revisionCount = async () =>
  (await monitor.query<{ n: number }>("SELECT count(*)::int AS n FROM config_revisions"))[0]?.n ?? 0;

describe("an approval that is no longer of what it approved", () => {
  it("is voided by changed content and by a changed destination, naming it; a stale digest is refused", async () => {
    const fault = "publish after content or destination changed under an approval";
    beginFault(fault);
    const rounds = roundsOf();
    const before = receiver.requests.length + elsewhere.requests.length;
    await eachRound(rounds, async (round) => {
      await useHook();
      const [first, other, reviewed] = await Promise.all([1, 2, 3].map(() => newDraft(monitor, "critical")));
      if (!first || !other || !reviewed) throw new Error("no drafts");
      for (const draft of [first, other]) {
        expect((await decide(monitor, draft.draft_id, "approve")).status).toBe(200);
      }
      // No verb edits content yet; whatever will, the publish call reads what is stored.
      await monitor.query(
        "UPDATE drafts SET title = title || ' changed', revision = revision + 1 WHERE id = $1",
        [first.draft_id],
      );
      await expectStopped(first.draft_id, /The draft's title changed/);

      const review = await monitor.api.call("GET", `/incident-monitor/drafts/${reviewed.draft_id}/review`);
      await useHook(round % 2 === 0 ? elsewhere.url : `${receiver.url}/moved`);
      await expectStopped(other.draft_id, /What would be sent to hook changed/);
      const stale = await decide(monitor, reviewed.draft_id, "approve", { digest: review.body.digest });
      expect([stale.status, stale.body.code]).toEqual([409, "INCIDENT_MONITOR_DRAFT_CHANGED"]);
    });
    expect(receiver.requests.length + elsewhere.requests.length - before).toBe(0);
    endFault({
      fault,
      rounds,
      found: `${2 * rounds} stale approvals voided, ${rounds} stale reviews answered 409, 0 requests left`,
    });
  });

  it("racing a move of its destination sends to the one approved, or to none", async () => {
    const fault = "publish racing a move of its destination";
    beginFault(fault);
    const rounds = roundsOf();
    let sent = 0;
    await eachRound(rounds, async () => {
      await useHook();
      const draft = await newDraft(monitor, "critical");
      expect((await decide(monitor, draft.draft_id, "approve")).status).toBe(200);
      const move = async () => {
        // Sometimes at once, sometimes a few round trips into the publish call.
        for (let calls = between(0, 8); calls > 0; calls--) await monitor.isReady();
        await useHook(elsewhere.url);
      };
      const [published] = await Promise.all([publish(monitor, draft.draft_id), move()]);
      expect([200, 400]).toContain(published?.status);
      const rows = await deliveriesOf(monitor, [draft.draft_id]);
      if (rows[0]?.receipt_status === "posted") sent += 1;
      else expect(["blocked", undefined]).toContain(rows[0]?.state);
      await checkDeliveries(monitor, receiver, [draft.draft_id]);
    });
    expect(elsewhere.requests.length, "sent to a place nobody approved").toBe(0);
    endFault({
      fault,
      rounds,
      found: `${sent} went where it was approved, ${rounds - sent} were stopped, 0 elsewhere`,
    });
  });
});

/** The publish call stops for approval and says what changed; the approval is kept as evidence. */
async function expectStopped(draftId: string, what: RegExp): Promise<void> {
  const stopped = await publish(monitor, draftId);
  expect([stopped.status, stopped.body.action]).toEqual([200, "approval_required"]);
  expect(JSON.stringify(stopped.body.reasons)).toMatch(what);
  expect(await approvalOf(draftId)).toBe("voided");
  expect(await deliveriesOf(monitor, [draftId])).toEqual([]);
}
