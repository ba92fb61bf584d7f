import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { type Completion, circuitRule, completeDeliveries } from "@/lib/db/completion-store";
import { loadConfig } from "@/lib/db/config-store";
import { claimDueDeliveries } from "@/lib/db/delivery-store";
import { openProbes, readDestinationHealth } from "@/lib/db/destination-health-store";
import { returnSends, takeSends } from "@/lib/db/destination-pace-store";
import type { PublishOutcome } from "@/lib/domain/delivery";
import { afterAttempt } from "@/lib/domain/delivery";
import { paceOf } from "@/lib/domain/delivery-pace";
import { reason } from "@/lib/domain/reason";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { completionOf } from "./delivery-completion";
import { publishDraft } from "./publish-draft";
import { reserveRoom } from "./reserve-room";

let database: TestDatabase;
let db: Database;
let original: Awaited<ReturnType<Database["prisma"]["delivery"]["findFirstOrThrow"]>>;
let serial = 0;

const startMs = Date.UTC(2026, 5, 29, 12);
const noReply = { outcome: "retryable", reason: reason("timeout", "No reply in time.") } as const;
const broken = (status: number): PublishOutcome => ({ ...noReply, exchange: { statusCode: status } });
const refused = {
  outcome: "rejected",
  reason: reason("http_status", "400"),
  exchange: { statusCode: 400 },
} as const;
const taken = { outcome: "published", receipt: {}, exchange: { statusCode: 202 } } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const admin = testContext(db, actors.admin(), { nowMs: startMs });
  const destinations = [{ destinationId: "local", name: "Local", kind: "telemetry" as const }];
  await patchConfig(admin, { patch: aConfigPatch({ destinations, defaultDestinationIds: ["local"] }) });
  const { draft } = await acceptReport(admin, aReport());
  await publishDraft(admin, { draftId: draft?.draftId ?? "", destinationIds: [] });
  original = await db.prisma.delivery.findFirstOrThrow();
});
beforeEach(async () => {
  await db.prisma.deliveryAttempt.deleteMany();
  await db.prisma.receipt.deleteMany();
  await db.prisma.delivery.deleteMany();
  await db.prisma.destinationHealth.deleteMany();
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

async function due(destinationId: string, count: number): Promise<void> {
  const data = Array.from({ length: count }, () => {
    serial += 1;
    const id = `d-${serial}`;
    return {
      ...original,
      id,
      postId: id,
      idempotencyKey: id,
      destinationId,
      nextAttemptAt: new Date(startMs - 1),
    };
  });
  await db.prisma.delivery.createMany({ data: data as never });
}

const claim = (nowMs: number, probes: string[] = []) =>
  claimDueDeliveries(db, {
    ...{ worker: "w1", limit: 96, perDestination: 32, busyDestinations: [], leaseMs: 45_000, nowMs },
    ...{ heldProjects: [], retryLapsedKinds: ["telemetry"], probes },
    limits: Object.fromEntries(probes.map((id) => [id, 1])),
  });

async function end(
  claimed: Awaited<ReturnType<typeof claim>>,
  outcome: PublishOutcome,
  nowMs: number,
): Promise<void> {
  const ctx = testContext(db, actors.system("deliveries"), { nowMs });
  const ends: Completion[] = claimed.map((delivery) => {
    const step = afterAttempt(outcome, delivery.attemptCount, delivery.attemptCountMax, 0);
    return completionOf(ctx, { delivery, worker: "w1", outcome, step, startedAtMs: nowMs, durationMs: 1 });
  });
  await completeDeliveries(db, ends, new Date(nowMs));
}
const circuitOf = async (id: string) => (await readDestinationHealth(db)).get(id);

describe("the circuit of a destination", () => {
  it("opens at the fifth fault in a row, and nothing is sent to it while others go on", async () => {
    await due("dead", 4);
    await due("well", 1);
    const first = await claim(startMs);
    await end(
      first.filter((each) => each.destinationId === "dead"),
      noReply,
      startMs,
    );
    await end(
      first.filter((each) => each.destinationId === "well"),
      taken,
      startMs,
    );
    expect((await circuitOf("dead"))?.circuit).toBe("closed");
    await due("dead", 3);
    await due("well", 1);
    await end(
      (await claim(startMs)).filter((each) => each.destinationId === "dead").slice(0, 1),
      broken(503),
      startMs,
    );
    expect(await circuitOf("dead")).toMatchObject({
      circuit: "open",
      circuitOpenedAtMs: startMs,
      retryAfterMs: startMs + circuitRule.firstMs,
    });
    await due("dead", 1);
    await due("well", 1);
    expect((await claim(startMs + 1)).map((each) => each.destinationId)).toEqual(["well"]);
  });

  it("lets one try after its wait, and only one of all processes", async () => {
    await opened("dead");
    const later = startMs + circuitRule.firstMs;
    expect(await openProbes(db, later - 1, 45_000)).toEqual([]);
    const probes = await Promise.all([1, 2, 3].map(() => openProbes(db, later, 45_000)));
    expect(probes.flat()).toEqual(["dead"]);
    expect((await circuitOf("dead"))?.circuit).toBe("half_open");
    const tried = await claim(later, ["dead"]);
    expect(tried).toHaveLength(1);
    expect(await claim(later)).toEqual([]);
    await end(tried, taken, later);
    expect(await circuitOf("dead")).toMatchObject({ circuit: "closed", retryAfterMs: null });
    expect((await claim(later)).length).toBeGreaterThan(0);
  });

  it("stays open for longer each time, up to a quarter of an hour", async () => {
    await opened("dead");
    let nowMs = startMs;
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const wait = ((await circuitOf("dead"))?.retryAfterMs ?? 0) - nowMs;
      waits.push(wait);
      nowMs += wait;
      await due("dead", 1);
      await openProbes(db, nowMs, 45_000);
      await end(await claim(nowMs, ["dead"]), noReply, nowMs);
    }
    const first = circuitRule.firstMs;
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((times) => first * times));
    expect((await circuitOf("dead"))?.circuitOpenedAtMs).toBe(startMs);
  });

  it("a probe that died with its worker gives the next one its turn", async () => {
    await opened("dead");
    const later = startMs + circuitRule.firstMs;
    await openProbes(db, later, 45_000);
    expect(await openProbes(db, later + 44_999, 45_000)).toEqual([]);
    expect(await openProbes(db, later + 45_000, 45_000)).toEqual(["dead"]);
  });

  it.each([
    ["a refusal is an answer", refused],
    ["so is a limit", { ...broken(429), retryAfterMs: 1 } as PublishOutcome],
    ["and a delivery", taken],
  ])("%s: faults before it count no more", async (_name, answer) => {
    await due("shaky", 4);
    await end(await claim(startMs), noReply, startMs);
    await due("shaky", 1);
    await end((await claim(startMs)).slice(0, 1), answer, startMs);
    await due("shaky", 4);
    await end((await claim(startMs + 2)).slice(0, 4), noReply, startMs + 2);
    expect((await circuitOf("shaky"))?.circuit).toBe("closed");
  });

  it("what our own rules stopped says nothing about the other side", async () => {
    await due("ours", 6);
    const ctx = testContext(db, actors.system("deliveries"), { nowMs: startMs });
    const why = reason("destination_changed", "Changed.");
    const ends = (await claim(startMs)).map((delivery) =>
      completionOf(ctx, {
        ...{ delivery, worker: "w1", startedAtMs: startMs, durationMs: 0, notSent: true },
        outcome: { outcome: "rejected", reason: why },
        step: { state: "blocked", reason: why },
      }),
    );
    await completeDeliveries(db, ends, new Date(startMs));
    expect((await circuitOf("ours"))?.circuit).toBe("closed");
  });

  it("a limit it tells of holds for everything that goes there", async () => {
    await due("limited", 2);
    const [one] = await claim(startMs);
    if (!one) throw new Error("nothing was claimed");
    await end([one], { ...broken(429), retryAfterMs: 60_000 } as PublishOutcome, startMs);
    await due("limited", 1);
    expect(await claim(startMs + 59_000)).toEqual([]);
    expect((await claim(startMs + 61_000)).length).toBeGreaterThan(0);
  });
});

