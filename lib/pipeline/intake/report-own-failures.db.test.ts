import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aDelivery, aDraftRow } from "@/lib/testing/records";
import { countFaults } from "@/lib/workers/count-faults";
import { setPaused } from "../settings/set-paused";
import { reportFailedDeliveries, reportOwnFailures } from "./report-own-failures";

let database: TestDatabase;
let db: Database;

const nowMs = Date.UTC(2026, 5, 29, 12);
const system = () => testContext(db, actors.system("own-failures"), { nowMs });
const sweep = (sinceMs = nowMs - 86_400_000) => reportFailedDeliveries(system(), sinceMs);
const own = () =>
  db.prisma.incident.findMany({ where: { provenance: "self_monitoring" }, orderBy: { createdAt: "asc" } });

const failed = (fields: Partial<Prisma.DeliveryUncheckedCreateInput> = {}) =>
  aDelivery(db, {
    ...{ destinationId: "pager", kind: "webhook", state: "failed", attemptCount: 10 },
    lastReason: { code: "http_status", message: "The receiver answered 503.", fields: { status: 503 } },
    updatedAt: new Date(nowMs - 60_000),
    ...fields,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
});

beforeEach(async () => {
  await db.pool.query("TRUNCATE incidents, deliveries, drafts, occurrences CASCADE");
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("D-36: deliveries that failed for good", () => {
  it("become one incident per destination and reason, with a draft, of kind tandem_monitor", async () => {
    const first = await failed();
    await failed();
    await failed({ destinationId: "hook" });
    expect(await sweep()).toBe(3);
    const incidents = await own();
    const pager = incidents.find((each) => each.component === "pager");
    expect(incidents).toHaveLength(2);
    expect(pager).toMatchObject({
      ...{ occurrenceCount: 2, sourceKind: "tandem_monitor", eventType: "incident_monitor.delivery.failed" },
      title: "Deliveries to pager fail: http_status 503",
    });
    expect(pager?.detail).toContain("end: given up after 10 attempts");
    const draft = await db.prisma.draft.findUniqueOrThrow({ where: { id: pager?.draftId ?? "" } });
    expect(draft).toMatchObject({ provenance: "self_monitoring", sourceKind: "tandem_monitor" });
    const occurrence = await db.prisma.occurrence.findFirstOrThrow({
      where: { originKey: `delivery:${first.id}:10` },
    });
    expect(occurrence.reporter).toMatchObject({ kind: "system", id: "own-failures" });
    const entry = await db.prisma.auditEntry.findFirstOrThrow({
      where: { action: "incident_monitor.intake.batch" },
      orderBy: { at: "desc" },
    });
    expect(entry.detail).toMatchObject({ accepted: 3, reporters: ["system:own-failures"] });
  });

  it("are counted once by many sweeps and by sweeps at once, and again when they fail again", async () => {
    const { id } = await failed();
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await sweep()).toBe(0);
    expect((await own())[0]?.occurrenceCount).toBe(1);
    await db.prisma.delivery.update({ where: { id }, data: { attemptCount: 20 } });
    expect(await sweep()).toBe(1);
    expect((await own())[0]?.occurrenceCount).toBe(2);
  });

  it("are reported although the process that ended them died before: the row tells", async () => {
    await failed({ updatedAt: new Date(nowMs - 3 * 86_400_000) });
    expect(await sweep(nowMs - 7 * 86_400_000)).toBe(1);
  });

  it("more of them than go into one commit are all reported", async () => {
    const draft = await aDraftRow(db);
    for (let at = 0; at < 103; at++) await failed({ draftId: draft.id });
    expect(await sweep()).toBe(103);
    expect((await own())[0]?.occurrenceCount).toBe(103);
  });

  it("never about themselves: a notice that cannot be delivered makes no other notice", async () => {
    await failed();
    await sweep();
    const notice = await db.prisma.draft.findFirstOrThrow({ where: { provenance: "self_monitoring" } });
    await failed({ draftId: notice.id });
    expect(await sweep()).toBe(0);
    expect(await own()).toHaveLength(1);
    expect((await own())[0]?.occurrenceCount).toBe(1);
  });

  it.each(["published", "retrying", "blocked", "cancelled", "ambiguous", "due"] as const)(
    "not one that is %s",
    async (state) => {
      await failed({ state });
      expect(await sweep()).toBe(0);
    },
  );

  it("say that the destination was stopped, and nothing of what was to be published", async () => {
    await db.prisma.destinationHealth.create({
      data: {
        destinationId: "gone",
        disabledReason: "The receiver answered 410",
        updatedAt: new Date(nowMs),
      },
    });
    const draft = await aDraftRow(db, { title: "Customer Halden was charged twice" });
    await failed({
      destinationId: "gone",
      draftId: draft.id,
      attemptCount: 1,
      body: '{"title":"charged twice"}',
    });
    await sweep();
    const [incident] = await own();
    expect(incident?.detail).toContain("destination_stopped: The receiver answered 410");
    expect(incident?.detail).toContain("end: refused for good");
    expect(JSON.stringify(incident)).not.toContain("charged twice");
  });

  it("D-15: while paused they are held like everything else", async () => {
    const admin = testContext(db, actors.adminToken());
    await setPaused(admin, { paused: true });
    await failed();
    await sweep();
    expect((await own())[0]?.held).toBe(true);
    await setPaused(admin, { paused: false });
  });
});

it.each([actors.adminToken(), actors.admin(), actors.serviceToken(), actors.agentToken()])(
  "only the system reports its own failures: not a $kind",
  async (actor) => {
    await expect(reportOwnFailures(testContext(db, actor), [])).rejects.toMatchObject({ kind: "forbidden" });
    const denied = await db.prisma.auditEntry.findFirst({
      where: { action: "incident_monitor.access.denied", subjectId: "own-failures" },
      orderBy: { at: "desc" },
    });
    expect(denied?.detail).toMatchObject({ permission: "work" });
  },
);

describe("a loop that keeps failing", () => {
  const at = { ms: nowMs };
  const loop = (name: string) =>
    countFaults(
      {
        ...{ db, clock: { nowMs: () => at.ms }, deliveryLeaseMs: 1, onChange: () => () => undefined },
        context: (actorName) => testContext(db, actors.system(actorName), { nowMs: at.ms }),
        health: (read) => read(),
      },
      name,
    );
  const fault = Object.assign(new Error("secret words of an error"), { code: "23514" });

  it("is an incident from the fifth failure in a row, said again every ten minutes, without the error's words", async () => {
    const faults = loop("approvals");
    for (let nth = 1; nth <= 4; nth++) await faults.failed(fault, "could not");
    expect(await own()).toHaveLength(0);
    await faults.failed(fault, "could not");
    await faults.failed(fault, "could not");
    const [incident] = await own();
    expect(incident).toMatchObject({
      title: "The worker approvals keeps failing: Error 23514",
      occurrenceCount: 1,
    });
    expect(JSON.stringify(incident)).not.toContain("secret words");
    at.ms += 10 * 60_000;
    await faults.failed(fault, "could not");
    expect((await own())[0]?.occurrenceCount).toBe(2);
  });

  it("a turn that went well begins the count anew", async () => {
    const faults = loop("other");
    for (let round = 0; round < 3; round++) {
      for (let nth = 1; nth <= 4; nth++) await faults.failed(fault, "could not");
      faults.passed();
    }
    expect(await own()).toHaveLength(0);
  });
});
