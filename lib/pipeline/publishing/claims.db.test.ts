import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { type Claim, claimDueDeliveries, nextDueAfterMs, releaseClaims } from "@/lib/db/delivery-store";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { publishDraft } from "./publish-draft";

type Row = Awaited<ReturnType<Database["prisma"]["delivery"]["findFirstOrThrow"]>>;

let database: TestDatabase;
let db: Database;
let original: Row;

const nowMs = Date.UTC(2026, 5, 29, 12);
const leaseMs = 45_000;

/** `count` deliveries that fell due a second apart, the first the oldest, all before now. */
async function due(destinationId: string, count: number, fields: Partial<Row> = {}): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => {
    const id = `${destinationId}-${String(index).padStart(4, "0")}`;
    const nextAttemptAt = new Date(nowMs - (count - index) * 1_000);
    return { ...original, id, postId: id, idempotencyKey: id, destinationId, nextAttemptAt, ...fields };
  });
  await db.prisma.delivery.createMany({ data: rows as never });
  return rows.map((row) => row.id);
}

async function claim(worker: string, fields: Partial<Claim> = {}): Promise<string[]> {
  const taken = await claimDueDeliveries(db, {
    ...{ worker, limit: 96, perDestination: 32, busyDestinations: [], leaseMs, nowMs },
    ...{ heldProjects: [], retryLapsedKinds: ["telemetry"], ...fields },
  });
  return taken.map((each) => each.deliveryId).sort();
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const admin = testContext(db, actors.admin(), { nowMs });
  const destinations = [{ destinationId: "local", name: "Local", kind: "telemetry" }];
  const patch = { destinations, defaultDestinationIds: ["local"] } as Parameters<typeof aConfigPatch>[0];
  await patchConfig(admin, { patch: aConfigPatch(patch) });
  const { draft } = await acceptReport(admin, aReport());
  if (!draft) throw new Error("no draft");
  await publishDraft(admin, { draftId: draft.draftId, destinationIds: [] });
  original = await db.prisma.delivery.findFirstOrThrow();
});

beforeEach(async () => {
  await db.prisma.delivery.deleteMany();
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

describe("claiming", () => {
  it("takes each destination's oldest, and no more of one than its share", async () => {
    const slow = await due("slow", 200);
    const quick = await due("quick", 3);
    expect(await claim("w1")).toEqual([...quick, ...slow.slice(0, 32)].sort());
  });

  it("leaves out a destination that has no room, whatever waits for it", async () => {
    await due("slow", 300);
    const quick = await due("quick", 3);
    expect(await claim("w1", { busyDestinations: ["slow"] })).toEqual(quick);
  });

  it("takes the oldest of all when there is less room than is due", async () => {
    await due("a", 4, { nextAttemptAt: new Date(nowMs - 1_000) });
    const older = await due("b", 4, { nextAttemptAt: new Date(nowMs - 2_000) });
    expect(await claim("w1", { limit: 4 })).toEqual(older);
  });

  it("is decided between workers at once: each delivery is one worker's, counted once", async () => {
    const all = [...(await due("a", 150)), ...(await due("b", 150))].sort();
    const rounds = Array.from({ length: 24 }, (_, index) => claim(`w${index}`, { perDestination: 20 }));
    const taken = (await Promise.all(rounds)).flat();
    expect(new Set(taken).size).toBe(taken.length);
    while (taken.length < all.length) {
      const more = await claim("rest", { perDestination: 20 });
      expect(more.length).toBeGreaterThan(0);
      taken.push(...more);
    }
    expect(taken.sort()).toEqual(all);
    expect(await db.prisma.delivery.count({ where: { state: "sending", attemptCount: 1 } })).toBe(all.length);
  });

  it.each([
    ["not yet due", { nextAttemptAt: new Date(nowMs + 1) }, {}],
    ["being sent, its lease still running", { state: "sending", leaseUntil: new Date(nowMs + 1) }, {}],
    [
      "left behind by a dead worker, of a kind that must not be sent twice",
      { state: "sending", leaseUntil: new Date(nowMs - 1) },
      { retryLapsedKinds: [] },
    ],
    ["published", { state: "published" }, {}],
    ["cancelled", { state: "cancelled" }, {}],
  ] as Array<[string, Partial<Row>, Partial<Claim>]>)("does not take what is %s", async (_, row, asked) => {
    await due("a", 1, row);
    expect(await claim("w1", asked)).toEqual([]);
  });

  it("takes over what a dead worker left behind once its lease has run out", async () => {
    const left = await due("a", 2, { state: "sending", claimedBy: "dead", leaseUntil: new Date(nowMs - 1) });
    expect(await claim("w1")).toEqual(left);
    expect(await claim("w2", { nowMs: nowMs + leaseMs - 1 })).toEqual([]);
    expect(await claim("w2", { nowMs: nowMs + leaseMs })).toEqual(left);
  });

  it("leaves what belongs to a held project queued", async () => {
    await db.prisma.draft.update({ where: { id: original.draftId }, data: { projectId: "shop" } });
    const queued = await due("a", 2);
    expect(await claim("w1", { heldProjects: ["shop"] })).toEqual([]);
    expect(await claim("w1", { heldProjects: ["other"] })).toEqual(queued);
  });

  it("given back, is due again and was no attempt", async () => {
    const queued = await due("a", 2);
    await claim("w1");
    await releaseClaims(db, "w1", new Date(nowMs));
    expect(await db.prisma.delivery.findMany({ select: { state: true, attemptCount: true } })).toEqual(
      queued.map(() => ({ state: "due", attemptCount: 0 })),
    );
  });
});

describe("the next time to look", () => {
  it.each([
    ["nothing waits", {}, null, 0],
    ["something was due and had to be passed over", { nextAttemptAt: new Date(nowMs) }, null, 1],
    ["a retry is due later", { state: "retrying", nextAttemptAt: new Date(nowMs + 5_000) }, nowMs + 5_000, 1],
    ["one becomes due", { nextAttemptAt: new Date(nowMs + 1) }, nowMs + 1, 1],
    ["a lease runs out", { state: "sending", leaseUntil: new Date(nowMs + 9) }, nowMs + 9, 1],
    [
      "a lease has run out that nobody may take over",
      { state: "sending", leaseUntil: new Date(nowMs) },
      null,
      1,
    ],
    ["all has ended", { state: "published", nextAttemptAt: new Date(nowMs + 1) }, null, 1],
  ] as Array<[string, Partial<Row>, number | null, number]>)("when %s", async (_, row, expected, count) => {
    await due("a", count, row);
    expect(await nextDueAfterMs(db, nowMs)).toBe(expected);
  });
});
