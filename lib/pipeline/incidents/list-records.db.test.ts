import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { refusal } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";
import { listDrafts } from "../drafts/list-drafts";
import { listPosts } from "../publishing/list-posts";
import { listIncidents } from "./list-incidents";
import { listOccurrences } from "./list-occurrences";

let testDatabase: TestDatabase;
let db: Database;
const at = (minute: number) => new Date(Date.UTC(2026, 5, 29, 12, minute));
const page = { limit: 50 };
const ctx = (actor = actors.admin()) => testContext(db, actor);
const incidents = async (filter: object) =>
  (await listIncidents(ctx(), { filter, page })).incidents.map((each) => each.incidentId);

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = openDatabase(testDatabase.url);
});
afterAll(async () => {
  await db?.close();
  await testDatabase?.drop();
});
beforeEach(async () => {
  await db.pool.query("TRUNCATE incidents CASCADE");
});

describe("searching", () => {
  beforeEach(async () => {
    await anIncident(db, {
      id: "i1",
      draftId: "failure-draft-00c0ffee01",
      title: "Settlement 100% in_flight stopped",
      detail: `the ledger\n${"x".repeat(960)} within ${"y".repeat(960)} beyond`,
      wireFingerprint: "client-Fingerprint",
      component: "Ledger",
    });
    await anIncident(db, { id: "i2", title: "Settlement 1000 inxflight stopped", source: "cron" });
    await anIncident(db, { id: "i3", title: "gone settlement", deletedAt: at(1) });
  });

  it.each([
    ["the title, in any case", "SETTLEMENT", ["i2", "i1"]],
    ["wildcards are letters like others", "100% in_", ["i1"]],
    ["a backslash too", "100\\% in", []],
    ["the beginning of the detail", "within", ["i1"]],
    ["not beyond its first 1,000 characters", "beyond", []],
    ["the fingerprint", "client-finger", ["i1"]],
    ["source and component", "cron", ["i2"]],
    ["component", "ledger", ["i1"]],
    ["the draft's id", "c0ffee01", ["i1"]],
    ["two letters", "x ", ["i1"]],
    ["what no record says", "nowhere", []],
  ])("%s", async (_, search, found) => {
    expect((await incidents({ search })).sort()).toEqual([...found].sort());
  });

  it("follows what changes, and forgets what is gone", async () => {
    await db.pool.query("UPDATE incidents SET title = 'Renamed', occurrence_count = 2 WHERE id = 'i2'");
    expect(await incidents({ search: "renamed" })).toEqual(["i2"]);
    expect(await incidents({ search: "inxflight" })).toEqual([]);
    await db.pool.query("DELETE FROM incidents WHERE id = 'i2'");
    const { rows } = await db.pool.query("SELECT incident_id FROM incident_texts ORDER BY 1");
    expect(rows.map((row) => row.incident_id)).toEqual(["i1", "i3"]);
  });

  it("drafts and posts are found by their incident's words and by their own ids", async () => {
    const draft = await aDraftRow(db, { id: "failure-draft-00ab12cd34", incidentId: "i1" });
    const other = await aDraftRow(db, { incidentId: "i2" });
    const delivery = await aDelivery(db, { draftId: draft.id, postId: "failure-post-99fe88dc77" });
    await aDelivery(db, { draftId: other.id });
    const drafts = async (search: string) =>
      (await listDrafts(ctx(), { filter: { search }, page })).drafts.map((each) => each.draftId);
    const posts = async (search: string) =>
      (await listPosts(ctx(), { filter: { search }, page })).posts.map(
        (each) => each.post.delivery.deliveryId,
      );
    expect(await drafts("100% in_")).toEqual([draft.id]);
    expect(await drafts("AB12CD34")).toEqual([draft.id]);
    expect(await posts("100% in_")).toEqual([delivery.id]);
    expect(await posts("99fe88dc77")).toEqual([delivery.id]);
    expect(await posts(delivery.idempotencyKey)).toEqual([delivery.id]);
    await db.pool.query("UPDATE drafts SET title = 'Said otherwise' WHERE id = $1", [draft.id]);
    expect(await drafts("said otherwise")).toEqual([draft.id]);
  });
});

