import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { FailureReport } from "@/lib/domain/report";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { approveDraft } from "../drafts/approve-draft";
import { acceptReport } from "./accept-report";
import { acceptReports } from "./accept-reports";
import type { IncomingReport } from "./prepare-report";

/** Two connection sets on one database hold copies of their own, as two processes do. */
let database: TestDatabase;
let here: Database;
let there: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  here = openDatabase(database.url);
  there = openDatabase(database.url);
});
afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});

const report = (title: string, fields: Partial<FailureReport> = {}): IncomingReport => ({
  path: { kind: "unbound", provenance: "report" },
  report: {
    title,
    detail: "settlement stopped",
    source: "payments",
    event: `${title}.failed`,
    level: "error",
    excerpt: [],
    evidenceRefs: [],
    externalCorrelationIds: [],
    attributes: {},
    ...fields,
  },
  idempotency: null,
});
const at = (db: Database) => testContext(db, actors.adminToken());
const accept = (db: Database, incoming: IncomingReport) => acceptReport(at(db), incoming);

describe("a repeat of a failure this process knows", () => {
  it("is answered with its record, counted once more", async () => {
    const first = await accept(here, report("Known"));
    const second = await accept(here, report("Known"));
    const third = await accept(here, report("Known"));
    expect([first, second, third].map((each) => each.incident.occurrenceCount)).toEqual([1, 2, 3]);
    expect(third.outcome).toBe("recurrence");
    expect(third.draft).toEqual({
      ...first.draft,
      occurrenceCount: 3,
      lastSeenAtMs: third.draft?.lastSeenAtMs,
    });
    expect(third.incident).toEqual({
      ...first.incident,
      occurrenceCount: 3,
      lastSeenAtMs: third.incident.lastSeenAtMs,
      updatedAtMs: third.incident.updatedAtMs,
    });
    const rows = await here.prisma.occurrence.count({ where: { incidentId: first.incident.incidentId } });
    expect(rows).toBe(3);
  });

  it("shows the decision that another process took meanwhile", async () => {
    const first = await accept(here, report("Decided"));
    await accept(here, report("Decided", { riskLevel: "critical" }));
    const draftId = first.draft?.draftId ?? "";
    await approveDraft(testContext(there, actors.admin()), { draftId });
    const after = await accept(here, report("Decided"));
    expect(after).toMatchObject({
      suppressed: true,
      draft: { draftId, approval: "granted" },
      incident: { occurrenceCount: 3, draftFacets: { approval: "granted" } },
    });
    expect(after.draft?.approvalGrantedAtMs).toEqual(expect.any(Number));
  });

  it("shows what another process added meanwhile, and adds to that", async () => {
    await accept(here, report("Added", { evidenceRefs: ["a"] }));
    await accept(there, report("Added", { evidenceRefs: ["b"], riskCategory: "billing" }));
    const third = await accept(here, report("Added"));
    for (const record of [third.incident, third.draft?.content]) {
      expect(record).toMatchObject({ evidenceRefs: ["a", "b"], riskCategory: "billing" });
    }
    const fourth = await accept(here, report("Added", { evidenceRefs: ["c"] }));
    expect(fourth.draft?.content.evidenceRefs).toEqual(["a", "b", "c"]);
    expect(fourth.incident).toMatchObject({ occurrenceCount: 4, evidenceRefs: ["a", "b", "c"] });
  });

  it("opens a new incident when the known one was deleted, also beside live ones", async () => {
    const gone = await accept(here, report("Gone"));
    const live = await accept(here, report("Live"));
    await there.prisma.incident.update({
      where: { id: gone.incident.incidentId },
      data: { deletedAt: new Date() },
    });
    const answers = await acceptReports(at(here), { reports: [report("Live"), report("Gone")] });
    const [again, anew] = answers.map((answer) => (answer.ok ? answer.accepted : null));
    expect(again?.incident).toMatchObject({ incidentId: live.incident.incidentId, occurrenceCount: 2 });
    expect(anew?.outcome).toBe("new");
    expect(anew?.incident.incidentId).not.toBe(gone.incident.incidentId);
    expect(anew?.incident.occurrenceCount).toBe(1);
  });

  it("goes to the incident it was merged into, and back when that is undone", async () => {
    const first = await accept(here, report("Twin one"));
    const kept = await accept(here, report("Twin two"));
    const { scopeKey, fingerprintVersion, fingerprint } = first.incident;
    const alias = { scopeKey, fingerprintVersion, fingerprint };
    await there.prisma.incident.update({
      where: { id: first.incident.incidentId },
      data: { mergedIntoId: kept.incident.incidentId },
    });
    await there.prisma.incidentAlias.create({
      data: { ...alias, incidentId: kept.incident.incidentId, createdBy: {} },
    });
    for (const expected of [2, 3]) {
      const merged = await accept(here, report("Twin one"));
      expect(merged.incident).toMatchObject({
        incidentId: kept.incident.incidentId,
        occurrenceCount: expected,
      });
    }
    await there.prisma.incidentAlias.delete({
      where: { scopeKey_fingerprintVersion_fingerprint: alias },
    });
    await there.prisma.incident.update({
      where: { id: first.incident.incidentId },
      data: { mergedIntoId: null },
    });
    const split = await accept(here, report("Twin one"));
    expect(split.incident).toMatchObject({ incidentId: first.incident.incidentId, occurrenceCount: 2 });
  });

  it("counts every one of 400 simultaneous sightings from two processes", async () => {
    await accept(here, report("Race"));
    await accept(there, report("Race"));
    await Promise.all(Array.from({ length: 400 }, (_, n) => accept(n % 2 ? here : there, report("Race"))));
    const last = await accept(here, report("Race"));
    expect(last.incident.occurrenceCount).toBe(403);
    const rows = await here.prisma.occurrence.count({ where: { incidentId: last.incident.incidentId } });
    expect(rows).toBe(403);
  });

  it("sent beside something new is in the same commit, whose audit entry says what was counted", async () => {
    await accept(here, report("Audited"));
    const before = new Set((await here.prisma.auditEntry.findMany()).map((entry) => entry.id));
    await acceptReports(at(here), { reports: [report("Audited"), report("Audited"), report("Other news")] });
    const entries = (await here.prisma.auditEntry.findMany()).filter((entry) => !before.has(entry.id));
    // One caller's reports are one commit (D-26), so one entry, also when some of them are new.
    expect(entries.map((entry) => entry.detail)).toEqual([
      expect.objectContaining({ accepted: 3, incidents: 2 }),
    ]);
  });
});

describe("an origin (a log line, an event) that was counted", () => {
  const from = (originKey: string, title = "Line"): IncomingReport => ({ ...report(title), originKey });

  it("is answered with its record and not counted again: later, in one batch, and beside new ones", async () => {
    const first = await accept(here, from("log:1:0"));
    const again = await accept(here, from("log:1:0"));
    expect(again.incident).toMatchObject({
      incidentId: first.incident.incidentId,
      occurrenceCount: 1,
    });
    const answers = await acceptReports(at(here), {
      reports: [from("log:1:0"), from("log:1:80"), from("log:1:80"), from("log:1:160", "Other line")],
    });
    const counts = answers.map((answer) => (answer.ok ? answer.accepted.incident.occurrenceCount : null));
    expect(counts).toEqual([1, 2, 2, 1]);
  });

  it("is counted once when two processes read it at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => accept(n % 2 ? here : there, from("log:2:0", "Raced line"))),
    );
    expect(new Set(answers.map((answer) => answer.incident.incidentId)).size).toBe(1);
    const id = answers[0]?.incident.incidentId ?? "";
    expect((await here.prisma.incident.findUniqueOrThrow({ where: { id } })).occurrenceCount).toBe(1);
  });
});
