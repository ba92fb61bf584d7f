import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { claimDueDeliveries } from "@/lib/db/delivery-store";
import { inTransaction } from "@/lib/db/transaction";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { approveDraft } from "../drafts/approve-draft";
import { denyDraft } from "../drafts/deny-draft";
import { expireApproval } from "../drafts/expire-approval";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { deliver } from "./deliver";
import { publishDraft } from "./publish-draft";

let database: TestDatabase;
let db: Database;
let serial = 0;

const admin = () => testContext(db, actors.admin(), { nowMs: Date.now() });
const approver = () => testContext(db, actors.approver(), { nowMs: Date.now() });
const worker = () => testContext(db, actors.system("deliveries"), { nowMs: Date.now() });
const deliveryOf = (draftId: string) => db.prisma.delivery.findFirstOrThrow({ where: { draftId } });

async function approvedDraft(): Promise<string> {
  serial += 1;
  const report = aReport({ fingerprint: `denied-${serial}`, riskLevel: "high" });
  const { draft } = await acceptReport(admin(), report);
  if (!draft) throw new Error("no draft");
  await approveDraft(approver(), { draftId: draft.draftId });
  return draft.draftId;
}

/** Queued under an approval that ended before anything was sent; no worker runs here. */
async function queuedDraft(): Promise<string> {
  const draftId = await approvedDraft();
  expect(await publishDraft(approver(), { draftId, destinationIds: [] })).toMatchObject({ action: "queued" });
  const later = testContext(db, actors.system("approvals"), { nowMs: Date.now() + 73 * 3_600_000 });
  await expireApproval(later, draftId);
  return draftId;
}

async function claim() {
  const taken = await claimDueDeliveries(db, {
    ...{ worker: "w1", limit: 10, perDestination: 10, busyDestinations: [], leaseMs: 45_000 },
    ...{ nowMs: Date.now() + 1_000, heldProjects: [], retryLapsedKinds: [] },
  });
  return taken;
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const destinations = [{ destinationId: "local", name: "Local", kind: "telemetry" }];
  const patch = aConfigPatch({ destinations, defaultDestinationIds: ["local"] } as Parameters<
    typeof aConfigPatch
  >[0]);
  await patchConfig(admin(), { patch });
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("what was queued before a draft was denied", () => {
  it("is cancelled with the denial, on record, and nobody takes it any more", async () => {
    const draftId = await queuedDraft();
    await denyDraft(approver(), { draftId, reason: "must not leave" });
    const delivery = await deliveryOf(draftId);
    expect(delivery).toMatchObject({ state: "cancelled", lastReason: { code: "draft_denied" } });
    const entries = await db.prisma.auditEntry.findMany({ where: { subjectId: delivery.id } });
    expect(entries).toMatchObject([
      { action: "incident_monitor.delivery.cancelled", actor: { kind: "user", id: "user-approver" } },
    ]);
    expect(await claim()).toEqual([]);
  });

  it("and was being sent just then, is not sent again", async () => {
    const draftId = await queuedDraft();
    const { id } = await deliveryOf(draftId);
    await db.prisma.delivery.update({ where: { id }, data: { state: "sending" } });
    await denyDraft(approver(), { draftId });
    await db.prisma.delivery.update({ where: { id }, data: { state: "retrying" } });
    const [delivery] = await claim();
    if (!delivery) throw new Error("nothing was claimed");
    const config = (await patchConfig(admin(), { patch: {}, dryRun: true })).config;
    const ended = await deliver(worker(), { delivery, worker: "w1", config, health: new Map() });
    expect(ended).toMatchObject({ state: "blocked", reason: { code: "draft_denied" }, localRecord: null });
  });

  it("a denial that is committed while a publish passes the gate closes it", async () => {
    const draftId = await approvedDraft();
    let published: Promise<unknown> = Promise.resolve();
    await inTransaction(db, async (tx) => {
      await tx.draft.update({ where: { id: draftId }, data: { approval: "denied" } });
      published = publishDraft(approver(), { draftId, destinationIds: [] }).catch((error: unknown) => error);
      // It has seen the grant and waits for this transaction.
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    expect(await published).toMatchObject({ kind: "conflict", reason: "draft_moved" });
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
  });
});
