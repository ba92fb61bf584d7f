import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aReport } from "@/lib/testing/reports";
import { approveDraft } from "../drafts/approve-draft";
import { acceptReport } from "../intake/accept-report";
import { countHours } from "./count-hours";
import { getOverview } from "./get-overview";
import { getTrends } from "./get-trends";

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 10, 26, 14, 30);
let database: TestDatabase;
let db: Database;
const at = (ms: number, actor = actors.admin()) => testContext(db, actor, { nowMs: ms });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  // Three days of one failure, an occurrence every two hours.
  for (let hours = 72; hours >= 0; hours -= 2) await report(nowMs - hours * hourMs, "a");
}, 60_000);
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

const report = (ms: number, title: string) => acceptReport(at(ms), aReport({ title }));

describe("occurrences by source", () => {
  it("the same before the hours are counted, while they are, and after", async () => {
    const read = async (window: "24h" | "7d") => (await getTrends(at(nowMs), window)).occurrences;
    const before = [await read("24h"), await read("7d")];
    expect(before.map((each) => each.total)).toEqual([12, 37]);
    expect(before[1]?.sources).toMatchObject([{ projectId: null, source: "report", total: 37 }]);
    const hourly = (await getOverview(at(nowMs))).hourly;
    await countHours(at(nowMs, { ...actors.system() } as never));
    expect([await read("24h"), await read("7d")]).toEqual(before);
    expect((await getOverview(at(nowMs))).hourly).toEqual(hourly);
    // Counted again it is the same, and what comes after is counted beside it.
    await countHours(at(nowMs, { ...actors.system() } as never));
    await report(nowMs, "a");
    expect((await read("24h")).total).toBe(13);
  });

  it("an hour is not counted before late commits had their time", async () => {
    const { rows } = await db.pool.query("SELECT max(hour) AS newest FROM occurrence_hours");
    const newest = (rows[0]?.newest as Date).getTime();
    expect(newest + hourMs).toBeLessThanOrEqual(nowMs - 5 * 60_000);
  });

  it("somebody with a role on no project of theirs sees none", async () => {
    const { occurrences, deliveries } = await getTrends(
      at(nowMs, actors.projectMember({ web: "viewer" })),
      "7d",
    );
    expect([occurrences.total, occurrences.sources, deliveries]).toEqual([0, [], []]);
  });
});

it("time to decision is from the draft to its first decision", async () => {
  const drafts = await Promise.all(["x", "y", "z"].map((title) => report(nowMs - 10 * hourMs, title)));
  const [minutes] = [[10, 20, 60]];
  for (const [index, accepted] of drafts.entries()) {
    const draftId = accepted.draft?.draftId ?? "";
    await db.pool.query("UPDATE drafts SET approval = 'required' WHERE id = $1", [draftId]);
    const decidedAt = nowMs - 10 * hourMs + (minutes?.[index] ?? 0) * 60_000;
    await approveDraft(at(decidedAt), { draftId, reason: "seen" });
  }
  const { decisions } = await getTrends(at(nowMs), "24h");
  expect([decisions.decided, decisions.medianMs]).toEqual([3, 20 * 60_000]);
  expect(decisions.p90Ms).toBe(52 * 60_000);
  expect(decisions.bars.filter((bar) => bar.decided > 0).map((bar) => bar.decided)).toEqual([2, 1]);
});

describe("what waits in the inbox", () => {
  it("keys that end, for those who may manage them; not those that another took over from", async () => {
    const key = (name: string, expiresAtMs: number | null, more: object = {}) =>
      db.prisma.intakeKey.create({
        data: {
          ...{
            id: newId.intakeKey(),
            projectId: "shop",
            name,
            prefix: "tim_intake_",
            keyHash: newId.request(),
          },
          ...{ createdBy: {}, expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs) },
          ...more,
        },
      });
    await key("ends", nowMs + 24 * hourMs);
    await key("ended", nowMs - 24 * hourMs);
    await key("later", nowMs + 30 * 24 * hourMs);
    await key("never", null);
    await key("off", nowMs + hourMs, { enabled: false });
    const old = await key("old", nowMs + hourMs);
    await key("new", null, { rotatedFromId: old.id });
    const names = async (actor: Parameters<typeof at>[1]) =>
      (await getOverview(at(nowMs, actor))).expiringKeys.map((each) => each.name);
    expect(await names(actors.admin())).toEqual(["ended", "ends"]);
    expect(await names(actors.approver())).toEqual([]);
    expect(await names(actors.projectMember({ shop: "admin" }))).toEqual(["ended", "ends"]);
    expect(await names(actors.projectMember({ web: "admin" }))).toEqual([]);
  });
});
