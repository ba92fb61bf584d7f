import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { aDestination, aRoute } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { decideDrafts } from "../bulk/decide-drafts";
import { reviewDrafts } from "../bulk/review-drafts";
import { acceptReport } from "../intake/accept-report";
import { publishDraft } from "../publishing/publish-draft";
import { patchConfig } from "../settings/patch-config";
import { approveDraft } from "./approve-draft";
import { getDraftReview } from "./get-draft-review";

let database: TestDatabase;
let db: Database;
let serial = 0;
const nowMs = Date.UTC(2026, 5, 29, 12);

const person = (id: string) => actors.approver({ userId: id, name: id });
const as = (actor: Parameters<typeof testContext>[1]) => testContext(db, actor, { nowMs });
const ada = () => as(person("ada"));
const bob = () => as(person("bob"));

async function newDraft(): Promise<string> {
  serial += 1;
  const report = aReport({ fingerprint: `different-${serial}`, riskLevel: "medium" });
  const { draft } = await acceptReport(as(actors.adminToken()), report);
  return draft?.draftId ?? "";
}
const facetOf = async (draftId: string) =>
  (await db.prisma.draft.findUniqueOrThrow({ where: { id: draftId } })).approval;
const statesOf = async (draftId: string) => {
  const rows = await db.prisma.approval.findMany({ where: { draftId } });
  return rows.map((row) => `${(row.actor as { id: string }).id}: ${row.state}`).sort();
};

/** Everything goes to `local`, for two people to approve; `second` is there and nothing is routed to it. */
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  for (const id of ["ada", "bob", "cyd"]) {
    const email = `${id}@example.test`;
    await db.prisma.user.create({ data: { id, email, name: id, role: "approver" } });
  }
  const destinations = [aDestination(), aDestination({ destinationId: "second", name: "Second" })];
  const routes = [aRoute({ routeId: "pay", destinationIds: ["local"], approvalsRequired: 2 })];
  const patch = aConfigPatch({ destinations, routes, defaultDestinationIds: ["local"] });
  await patchConfig(as(actors.admin()), { patch });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

it("who brings the digest of what was shown approves none of what others added to it unseen", async () => {
  const draftId = await newDraft();
  // Named by hand and without a digest: no review shows this destination, as the draft is not routed there.
  await approveDraft(ada(), { draftId, destinationIds: ["second"] });
  const [shown] = await reviewDrafts(bob(), { action: "approve", draftIds: [draftId] });
  const digest = shown?.digest ?? (await getDraftReview(bob(), draftId)).digest;
  const unseen = { reason: "covers_other_destinations" };
  await expect(approveDraft(bob(), { draftId, digest })).rejects.toMatchObject(unseen);
  const items = [{ draftId, digest }];
  expect(await decideDrafts(bob(), { decision: "approve", reason: null, items })).toMatchObject([
    { outcome: "conflict", code: "covers_other_destinations" },
  ]);
  expect(shown).toMatchObject({ allowed: false, code: "covers_other_destinations", digest: null });
  expect([await statesOf(draftId), await facetOf(draftId)]).toEqual([["ada: granted"], "required"]);
  expect(await publishDraft(bob(), { draftId, destinationIds: ["second"] })).toMatchObject({
    action: "approval_required",
  });
});

/** Until so many wait for a row that somebody else holds. */
async function untilBlocked(count: number): Promise<void> {
  const waiting =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  const blocked = async () => (await db.pool.query(waiting)).rows.length;
  await expect.poll(blocked, { timeout: 10_000, interval: 20 }).toBe(count);
}

it("one that did not count lends its destinations nothing when two others open the gate for theirs", async () => {
  const draftId = await newDraft();
  const holder = await db.pool.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM drafts WHERE id = $1 FOR UPDATE", [draftId]);
  // All three have read that nobody has approved yet, and write one after the other.
  const later = testContext(db, person("ada"), { nowMs: nowMs + 10 });
  const alone = approveDraft(later, { draftId, destinationIds: ["second"] });
  await untilBlocked(1);
  const two = [bob(), as(person("cyd"))].map((each) => approveDraft(each, { draftId }));
  await untilBlocked(3);
  await holder.query("COMMIT");
  holder.release();
  expect(await alone).toMatchObject({ missing: 1 });
  expect((await Promise.all(two)).map((each) => each.missing).sort()).toEqual([0, 1]);

  expect(await publishDraft(as(person("ada")), { draftId, destinationIds: ["second"] })).toMatchObject({
    action: "approval_required",
  });
  expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
  expect(await statesOf(draftId)).toEqual(["ada: voided", "bob: granted", "cyd: granted"]);
  expect(await publishDraft(bob(), { draftId, destinationIds: ["local"] })).toMatchObject({
    action: "queued",
  });
});