describe("the pace of a destination", () => {
  const pace = paceOf({ kind: "webhook", config: { rate_per_minute: 60, burst: 10 } });

  it("is one account for all processes, and fills again with time", async () => {
    const granted = await Promise.all(
      Array.from({ length: 8 }, () => takeSends(db, "paced", pace, 3, startMs)),
    );
    expect(granted.reduce((sum, each) => sum + each, 0)).toBe(10);
    expect(await takeSends(db, "paced", pace, 3, startMs)).toBe(0);
    expect(await takeSends(db, "paced", pace, 9, startMs + 6_000)).toBe(5);
    await returnSends(db, "paced", 2);
    expect(await takeSends(db, "paced", pace, 9, startMs + 6_000)).toBe(2);
    expect(await takeSends(db, "paced", pace, 99, startMs + 3_600_000)).toBe(10);
  });

  it("a clock that goes back gives nothing twice", async () => {
    expect(await takeSends(db, "back", pace, 10, startMs)).toBe(10);
    expect(await takeSends(db, "back", pace, 10, startMs - 60_000)).toBe(0);
    expect(await takeSends(db, "back", pace, 10, startMs)).toBe(0);
  });

  it("is reserved before a claim, and what was not claimed goes back", async () => {
    const config = { rate_per_minute: 10, burst: 2, max_concurrency: 8 };
    const destinations = [{ destinationId: "slow", name: "Slow", kind: "telemetry" as const, config }];
    await patchConfig(testContext(db, actors.admin(), { nowMs: startMs }), {
      patch: aConfigPatch({ destinations, defaultDestinationIds: ["slow"] }),
    });
    const given = {
      ...{ config: await loadConfig(db), health: new Map(), perDestination: 32, probeMs: 45_000 },
      inFlight: new Map<string, number>(),
    };
    const ctx = testContext(db, actors.system("deliveries"), { nowMs: startMs });
    expect(await reserveRoom(ctx, given)).toMatchObject({ limits: {}, busyDestinations: ["slow"] });
    await due("slow", 5);
    const room = await reserveRoom(ctx, given);
    expect(room.limits).toEqual({ slow: 2 });
    await room.settle([{ destinationId: "slow" }]);
    expect((await reserveRoom(ctx, given)).limits).toEqual({ slow: 1 });
    const third = await reserveRoom(ctx, given);
    expect(third.busyDestinations).toEqual(["slow"]);
    const full = { ...given, inFlight: new Map([["slow", 8]]) };
    expect((await reserveRoom(ctx, full)).busyDestinations).toEqual(["slow"]);
  });
});

