import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import { refusal } from "@/lib/testing/config-database";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDelivery, aDraftRow, anIncident } from "@/lib/testing/records";
import { type DeleteRecordsInput, deleteRecords } from "./delete-records";

let database: TestDatabase;
let db: Database;
// The audit log cannot be emptied, so each test reads what carries its own request id.
let requestId = "";

const run = (fields: Partial<DeleteRecordsInput>, actor: Actor = actors.admin()) =>
  deleteRecords(testContext(db, actor, { nowMs: Date.now(), requestId }), {
    ...{ noun: "incident", ids: [], all: false },
    ...fields,
  });
const entries = () => db.prisma.auditEntry.findMany({ where: { requestId }, orderBy: { id: "asc" } });
const liveIncidents = async () =>
  (await db.prisma.incident.findMany({ where: { deletedAt: null } })).map((row) => row.id).sort();

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
});
beforeEach(async () => {
  requestId = newId.request();
  await db.pool.query("TRUNCATE incidents, drafts, approvals, payload_snapshots, deliveries CASCADE");
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

it("hides the ids it knows and skips the others; one summary entry names what went", async () => {
  const [one, two, three] = [await anIncident(db), await anIncident(db), await anIncident(db)];
  const gone = await anIncident(db, { deletedAt: new Date() });
  const ids = [one.id, "unknown", two.id, one.id, gone.id];
  expect(await run({ ids, reason: "a drill" })).toEqual({ deleted: 2 });
  expect(await liveIncidents()).toEqual([three.id]);
  const [entry, ...others] = await entries();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    action: "incident_monitor.incidents.deleted",
    actor: { kind: "user", id: "user-admin" },
    subjectKind: "incidents",
    detail: { all: false, deleted: 2, reason_given: true },
  });
  expect((entry?.detail as { ids: string[] }).ids.sort()).toEqual([one.id, two.id].sort());
  const row = await db.prisma.incident.findUniqueOrThrow({ where: { id: one.id } });
  expect(row.deletedReason).toBe("a drill");
});

it("nothing to delete is 0 and leaves no entry", async () => {
  await anIncident(db);
  expect(await run({})).toEqual({ deleted: 0 });
  expect(await run({ ids: ["unknown"] })).toEqual({ deleted: 0 });
  expect(await entries()).toEqual([]);
});

it("all clears everything whatever ids say, in commits of 200 that each carry their entry", async () => {
  await db.pool.query(
    `INSERT INTO incidents (id, scope_key, fingerprint_version, fingerprint, wire_fingerprint, identity, disposition,
       provenance, title, event_type, repo, first_seen_at, last_seen_at, created_at, updated_at)
     SELECT 'bulk-' || n, 'local', 1, 'f' || n, 'f' || n, '[]', 'drafted', 'report', 'T', 'e', 'r/r', now(), now(),
       now() - interval '1 minute', now() FROM generate_series(1, 1201) n`,
  );
  const tomorrow = await anIncident(db, { createdAt: new Date(Date.now() + 86_400_000) });
  expect(await run({ all: true, ids: ["unknown"] })).toEqual({ deleted: 1201 });
  // What comes in while it runs is not what was seen when it was asked for.
  expect(await liveIncidents()).toEqual([tomorrow.id]);
  const named = (await entries()).flatMap((entry) => (entry.detail as { ids: string[] }).ids);
  expect([(await entries()).length, new Set(named).size, named.length]).toEqual([7, 1201, 1201]);
});

it("a deleted draft's queue ends; posts go without their draft", async () => {
  const draft = await aDraftRow(db, { approval: "granted" });
  const due = await aDelivery(db, { draftId: draft.id });
  const sent = await aDelivery(db, { state: "published" });
  expect(await run({ noun: "draft", ids: [draft.id] })).toEqual({ deleted: 1 });
  expect(await db.prisma.delivery.findUniqueOrThrow({ where: { id: due.id } })).toMatchObject({
    state: "cancelled",
    lastReason: { code: "draft_deleted" },
  });
  expect(await db.prisma.incident.findFirst({ where: { draftId: draft.id } })).toBeNull();
  expect(await run({ noun: "post", all: true })).toEqual({ deleted: 2 });
  expect(await db.prisma.draft.count({ where: { deletedAt: null } })).toBe(1);
  const actions = (await entries()).map((entry) => entry.action).sort();
  expect(actions).toEqual([
    "incident_monitor.delivery.cancelled",
    "incident_monitor.drafts.deleted",
    "incident_monitor.posts.deleted",
  ]);
  expect((await db.prisma.delivery.findUniqueOrThrow({ where: { id: sent.id } })).state).toBe("published");
});

describe("whose records", () => {
  it("an admin of a project clears that project and nothing else", async () => {
    const mine = await aDraftRow(db, { projectId: "shop" });
    const others = await aDraftRow(db, { projectId: "bank" });
    const unbound = await aDraftRow(db);
    const member = actors.projectMember({ shop: "admin", bank: "approver" });
    expect(await run({ noun: "draft", ids: [others.id, unbound.id] }, member)).toEqual({ deleted: 0 });
    expect(await run({ noun: "draft", all: true }, member)).toEqual({ deleted: 1 });
    const live = await db.prisma.draft.findMany({ where: { deletedAt: null } });
    expect(live.map((row) => row.id).sort()).toEqual([others.id, unbound.id].sort());
    expect(await entries()).toMatchObject([{ projectId: "shop", detail: { ids: [mine.id], all: true } }]);
  });

  it.each<[string, Actor]>([
    ["an approver", actors.approver()],
    ["an approver of the project", actors.projectMember({ shop: "approver" })],
    ["a service token", actors.serviceToken()],
    ["an agent token", actors.agentToken()],
    ["a key", actors.intakeKey()],
  ])("%s may not, and the attempt is on record", async (_, actor) => {
    const incident = await anIncident(db, { projectId: "shop" });
    expect(await refusal(run({ ids: [incident.id] }, actor))).toMatchObject({ kind: "forbidden" });
    expect(await liveIncidents()).toEqual([incident.id]);
    expect(await entries()).toMatchObject([{ action: "incident_monitor.access.denied", outcome: "denied" }]);
  });
});

it("two at once delete each record once", async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, async () => (await anIncident(db)).id));
  const ends = await Promise.all([run({ ids }), run({ ids: [...ids].reverse() }), run({ all: true })]);
  expect(ends.reduce((sum, each) => sum + each.deleted, 0)).toBe(40);
  const named = (await entries()).flatMap((entry) => (entry.detail as { ids: string[] }).ids);
  expect(named.sort()).toEqual([...ids].sort());
});
