import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "@/e2e/fakes/webhook-receiver";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { aDestination, aProject } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { publishResponse } from "@/lib/wire/publish";
import { draftReviewToWire } from "@/lib/wire/review";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";
import { getDraftReview } from "../drafts/get-draft-review";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { getPost } from "./get-post";
import { listPosts } from "./list-posts";
import { publishAndWait } from "./publish-and-wait";

const secret = "a-webhook-secret-of-some-length";
const secretName = "TANDEM_RECEIPTS_HOOK";
const fetch = createSafeFetch();
const services = { fetch, resolveSecret: () => ({ ok: true as const, values: [secret] }), random: () => 0 };

let database: TestDatabase;
let db: Database;
let receiver: WebhookReceiver;
let workers: Worker;
let serial = 0;

const admin = () => testContext(db, actors.admin(), { nowMs: Date.now(), services });
const configure = (patch: Record<string, unknown>) => patchConfig(admin(), { patch: aConfigPatch(patch) });
const local = aDestination();
const hook = (config: Record<string, unknown> = {}) =>
  aDestination({
    ...{ destinationId: "hook", name: "Hook", kind: "webhook", webhookUrl: `${receiver.url}/in` },
    webhookSecretRef: `env:${secretName}`,
    config: { allow_insecure_http: true, allow_private_networks: true, timeout_ms: 2_000, ...config },
  });

const routeToHook = {
  ...{ routeId: "payments", name: "Payments", destinationIds: ["hook"], matchSources: ["payments"] },
};

async function newDraft(projectId?: string): Promise<string> {
  serial += 1;
  const report = aReport({ fingerprint: `receipt-${serial}`, riskLevel: "low", repo: "acme/shop" });
  const bound = { ...report, path: { kind: "bound", projectId: projectId ?? "", sourceId: null } as const };
  const key = testContext(db, actors.intakeKey({ projectId }), { nowMs: Date.now() });
  const { draft } = await (projectId ? acceptReport(key, bound) : acceptReport(admin(), report));
  if (!draft) throw new Error("no draft");
  return draft.draftId;
}

const publish = async (draftId: string, destinationIds: string[] = []) =>
  publishResponse(await publishAndWait(admin(), { draftId, destinationIds }));
const deliveriesOf = (draftId: string) =>
  db.prisma.delivery.findMany({ where: { draftId }, include: { receipt: true, attempts: true } });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  receiver = await startWebhookReceiver({ secrets: [secret] });
  workers = runWorkers(db, admin().services);
});

beforeEach(async () => {
  await configure({ destinations: [hook(), local], defaultDestinationIds: ["hook"], monitoredProjects: [] });
});

afterAll(async () => {
  await workers.stop();
  await receiver.close();
  await fetch.close();
  await db.close();
  await database.drop();
});

describe("one effect, one receipt", () => {
  it("case 82: of two publishes at once one queues, the other sees the same post", async () => {
    const draftId = await newDraft();
    const effects = receiver.effectCount;
    const both = await Promise.all([publish(draftId), publish(draftId)]);
    expect(new Set(both.map((each) => each.post_id)).size).toBe(1);
    expect(receiver.effectCount).toBe(effects + 1);
  });

  it.each(["hook", "local"])(
    "case 83: publishing twice to %s is one effect and the original post",
    async (id) => {
      const draftId = await newDraft();
      const first = await publish(draftId, [id]);
      const requests = receiver.requests.length;
      const second = await publish(draftId, [id]);
      expect(second.action).toBe("skip_duplicate");
      expect(second.post_id).toBe(first.post_id);
      expect(second.post?.created_at_ms).toBe(first.post?.created_at_ms);
      expect(receiver.requests.length).toBe(requests);
      expect(await deliveriesOf(draftId)).toHaveLength(1);
    },
  );

  it("case 84: keys differ per destination; each post names its own target", async () => {
    const draftId = await newDraft();
    const { deliveries } = await publish(draftId, ["hook", "local"]);
    expect(new Set(deliveries?.map((each) => each.idempotency_key)).size).toBe(2);
    expect(deliveries?.map((each) => each.destination_id)).toEqual(["hook", "local"]);
    for (const each of deliveries ?? []) expect(each.target_ref ?? each.repo).toBeTruthy();
  });
});

