import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { completeDeliveries } from "@/lib/db/completion-store";
import { claimDueDeliveries } from "@/lib/db/delivery-store";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { runWorkers } from "@/lib/workers/run-workers";
import { acceptReport } from "../intake/accept-report";
import { deleteRecord } from "../records/delete-record";
import { getConfig } from "../settings/get-config";
import { patchConfig } from "../settings/patch-config";
import { deliver } from "./deliver";
import { publishAndWait } from "./publish-and-wait";
import { publishDraft } from "./publish-draft";

let database: TestDatabase;
let db: Database;
let serial = 0;

const admin = () => testContext(db, actors.admin(), { nowMs: Date.now() });
const worker = () => testContext(db, actors.system("deliveries"), { nowMs: Date.now() });
const remove = (noun: DeletableNoun, id: string) => deleteRecord(admin(), { noun, id });
const deliveryOf = (draftId: string) => db.prisma.delivery.findFirstOrThrow({ where: { draftId } });

async function queuedDraft(): Promise<string> {
  serial += 1;
  const report = aReport({ fingerprint: `deleted-${serial}`, title: `Deleted ${serial}`, riskLevel: "low" });
  const { draft } = await acceptReport(admin(), report);
  if (!draft) throw new Error("no draft");
  const published = await publishDraft(admin(), { draftId: draft.draftId, destinationIds: [] });
  expect(published).toMatchObject({ action: "queued" });
  return draft.draftId;
}

async function claim() {
  return claimDueDeliveries(db, {
    ...{ worker: "w1", limit: 10, perDestination: 10, busyDestinations: [], leaseMs: 45_000 },
    ...{ nowMs: Date.now() + 1_000, heldProjects: [], retryLapsedKinds: [] },
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const destinations = [{ destinationId: "local", name: "Local", kind: "telemetry" }];
  await patchConfig(admin(), { patch: aConfigPatch({ destinations, defaultDestinationIds: ["local"] }) });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("what was being sent when it was deleted", () => {
  it.each(["draft", "post"] as const)(
    "the %s: its attempt ends as it ends, and there is no other",
    async (noun) => {
      const draftId = await queuedDraft();
      const [sending] = await claim();
      if (!sending) throw new Error("nothing was claimed");
      await remove(noun, noun === "draft" ? draftId : sending.postId);
      expect(await deliveryOf(draftId)).toMatchObject({ state: "sending", claimedBy: "w1" });

      // The attempt fails for now, as it would have without the deletion.
      await db.prisma.delivery.update({ where: { id: sending.deliveryId }, data: { state: "retrying" } });
      const [again] = await claim();
      expect(again).toMatchObject({ deliveryId: sending.deliveryId, deleted: noun });
      if (!again) throw new Error("nothing was claimed");
      const ended = await deliver(worker(), {
        ...{ delivery: again, worker: "w1", config: await getConfig(admin()), health: new Map() },
      });
      expect(ended).toMatchObject({
        state: "blocked",
        reason: { code: `${noun}_deleted` },
        localRecord: null,
      });
      await completeDeliveries(db, [ended], new Date());
      expect(await deliveryOf(draftId)).toMatchObject({ state: "blocked" });
      expect(await db.prisma.telemetryRecord.count({ where: { deliveryId: sending.deliveryId } })).toBe(0);
      expect(await claim()).toEqual([]);
    },
  );
});

describe("publishing a draft again whose post was deleted", () => {
  it("delivered: the key outlives the post, nothing is sent and nothing of it shown", async () => {
    const workers = runWorkers(db, admin().services);
    try {
      const draftId = await queuedDraft();
      const first = await publishAndWait(admin(), { draftId, destinationIds: [] });
      const post = first.targets[0]?.post;
      expect(post?.delivery.state).toBe("published");
      await remove("post", post?.delivery.postId ?? "");
      const again = await publishAndWait(admin(), { draftId, destinationIds: [] });
      expect(again).toMatchObject({ targets: [], reasons: [{ code: "receipt_deleted" }] });
      expect(again.hidden.map((each) => each.postId)).toEqual([post?.delivery.postId]);
      expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(1);
      expect((await deliveryOf(draftId)).deletedAt).not.toBeNull();
    } finally {
      await workers.stop();
    }
  });

  it("never delivered: the same post is armed and shown again", async () => {
    const draftId = await queuedDraft();
    const { postId } = await deliveryOf(draftId);
    await remove("post", postId);
    expect((await deliveryOf(draftId)).state).toBe("cancelled");
    const again = await publishDraft(admin(), { draftId, destinationIds: [] });
    expect(again).toMatchObject({ queued: [{ outcome: "requeued", delivery: { postId, state: "due" } }] });
    expect(await deliveryOf(draftId)).toMatchObject({
      deletedAt: null,
      deletedBy: null,
      deletedReason: null,
    });
  });
});