describe("filtering", () => {
  it("incidents by project, source, risk, fingerprint, time, held and destination", async () => {
    await anIncident(db, { id: "a", projectId: "shop", logSourceId: "api", riskRank: 4, updatedAt: at(1) });
    await anIncident(db, { id: "b", projectId: "shop", source: "api", riskRank: 5, updatedAt: at(2) });
    await anIncident(db, { id: "c", wireFingerprint: "f-c", riskRank: 2, held: true, updatedAt: at(3) });
    const draft = await aDraftRow(db, { incidentId: "c" });
    await aDelivery(db, { draftId: draft.id, destinationId: "hook" });
    expect(await incidents({ projectId: "shop" })).toEqual(["b", "a"]);
    expect(await incidents({ source: "api" })).toEqual(["b", "a"]);
    expect(await incidents({ riskRank: 4 })).toEqual(["a"]);
    expect(await incidents({ riskRankMin: 4 })).toEqual(["b", "a"]);
    expect(await incidents({ fingerprint: "f-c" })).toEqual(["c"]);
    expect(await incidents({ held: true })).toEqual(["c"]);
    expect(await incidents({ held: false })).toEqual(["b", "a"]);
    expect(await incidents({ destinationId: "hook" })).toEqual(["c"]);
    expect(await incidents({ sinceMs: at(2).getTime(), untilMs: at(3).getTime() })).toEqual(["b"]);
    const member = ctx(actors.projectMember({ shop: "viewer" }));
    expect((await listIncidents(member, { filter: {}, page })).total).toBe(2);
    expect((await listIncidents(member, { filter: { fingerprint: "f-c" }, page })).total).toBe(0);
  });

  it("posts by what their drafts say, and by destination, incident and state", async () => {
    const draft = await aDraftRow(db, { projectId: "shop", riskRank: 5, fingerprint: "f-1" });
    const kept = await aDelivery(db, { draftId: draft.id, destinationId: "hook", updatedAt: at(5) });
    const legacy = await aDelivery(db, { destinationId: "", state: "published", updatedAt: at(4) });
    const posts = async (filter: object) =>
      (await listPosts(ctx(), { filter, page })).posts.map((each) => each.post.delivery.deliveryId);
    for (const filter of [
      { destinationId: "hook" },
      { projectId: "shop" },
      { riskRankMin: 4 },
      { fingerprint: "f-1" },
      { incidentId: draft.incidentId },
      { state: "due" },
      { sinceMs: at(5).getTime() },
    ]) {
      expect([filter, await posts(filter)]).toEqual([filter, [kept.id]]);
    }
    expect(await posts({ destinationId: "legacy-github" })).toEqual([legacy.id]);
    expect(await posts({ status: "posted" })).toEqual([legacy.id]);
  });
});

describe("paging", () => {
  it("reaches every row once, whatever comes in meanwhile, and says when it is over", async () => {
    for (let minute = 0; minute < 7; minute++)
      await anIncident(db, { id: `i${minute}`, updatedAt: at(minute % 3) });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const list = await listIncidents(ctx(), { filter: {}, page: { limit: 3, cursor } });
      seen.push(...list.incidents.map((each) => each.incidentId));
      cursor = list.nextCursor ?? undefined;
      await anIncident(db, { updatedAt: at(9) });
    } while (cursor);
    expect(seen).toEqual(["i5", "i2", "i4", "i1", "i6", "i3", "i0"]);
    const whole = await listIncidents(ctx(), { filter: { untilMs: at(9).getTime() }, page: { limit: 7 } });
    expect([whole.incidents.length, whole.nextCursor]).toEqual([7, null]);
  });

  it("a cursor of another list, filter or order is refused, naming it", async () => {
    for (let minute = 0; minute < 3; minute++)
      await aDraftRow(db, { projectId: "shop", createdAt: at(minute) });
    const first = await listDrafts(ctx(), { filter: { projectId: "shop" }, page: { limit: 1 } });
    const cursor = first.nextCursor ?? "";
    const next = { limit: 2, cursor };
    expect((await listDrafts(ctx(), { filter: { projectId: "shop" }, page: next })).drafts).toHaveLength(2);
    for (const refused of [
      listDrafts(ctx(), { filter: {}, page: next }),
      listDrafts(ctx(), { filter: { projectId: "other" }, page: next }),
      listIncidents(ctx(), { filter: { projectId: "shop" }, page: next }),
      listDrafts(ctx(), { filter: { projectId: "shop" }, page: { limit: 1, cursor: `${cursor}x`.slice(3) } }),
    ]) {
      expect(await refusal(refused)).toMatchObject({
        kind: "invalid",
        reason: "cursor_invalid",
        context: { field: "cursor" },
      });
    }
  });

  it("occurrences page and narrow; the buckets count all of them", async () => {
    const incident = await anIncident(db, { id: "i" });
    await db.prisma.occurrence.createMany({
      data: Array.from({ length: 5 }, (_, index) => ({
        id: `o${index}`,
        incidentId: incident.id,
        receivedAt: new Date(ctx().nowMs - index * 60_000),
        provenance: index === 4 ? ("operator" as const) : ("log_source" as const),
        reporter: {},
        logSourceId: index % 2 === 0 ? "api" : "web",
      })),
    });
    const list = (filter: object, limit: number, cursor?: string) =>
      listOccurrences(ctx(), {
        filter: { incidentId: "i", ...filter },
        bucket: "hour",
        page: { limit, cursor },
      });
    const first = await list({}, 3);
    const second = await list({}, 3, first.nextCursor ?? "");
    const ids = [...first.occurrences, ...second.occurrences].map((each) => each.occurrenceId);
    expect(ids).toEqual(["o0", "o1", "o2", "o3", "o4"]);
    expect([first.total, second.nextCursor]).toEqual([5, null]);
    const narrowed = await list({ source: "api", provenance: "log_source" }, 50);
    expect(narrowed.occurrences.map((each) => each.occurrenceId)).toEqual(["o0", "o2"]);
    expect(narrowed.buckets.reduce((sum, each) => sum + each.count, 0)).toBe(5);
    expect((await list({ untilMs: ctx().nowMs }, 50)).total).toBe(4);
  });
});