describe("the webhook", () => {
  it("case 105: a 202 is post_webhook, signed over the raw body, which has no secret and no name of one", async () => {
    const draftId = await newDraft();
    const published = await publish(draftId);
    const request = receiver.requests.at(-1);
    expect(published.action).toBe("post_webhook");
    expect(request).toMatchObject({ tandemSignatureValid: true, standardSignatureValid: true });
    expect(request?.headers["x-tandem-event"]).toBeTruthy();
    expect(request?.rawBody).not.toContain(secret);
    expect(request?.rawBody).not.toContain(secretName);
  });

  it("its path is for those who decide or configure; others see the host, in receipts and in the review", async () => {
    const path = "/in/T0K3N-of-the-receiver";
    await configure({ destinations: [{ ...hook(), webhookUrl: `${receiver.url}${path}` }, local] });
    const draftId = await newDraft();
    // As many a server answers by itself where nothing is at a path; and one that quotes its whole address.
    const body = `Cannot POST ${path}, see ${receiver.url}${path}`;
    receiver.script({ kind: "status", status: 202, body });
    await publish(draftId);
    const seenBy = async (actor: Actor) => {
      const ctx = testContext(db, actor, { nowMs: Date.now(), services });
      const page = { filter: { draftId }, page: { limit: 50 } };
      const { posts } = await listPosts(ctx, page);
      const post = await getPost(ctx, posts[0]?.post.delivery.postId ?? "");
      return { posts, post, review: draftReviewToWire(await getDraftReview(ctx, draftId)) };
    };
    for (const actor of [actors.viewer(), actors.triager(), actors.serviceToken(), actors.agentToken()]) {
      const seen = await seenBy(actor);
      for (const part of Object.values(seen)) expect(JSON.stringify(part)).not.toContain("T0K3N");
      expect(seen.post.post.delivery.targetRef).toBe(`${new URL(receiver.url).origin}/…`);
    }
    for (const actor of [actors.approver(), actors.admin()]) {
      const seen = await seenBy(actor);
      for (const part of Object.values(seen)) expect(JSON.stringify(part)).toContain(path);
      expect(seen.post.attempts[0]?.responseExcerpt).toBe(body);
    }
  });

  it("case 108: a timeout with one attempt allowed is a failed post with one attempt, and says so", async () => {
    await configure({ destinations: [hook({ timeout_ms: 200, max_attempts: 1 }), local] });
    const draftId = await newDraft();
    receiver.script({ kind: "hang" });
    await expect(publish(draftId)).rejects.toThrow(/did not answer within/);
    const [delivery] = await deliveriesOf(draftId);
    expect(delivery).toMatchObject({ state: "failed", receipt: { status: "failed" } });
    expect(delivery?.attempts).toHaveLength(1);
  });

  it("case 87: a failed receipt names the destination the draft was routed to", async () => {
    await configure({ defaultDestinationIds: ["local"], routes: [routeToHook] });
    const draftId = await newDraft();
    receiver.script({ kind: "status", status: 422 });
    await expect(publish(draftId)).rejects.toThrow(/hook/);
    const [delivery] = await deliveriesOf(draftId);
    expect(delivery).toMatchObject({
      destinationId: "hook",
      routeId: "payments",
      receipt: { status: "failed" },
    });
    await configure({ routes: [] });
  });
});

describe("what stops a publish", () => {
  it("case 114: a disabled local destination refuses and stores nothing", async () => {
    await configure({ destinations: [hook(), { ...local, enabled: false }] });
    const draftId = await newDraft();
    await expect(publish(draftId, ["local"])).rejects.toMatchObject({ reason: "publish_blocked" });
    expect(await deliveriesOf(draftId)).toEqual([]);
  });

  it.each([true, false])("case 75: an unready destination blocks, with the block flag %s", async (flag) => {
    await configure({
      destinations: [aDestination({ destinationId: "hook", name: "Hook", kind: "webhook" }), local],
      safetyDefaults: { blockUnreadyDestinations: flag },
    });
    const draftId = await newDraft();
    await expect(publish(draftId)).rejects.toMatchObject({ reason: "publish_blocked" });
    expect(await deliveriesOf(draftId)).toEqual([]);
  });

  it("case 70: a source that comes to say always stops a ready draft and stores that it waits", async () => {
    const project = (approvalPolicy: string) =>
      aProject({ defaultDestinationIds: ["local"], approvalPolicy: approvalPolicy as "always" });
    await configure({ monitoredProjects: [project("inherit")] });
    const draftId = await newDraft("shop");
    await configure({ monitoredProjects: [project("always")] });
    const published = await publish(draftId);
    expect(published).toMatchObject({ action: "approval_required", post: null });
    expect(published.draft.status).toBe("approval_required");
    expect((published as { reasons?: Array<{ code: string }> }).reasons?.map((each) => each.code)).toContain(
      "source_always",
    );
    expect(await deliveriesOf(draftId)).toEqual([]);
  });
});
