import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import type { Actor } from "@/lib/domain/actor";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { refusal } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { approveDraft } from "../drafts/approve-draft";
import { getDraft } from "../drafts/get-draft";
import { getDraftReview } from "../drafts/get-draft-review";
import { listDrafts } from "../drafts/list-drafts";
import { getIncident } from "../incidents/get-incident";
import { listIncidents } from "../incidents/list-incidents";
import { acceptReport } from "../intake/accept-report";
import { getPost } from "../publishing/get-post";
import { listPosts } from "../publishing/list-posts";
import { publishDraft } from "../publishing/publish-draft";
import { previewRoute } from "../routing/preview-route";
import { patchConfig } from "../settings/patch-config";
import { deleteRecord } from "./delete-record";

let database: TestDatabase;
let db: Database;
let serial = 0;

const as = (actor: Actor) => testContext(db, actor, { nowMs: Date.now() });
const admin = () => as(actors.admin());
const approver = () => as(actors.approver());
const page = { page: { limit: 200, after: null }, filter: {} };
const remove = (noun: DeletableNoun, id: string, reason?: string) =>
  deleteRecord(admin(), { noun, id, reason });
const entriesOf = (subjectId: string) => db.prisma.auditEntry.findMany({ where: { subjectId } });

async function reported(fields: Parameters<typeof aReport>[0] = {}) {
  serial += 1;
  const report = aReport({ fingerprint: `delete-${serial}`, ...fields });
  const { incident, draft } = await acceptReport(admin(), report);
  if (!draft) throw new Error("no draft");
  return { report, incident, draft };
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
});
beforeEach(async () => {
  const destinations = [{ destinationId: "local", name: "Local", kind: "telemetry" }];
  await patchConfig(admin(), { patch: aConfigPatch({ destinations, defaultDestinationIds: ["local"] }) });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("a deleted incident", () => {
  it("is shown nowhere, is kept with who and why, and leaves its draft alone", async () => {
    const { incident, draft } = await reported();
    const { incidentId } = incident;
    expect(await remove("incident", incidentId, "a drill, password=hunter2-of-the-drill")).toEqual({
      deleted: 1,
    });
    expect(await refusal(getIncident(admin(), incidentId))).toMatchObject({ reason: "incident_not_found" });
    const { incidents } = await listIncidents(admin(), page);
    expect(incidents.map((each) => each.incidentId)).not.toContain(incidentId);
    const preview = {
      draftId: null,
      incidentId,
      report: null,
      explicit: { routeTags: [] },
      destinationIds: [],
    };
    expect(await refusal(previewRoute(admin(), preview))).toMatchObject({ reason: "incident_not_found" });
    expect(await getDraft(admin(), draft.draftId)).toMatchObject({ incidentId });

    const row = await db.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } });
    expect(row.deletedBy).toEqual({ kind: "user", id: "user-admin", name: "The admin" });
    expect(row.deletedReason).toMatch(/^a drill, password=/);
    expect(row.deletedReason).not.toContain("hunter2");
    expect(await entriesOf(incidentId)).toMatchObject([
      { action: "incident_monitor.incident.deleted", outcome: "done", detail: { reason_given: true } },
    ]);
  });

  it("D-23: the same failure starts a new incident", async () => {
    const first = await reported();
    await remove("incident", first.incident.incidentId);
    const again = await acceptReport(admin(), first.report);
    expect(again.outcome).toBe("new");
    expect(again.incident.incidentId).not.toBe(first.incident.incidentId);
    expect(again.incident.occurrenceCount).toBe(1);
    expect(again.draft?.draftId).not.toBe(first.draft.draftId);
  });

  it("takes no sighting that was merged into it either", async () => {
    const { incident, report } = await reported();
    const other = await reported();
    await remove("incident", other.incident.incidentId);
    const { scopeKey, fingerprintVersion, fingerprint } = other.incident;
    await db.prisma.incidentAlias.create({
      data: {
        ...{ scopeKey, fingerprintVersion, fingerprint, incidentId: incident.incidentId },
        createdBy: { kind: "system", id: "test", name: "test" },
      },
    });
    const merged = await acceptReport(admin(), other.report);
    expect(merged.incident).toMatchObject({ incidentId: incident.incidentId, occurrenceCount: 2 });
    await remove("incident", incident.incidentId);
    const own = await acceptReport(admin(), other.report);
    expect(own.incident.incidentId).not.toBe(incident.incidentId);
    expect((await acceptReport(admin(), report)).outcome).toBe("new");
  });
});

