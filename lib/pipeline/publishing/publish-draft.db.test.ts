import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Destination } from "@/lib/domain/config";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";
import { approveDraft } from "../drafts/approve-draft";
import { denyDraft } from "../drafts/deny-draft";
import { getDraft } from "../drafts/get-draft";
import { getDraftReview } from "../drafts/get-draft-review";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { listPosts } from "./list-posts";
import { publishAndWait } from "./publish-and-wait";

const secret = "a-webhook-secret-of-some-length";
const resolveSecret = () => ({ ok: true as const, values: [secret] });
const fetch = createSafeFetch();
const services = { resolveSecret, fetch, privateNetworks: [] };

let database: TestDatabase;
let db: Database;
let receiver: WebhookReceiver;
let workers: Worker;
let serial = 0;

const hook = (fields: Partial<Destination> = {}): Destination => ({
  destinationId: "hook",
  name: "Pager",
  kind: "webhook",
  enabled: true,
  requireApproval: false,
  webhookUrl: `${receiver.url}/in`,
  webhookSecretRef: "env:TANDEM_HOOK",
  routeTags: [],
  config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: 2_000 },
  ...fields,
});
const local: Destination = {
  destinationId: "local",
  name: "Local telemetry",
  kind: "telemetry",
  enabled: true,
  requireApproval: false,
  routeTags: [],
};

const now = () => Date.now();
const admin = () => testContext(db, actors.admin(), { nowMs: now(), services });
const approver = (name = "approver") =>
  testContext(db, actors.approver({ userId: name, name }), { nowMs: now(), services });
const configure = (patch: Parameters<typeof patchConfig>[1]["patch"]) => patchConfig(admin(), { patch });

async function newDraft(riskLevel = "high"): Promise<string> {
  serial += 1;
  const accepted = await acceptReport(
    admin(),
    aReport({ title: `Publish test`, fingerprint: `publish-${serial}`, riskLevel }),
  );
  if (!accepted.draft) throw new Error("no draft");
  return accepted.draft.draftId;
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  receiver = await startWebhookReceiver({ secrets: [secret] });
  workers = runWorkers(db, { ...admin().services, random: () => 0 });
});

beforeEach(async () => {
  await configure(aConfigPatch({ destinations: [hook(), local], defaultDestinationIds: ["hook"] }));
});

afterAll(async () => {
  await workers.stop();
  await receiver.close();
  await fetch.close();
  await db.close();
  await database.drop();
});

