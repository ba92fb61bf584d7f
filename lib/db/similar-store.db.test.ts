import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDraftContent, anIncident } from "@/lib/testing/records";
import { findLastGood, listKnownFailures, listKnownPatterns } from "./similar-store";

let database: TestDatabase;
let db: Database;
const at = (minutes: number) => new Date(Date.UTC(2026, 5, 29, 10, minutes));
const failure = (id: string, fields: Parameters<typeof anIncident>[1] = {}) =>
  anIncident(db, {
    id,
    projectId: "shop",
    repo: "acme/shop",
    wireFingerprint: id,
    lastSeenAt: at(5),
    ...fields,
  });
const of = { incidentId: "mine", projectId: "shop", fingerprint: "same", repo: "acme/shop" };

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  await failure("mine", { wireFingerprint: "same", firstSeenAt: at(30), lastSeenAt: at(40) });
  await failure("alike");
  await failure("same-before", { wireFingerprint: "same", deletedAt: at(6), deletedBy: {} });
  await failure("deleted", { deletedAt: at(6), deletedBy: {} });
  await failure("merged", { mergedIntoId: "alike" });
  await failure("elsewhere", { projectId: "other", wireFingerprint: "same", lastSeenAt: at(20) });
  await failure("unbound", { projectId: null, wireFingerprint: "same", lastSeenAt: at(20) });
  await failure("unbound-elsewhere", { projectId: null, repo: "acme/other" });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

it("knows a project's other failures, and deleted ones of the same fingerprint; never another project's", async () => {
  const known = await listKnownFailures(db, of);
  expect(known.map((each) => each.incidentId).sort()).toEqual(["alike", "same-before"]);
});

it("of what belongs to no project, those of the same repository", async () => {
  const known = await listKnownFailures(db, { ...of, projectId: null });
  expect(known.map((each) => each.incidentId)).toEqual(["unbound"]);
});

it("memory: of the same project, the same fingerprint first", async () => {
  const memory = (id: string, projectId: string | null, fingerprint: string, minutes: number) =>
    db.prisma.memoryRecord.create({
      data: {
        ...{ id, destinationId: "memory", category: "failure_pattern", fingerprint, summary: id },
        ...{ facts: { project_id: projectId, repo: "acme/shop" }, createdAt: at(minutes) },
      },
    });
  await memory("newer", "shop", "x", 9);
  await memory("exact", "shop", "same", 1);
  await memory("foreign", "other", "same", 9);
  await memory("unbound", null, "same", 9);
  const ids = async (projectId: string | null) =>
    (await listKnownPatterns(db, { ...of, projectId })).map((each) => each.recordId);
  expect(await ids("shop")).toEqual(["exact", "newer"]);
  expect(await ids(null)).toEqual(["unbound"]);
});

it("when it was last seen before: of the same project alone, and null for what is new", async () => {
  const draft = {
    ...{
      incidentId: "mine",
      fingerprint: "same",
      firstSeenAtMs: at(30).getTime(),
      createdAtMs: at(30).getTime(),
    },
    ...{ regressionOfId: null, content: aDraftContent({ projectId: "shop", repo: "acme/shop" }) },
  };
  expect(await findLastGood(db, draft)).toBe(at(5).getTime());
  expect(await findLastGood(db, { ...draft, fingerprint: "never-seen" })).toBeNull();
  await db.prisma.occurrence.create({
    data: { id: "o-1", incidentId: "mine", receivedAt: at(12), provenance: "report", reporter: {} },
  });
  const regression = { ...draft, regressionOfId: "an-earlier-draft" };
  expect(await findLastGood(db, regression)).toBe(at(12).getTime());
});