describe("a deleted draft", () => {
  it("is shown nowhere; its incident stays without it, and drafts the next sighting anew", async () => {
    const { incident, draft, report } = await reported();
    const { draftId } = draft;
    await remove("draft", draftId);
    expect(await refusal(getDraft(admin(), draftId))).toMatchObject({ reason: "draft_not_found" });
    expect(await refusal(getDraftReview(admin(), draftId))).toMatchObject({ reason: "draft_not_found" });
    const preview = {
      draftId,
      incidentId: null,
      report: null,
      explicit: { routeTags: [] },
      destinationIds: [],
    };
    expect(await refusal(previewRoute(admin(), preview))).toMatchObject({ reason: "draft_not_found" });
    const { drafts } = await listDrafts(admin(), page);
    expect(drafts.map((each) => each.draftId)).not.toContain(draftId);
    expect((await getIncident(admin(), incident.incidentId)).draftId).toBeNull();

    const again = await acceptReport(admin(), report);
    expect(again).toMatchObject({ outcome: "recurrence", incident: { incidentId: incident.incidentId } });
    expect(again.incident.occurrenceCount).toBe(2);
    expect(again.draft).toMatchObject({ incidentId: incident.incidentId, approval: "not_required" });
    expect(again.draft?.draftId).not.toBe(draftId);
    const third = await acceptReport(admin(), report);
    expect(third.draft?.draftId).toBe(again.draft?.draftId);
    expect((await getDraft(admin(), again.draft?.draftId ?? "")).occurrenceCount).toBe(3);
  });

  it("ends its approval and what was queued, on record; nobody publishes it any more", async () => {
    const { draft } = await reported({ riskLevel: "high" });
    const { draftId } = draft;
    await approveDraft(approver(), { draftId });
    await publishDraft(approver(), { draftId, destinationIds: [] });
    await remove("draft", draftId);
    const delivery = await db.prisma.delivery.findFirstOrThrow({ where: { draftId } });
    expect(delivery).toMatchObject({
      state: "cancelled",
      lastReason: { code: "draft_deleted" },
      deletedAt: null,
    });
    expect(await entriesOf(delivery.id)).toMatchObject([
      { action: "incident_monitor.delivery.cancelled", actor: { id: "user-admin" } },
    ]);
    expect(await db.prisma.approval.findFirstOrThrow({ where: { draftId } })).toMatchObject({
      state: "withdrawn",
      endedReason: [{ code: "draft_deleted" }],
    });
    const publish = publishDraft(approver(), { draftId, destinationIds: [] });
    expect(await refusal(publish)).toMatchObject({ reason: "draft_not_found" });
    // Deletes do not cascade: the post tells what became of it.
    expect((await getPost(admin(), delivery.postId)).post.delivery.state).toBe("cancelled");
  });

  it("a publish that passed its gate first is waited for, and cancelled", async () => {
    const { draft } = await reported();
    const { draftId } = draft;
    let deleted: Promise<unknown> = Promise.resolve();
    await inTransaction(db, async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM drafts WHERE id = ${draftId} FOR SHARE`;
      deleted = remove("draft", draftId);
      await waitUntilBlocked();
      await aDelivery(db, { draftId });
    });
    await deleted;
    const delivery = await db.prisma.delivery.findFirstOrThrow({ where: { draftId } });
    expect(delivery.state).toBe("cancelled");
  });

  it("a deletion committed while a publish passes the gate closes it", async () => {
    const { draft } = await reported();
    const { draftId } = draft;
    let published: Promise<unknown> = Promise.resolve();
    await inTransaction(db, async (tx) => {
      await tx.draft.update({ where: { id: draftId }, data: { deletedAt: new Date() } });
      published = publishDraft(approver(), { draftId, destinationIds: [] }).catch((error: unknown) => error);
      await waitUntilBlocked();
    });
    expect(await published).toMatchObject({ kind: "conflict", reason: "draft_moved" });
    expect(await db.prisma.delivery.count({ where: { draftId } })).toBe(0);
  });
});

describe("a deleted post", () => {
  it("is shown nowhere; its draft still says that it left", async () => {
    const { id, postId, draftId } = await aDelivery(db, { state: "published", endedAt: new Date() });
    await remove("post", postId, "wrong channel");
    expect(await refusal(getPost(admin(), postId))).toMatchObject({ reason: "post_not_found" });
    expect((await listPosts(admin(), page)).posts.map(({ post }) => post.delivery.postId)).not.toContain(
      postId,
    );
    expect((await getDraft(admin(), draftId)).newestDelivery).toMatchObject({ state: "published" });
    const row = await db.prisma.delivery.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: "published", deletedReason: "wrong channel" });
    expect(row.idempotencyKey).not.toBe("");
  });

  it("that waited is cancelled; one being sent ends as it ends", async () => {
    const waiting = await aDelivery(db, { state: "retrying" });
    const sending = await aDelivery(db, { state: "sending", claimedBy: "w1" });
    await remove("post", waiting.postId);
    await remove("post", sending.postId);
    expect(await db.prisma.delivery.findUniqueOrThrow({ where: { id: waiting.id } })).toMatchObject({
      state: "cancelled",
      lastReason: { code: "post_deleted" },
    });
    expect(await db.prisma.delivery.findUniqueOrThrow({ where: { id: sending.id } })).toMatchObject({
      state: "sending",
      claimedBy: "w1",
    });
    expect(await entriesOf(waiting.id)).toMatchObject([{ action: "incident_monitor.delivery.cancelled" }]);
    expect(await entriesOf(sending.id)).toEqual([]);
  });
});

describe("who may delete", () => {
  const make: Record<DeletableNoun, (projectId: string) => Promise<string>> = {
    incident: async (projectId) => (await anIncident(db, { projectId })).id,
    draft: async (projectId) => (await aDraftRow(db, { projectId })).id,
    post: async (projectId) => {
      const draft = await aDraftRow(db, { projectId });
      return (await aDelivery(db, { draftId: draft.id })).postId;
    },
  };
  const member = actors.projectMember({ shop: "admin" });

  it.each<[string, Actor, string, "done" | "forbidden" | "not_found"]>([
    ["an admin", actors.admin(), "shop", "done"],
    ["an admin token", actors.adminToken(), "shop", "done"],
    ["an admin of the project", member, "shop", "done"],
    ["an admin of another project", member, "bank", "not_found"],
    [
      "a viewer who administers another",
      actors.viewer({ projectRoles: { shop: "admin" } }),
      "bank",
      "forbidden",
    ],
    ["an approver", actors.approver(), "shop", "forbidden"],
    ["a service token", actors.serviceToken(), "shop", "forbidden"],
    ["an agent token", actors.agentToken(), "shop", "forbidden"],
    ["a key of the project", actors.intakeKey(), "shop", "forbidden"],
  ])("%s", async (_, actor, projectId, expected) => {
    for (const noun of ["incident", "draft", "post"] as const) {
      const id = await make[noun](projectId);
      const outcome = await deleteRecord(as(actor), { noun, id }).then(
        () => "done",
        (error: { kind: string }) => error.kind,
      );
      expect([noun, outcome]).toEqual([noun, expected]);
      const entries = await entriesOf(id);
      expect(entries.map((entry) => entry.action)).toEqual([
        expected === "done" ? `incident_monitor.${noun}.deleted` : "incident_monitor.access.denied",
      ]);
    }
  });

  it("of two who delete the same one the second finds nothing", async () => {
    for (const noun of ["incident", "draft", "post"] as const) {
      const id = await make[noun]("shop");
      const ends = await Promise.allSettled([remove(noun, id), remove(noun, id)]);
      expect(ends.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect((await entriesOf(id)).length).toBe(1);
      expect(await refusal(remove(noun, id))).toMatchObject({
        kind: "not_found",
        context: { [`${noun}_id`]: id },
      });
    }
  });
});

const waiting =
  "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/** Until some session waits for a lock that another one holds. */
async function waitUntilBlocked(): Promise<void> {
  await expect
    .poll(async () => (await db.pool.query(waiting)).rows.length, { timeout: 10_000, interval: 20 })
    .toBeGreaterThan(0);
}