describe("approve, then publish", () => {
  it("sends exactly what was approved, once, signed, with a receipt and audit", async () => {
    const draftId = await newDraft();
    const before = receiver.effectCount;
    const review = await getDraftReview(approver(), draftId);
    await approveDraft(approver(), { draftId, reason: "seen on two batches", digest: review.digest });
    expect(receiver.effectCount).toBe(before);

    const published = await publishAndWait(approver(), { draftId, destinationIds: [] });
    expect(published.targets.map((each) => each.post.delivery.state)).toEqual(["published"]);
    const request = receiver.requests.at(-1);
    const body = JSON.parse(request?.rawBody ?? "{}");
    const payload = review.destinations.find((each) => each.destination.destinationId === "hook")?.payload;
    for (const [name, value] of Object.entries(payload?.content.content ?? {}))
      expect(body[name], name).toEqual(value);
    expect(request).toMatchObject({ tandemSignatureValid: true, standardSignatureValid: true });

    const again = await publishAndWait(approver(), { draftId, destinationIds: ["hook"] });
    expect(again.targets[0]?.outcome).toBe("duplicate");
    expect(again.targets[0]?.post.delivery.postId).toBe(published.targets[0]?.post.delivery.postId);
    expect(receiver.effectCount).toBe(before + 1);

    const entries = await db.prisma.auditEntry.findMany({
      where: { OR: [{ subjectId: draftId }, { subjectId: published.targets[0]?.post.delivery.deliveryId }] },
    });
    const actions = entries.map((entry) => entry.action);
    for (const action of [
      "incident_monitor.draft.approved",
      "incident_monitor.publish.attempted",
      "incident_monitor.publish.completed",
    ]) {
      expect(actions, action).toContain(action);
    }
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it("publishing before approval queues nothing and says why", async () => {
    const draftId = await newDraft();
    const stopped = await publishAndWait(approver(), { draftId, destinationIds: [] });
    expect(stopped).toMatchObject({ approvalRequired: true, targets: [] });
    expect(stopped.reasons.map((each) => each.code)).toContain("risk_level");
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
  });

  it("a destination changed after approval voids it, and the answer names it", async () => {
    const draftId = await newDraft();
    await approveDraft(approver(), { draftId });
    await configure({ destinations: [hook({ webhookUrl: `${receiver.url}/elsewhere` }), local] });
    const stopped = await publishAndWait(approver(), { draftId, destinationIds: [] });
    expect(stopped.approvalRequired).toBe(true);
    expect(stopped.reasons.map((each) => each.code)).toContain("destination_changed");
    const draft = await getDraft(approver(), draftId);
    expect(draft.approval).toBe("voided");
    const kept = await db.prisma.approval.findFirstOrThrow({ where: { draftId } });
    expect(kept).toMatchObject({ state: "voided" });
  });

  it("a draft without need of approval publishes at once; a repeated sighting does not make it new content", async () => {
    const draftId = await newDraft("low");
    const first = await publishAndWait(admin(), { draftId, destinationIds: [] });
    expect(first.targets[0]?.post.delivery.state).toBe("published");
    await acceptReport(
      admin(),
      aReport({ fingerprint: `publish-${serial}`, riskLevel: "low", attributes: { runId: "another run" } }),
    );
    const again = await publishAndWait(admin(), { draftId, destinationIds: [] });
    expect(again.targets[0]?.outcome).toBe("duplicate");
  });

  it("case 69: a route that says always stops a ready draft", async () => {
    const draftId = await newDraft("low");
    await configure({
      routes: [{ routeId: "all", name: "All", approvalPolicy: "always", destinationIds: ["local"] }],
    } as Parameters<typeof configure>[0]);
    const stopped = await publishAndWait(admin(), { draftId, destinationIds: [] });
    expect(stopped.approvalRequired).toBe(true);
    expect((await getDraft(admin(), draftId)).approval).toBe("required");
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
    await configure({ routes: [] });
  });

  it("case 81: naming a destination does not skip the route's policy", async () => {
    const draftId = await newDraft("low");
    await configure({
      routes: [{ routeId: "all", name: "All", approvalPolicy: "always", destinationIds: ["local"] }],
    } as Parameters<typeof configure>[0]);
    const stopped = await publishAndWait(admin(), { draftId, destinationIds: ["hook"] });
    expect(stopped.approvalRequired).toBe(true);
    await configure({ routes: [] });
  });

  it("an expired approval is no approval", async () => {
    const draftId = await newDraft();
    await approveDraft(approver(), { draftId, expiresInMs: 60_000 });
    const later = testContext(db, actors.approver(), { nowMs: now() + 61_000, services });
    const stopped = await publishAndWait(later, { draftId, destinationIds: [] });
    expect(stopped.reasons.map((each) => each.code)).toEqual(["approval_expired"]);
    expect((await getDraft(admin(), draftId)).approval).toBe("expired");
  });

  it("fans out: one delivery and receipt per destination", async () => {
    const draftId = await newDraft("low");
    const published = await publishAndWait(admin(), { draftId, destinationIds: ["local", "hook"] });
    expect(
      published.targets.map((each) => [each.post.delivery.destinationId, each.post.delivery.state]),
    ).toEqual([
      ["local", "published"],
      ["hook", "published"],
    ]);
    const record = await db.prisma.telemetryRecord.findFirst({
      where: {
        delivery: undefined,
        destinationId: "local",
        deliveryId: published.targets[0]?.post.delivery.deliveryId,
      },
    });
    expect(record).not.toBeNull();
  });

  it("redacts again on the way out, with the destination's profile (D-14)", async () => {
    await configure({
      destinations: [hook({ config: { ...hook().config, redaction_profile: "strict" } }), local],
    } as Parameters<typeof configure>[0]);
    serial += 1;
    const accepted = await acceptReport(
      admin(),
      aReport({
        fingerprint: `publish-${serial}`,
        riskLevel: "low",
        detail: "mail to jane.doe@halden.example bounced",
      }),
    );
    expect(accepted.draft?.content.detail).toContain("jane.doe@halden.example");
    await publishAndWait(admin(), { draftId: accepted.draft?.draftId ?? "", destinationIds: ["hook"] });
    expect(receiver.requests.at(-1)?.rawBody).not.toContain("jane.doe");
  });

  it("publish_on_approval sends on approval", async () => {
    const { safetyDefaults } = (await configure({})).config;
    await configure({ safetyDefaults: { ...safetyDefaults, publishOnApproval: true } } as Parameters<
      typeof configure
    >[0]);
    const draftId = await newDraft();
    const approved = await approveDraft(approver(), { draftId });
    expect(approved.queued).toHaveLength(1);
    await configure({ safetyDefaults: { ...safetyDefaults, publishOnApproval: false } } as Parameters<
      typeof configure
    >[0]);
  });
});

describe("races", () => {
  it("two approvers: one decides, the other is told", async () => {
    const draftId = await newDraft();
    const results = await Promise.allSettled([
      approveDraft(approver("one"), { draftId }),
      approveDraft(approver("two"), { draftId }),
    ]);
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    const lost = results.find((each) => each.status === "rejected");
    expect((lost as PromiseRejectedResult).reason).toMatchObject({ kind: "conflict" });
    expect(await db.prisma.approval.count({ where: { draftId, state: "granted" } })).toBe(1);
  });

  it("approve against deny: one wins", async () => {
    const draftId = await newDraft();
    const results = await Promise.allSettled([
      approveDraft(approver("one"), { draftId }),
      denyDraft(approver("two"), { draftId, reason: "no" }),
    ]);
    expect(results.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await db.prisma.approval.count({ where: { draftId } })).toBe(1);
  });

  it("publish ten times at once: one effect", async () => {
    const draftId = await newDraft("low");
    const before = receiver.effectCount;
    const all = await Promise.all(
      Array.from({ length: 10 }, () => publishAndWait(admin(), { draftId, destinationIds: ["hook"] })),
    );
    expect(new Set(all.map((each) => each.targets[0]?.post.delivery.deliveryId)).size).toBe(1);
    expect(receiver.effectCount).toBe(before + 1);
  });

  it("a digest of another moment is refused", async () => {
    const draftId = await newDraft();
    const { digest } = await getDraftReview(approver(), draftId);
    await configure({ destinations: [hook({ webhookUrl: `${receiver.url}/moved` }), local] });
    await expect(approveDraft(approver(), { draftId, digest })).rejects.toMatchObject({
      reason: "draft_changed",
    });
  });

  it("a digest proves nothing of a destination that it does not cover", async () => {
    const draftId = await newDraft();
    const { digest } = await getDraftReview(approver(), draftId);
    const beyond = { draftId, digest, destinationIds: ["hook", "local"] };
    await expect(approveDraft(approver(), beyond)).rejects.toMatchObject({
      reason: "destination_not_in_digest",
    });
    expect((await getDraft(approver(), draftId)).approval).toBe("required");
    await approveDraft(approver(), { draftId, destinationIds: ["hook", "local"] });
  });
});

describe("refusals", () => {
  it("viewers, agents, services and keys may not decide; the attempt is audited", async () => {
    const draftId = await newDraft();
    for (const actor of [actors.viewer(), actors.agentToken(), actors.serviceToken(), actors.intakeKey()]) {
      await expect(approveDraft(testContext(db, actor, { services }), { draftId })).rejects.toMatchObject({
        kind: "forbidden",
      });
    }
    expect(await db.prisma.auditEntry.count({ where: { subjectId: draftId, outcome: "denied" } })).toBe(4);
  });

  it("a denied draft never leaves", async () => {
    const draftId = await newDraft();
    await denyDraft(approver(), { draftId, reason: "duplicate" });
    await expect(publishAndWait(admin(), { draftId, destinationIds: ["local"] })).rejects.toMatchObject({
      reason: "draft_denied",
    });
    await expect(denyDraft(approver(), { draftId })).rejects.toMatchObject({
      reason: "draft_not_pending_approval",
    });
    expect((await getDraft(admin(), draftId)).content.detail).not.toContain("duplicate");
  });

  it("case 107: a 400 is one request, a failed post and a named status; publishing again retries it", async () => {
    const draftId = await newDraft("low");
    receiver.script({ kind: "status", status: 400 });
    await expect(publishAndWait(admin(), { draftId, destinationIds: ["hook"] })).rejects.toThrow(/400/);
    const { posts } = await listPosts(admin(), { filter: { draftId }, page: { limit: 10 } });
    expect(posts[0]?.post.receipt).toMatchObject({ status: "failed" });
    expect(posts[0]?.attempts).toHaveLength(1);
    const again = await publishAndWait(admin(), { draftId, destinationIds: ["hook"] });
    expect(again.targets[0]?.post.delivery).toMatchObject({
      state: "published",
      postId: posts[0]?.post.delivery.postId,
    });
  });

  it("case 106: 500 then 202 is two attempts with the same body and key", async () => {
    const draftId = await newDraft("low");
    receiver.script({ kind: "status", status: 500 }, { kind: "status", status: 202 });
    const published = await publishAndWait(admin(), { draftId, destinationIds: ["hook"] });
    const deliveryId = published.targets[0]?.post.delivery.deliveryId ?? "";
    await expect
      .poll(async () => (await db.prisma.delivery.findUniqueOrThrow({ where: { id: deliveryId } })).state, {
        timeout: 8_000,
      })
      .toBe("published");
    const attempts = await db.prisma.deliveryAttempt.findMany({
      where: { deliveryId },
      orderBy: { attempt: "asc" },
    });
    expect(attempts.map((each) => each.statusCode)).toEqual([500, 202]);
    const sent = receiver.requests.filter((each) => each.rawBody.includes(deliveryId));
    expect(new Set(sent.map((each) => each.rawBody)).size).toBe(1);
  });

  it("case 109: a loopback address without the opt-in is blocked before any request, and stores no post", async () => {
    await configure({ destinations: [hook({ config: { allow_insecure_http: true } }), local] });
    const draftId = await newDraft("low");
    const connections = receiver.connectionCount;
    await expect(publishAndWait(admin(), { draftId, destinationIds: ["hook"] })).rejects.toMatchObject({
      reason: "publish_blocked",
    });
    expect(receiver.connectionCount).toBe(connections);
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
  });

  it("410 stops the destination by itself", async () => {
    const draftId = await newDraft("low");
    receiver.script({ kind: "status", status: 410 });
    await expect(publishAndWait(admin(), { draftId, destinationIds: ["hook"] })).rejects.toThrow();
    const other = await newDraft("low");
    await expect(publishAndWait(admin(), { draftId: other, destinationIds: ["hook"] })).rejects.toThrow(
      /Stopped automatically/,
    );
    await db.prisma.destinationHealth.update({
      where: { destinationId: "hook" },
      data: { disabledReason: null },
    });
  });

  it("D-15: while paused nothing leaves and publishing says so", async () => {
    const draftId = await newDraft("low");
    await configure({ paused: true });
    await expect(publishAndWait(admin(), { draftId, destinationIds: ["local"] })).rejects.toThrow(/paused/);
    await configure({ paused: false });
  });
});