async function opened(destinationId: string): Promise<void> {
  await due(destinationId, 6);
  const claimed = await claim(startMs);
  await end(claimed.slice(0, 5), noReply, startMs);
  await db.prisma.delivery.updateMany({ data: { state: "due", claimedBy: null, leaseUntil: null } });
}

describe("an end whose words no column holds", () => {
  it("is written like the others of its batch, without half a character", async () => {
    await due("well", 1);
    await due("odd", 2);
    const claimed = await claim(startMs);
    const ctx = testContext(db, actors.system("deliveries"), { nowMs: startMs });
    const words = ["", `${"x".repeat(499)}\u{1f525}${"y".repeat(9)}`, "half \ud83d, none \u0000, a \\ud83d"];
    const ends = claimed.map((delivery, index) => {
      const said = reason("http_status", words[index] ?? "");
      const outcome: PublishOutcome = index === 0 ? taken : { ...refused, reason: said };
      const step = afterAttempt(outcome, delivery.attemptCount, delivery.attemptCountMax, 0);
      const ended = { delivery, worker: "w1", outcome, step, startedAtMs: startMs, durationMs: 1 };
      return completionOf(ctx, ended);
    });
    expect(await completeDeliveries(db, ends, new Date(startMs))).toHaveLength(3);
    const { rows } = await db.pool.query(
      "SELECT error FROM receipts WHERE error IS NOT NULL ORDER BY 1 DESC",
    );
    expect(rows.map((row) => row.error)).toEqual(["x".repeat(499), "half \ufffd, none \ufffd, a \\ud83d"]);
  });
});
