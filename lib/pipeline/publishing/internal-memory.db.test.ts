import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { completeDeliveries } from "@/lib/db/completion-store";
import { loadConfig } from "@/lib/db/config-store";
import { claimDueDeliveries } from "@/lib/db/delivery-store";
import { searchMemory } from "@/lib/db/memory-store";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { deliver } from "./deliver";
import { publishDraft } from "./publish-draft";

let database: TestDatabase;
let db: Database;
const nowMs = Date.UTC(2026, 5, 29, 12);
const admin = () => testContext(db, actors.admin(), { nowMs });
const system = () => testContext(db, actors.system("deliveries"), { nowMs });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  const destinations = [
    {
      destinationId: "memory",
      name: "Memory",
      kind: "internal_memory" as const,
      memoryCategory: "Policy-Gap",
    },
  ];
  await patchConfig(admin(), {
    patch: aConfigPatch({ destinations, defaultDestinationIds: ["memory"] }),
  });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

async function turn() {
  const claimed = await claimDueDeliveries(db, {
    ...{ worker: "w1", limit: 96, perDestination: 96, busyDestinations: [], leaseMs: 45_000, nowMs },
    ...{ heldProjects: [], retryLapsedKinds: [] },
  });
  const grounds = { config: await loadConfig(db), health: new Map() };
  const ends = await Promise.all(
    claimed.map((delivery) => deliver(system(), { delivery, worker: "w1", ...grounds })),
  );
  await completeDeliveries(db, ends, new Date(nowMs));
  return ends;
}

async function remembered(fingerprint: string, sightings: number, fields = {}) {
  let draftId = "";
  for (let each = 0; each < sightings; each += 1) {
    const { draft } = await acceptReport(admin(), aReport({ fingerprint, riskLevel: "low", ...fields }));
    draftId = draft?.draftId ?? "";
  }
  const result = await publishDraft(admin(), { draftId, destinationIds: [] });
  await turn();
  return { draftId, result };
}

describe("internal memory", () => {
  it("case 113: stores a masked summary in the category, under an id that follows from the content", async () => {
    await remembered("fp-once", 1, { title: "Checkout failed: password=hunter2-hunter2" });
    const [record] = await db.prisma.memoryRecord.findMany({ where: { fingerprint: "fp-once" } });
    expect(record).toMatchObject({ category: "policy_gap", facts: { recurrence_count: 1 } });
    expect(record?.id).toMatch(/^bmmem_[0-9a-f]{24}$/);
    expect(record?.summary).toMatch(/^policy_gap: Checkout failed: .* recurrence_count=1$/);
    expect(JSON.stringify(record)).not.toContain("hunter2");
    const receipt = await db.prisma.receipt.findFirstOrThrow({ where: { externalId: record?.id } });
    expect(receipt.receipt).toMatchObject({
      provider: "incident_monitor_internal_memory",
      record_id: record?.id,
      memory_ref: `memory:policy_gap/${record?.id}`,
      category: "policy_gap",
      recurrence_count: 1,
      stored: true,
      storage_backend: "incident_monitor_posts",
    });
  });

  it("learns how often it was seen from the occurrences, not from how often it was published (W-46)", async () => {
    const { draftId } = await remembered("fp-often", 4);
    const [record] = await db.prisma.memoryRecord.findMany({ where: { fingerprint: "fp-often" } });
    expect(record?.facts).toMatchObject({ recurrence_count: 4, active_day_count: 1, merged_count: 0 });
    expect(await publishDraft(admin(), { draftId, destinationIds: [] })).toMatchObject({
      queued: [{ outcome: "duplicate" }],
    });
    expect(await turn()).toEqual([]);
  });

  it("is found by its fingerprint first, then by the words it shares; and only in the projects that may be read", async () => {
    await remembered("fp-words", 1, { title: "Payment gateway certificate expired" });
    const [same] = await searchMemory(db, { fingerprint: "fp-often", projects: null, limit: 5 });
    expect(same).toMatchObject({ fingerprint: "fp-often", score: 1 });
    const similar = await searchMemory(db, {
      ...{ text: "policy_gap: Payment gateway certificate has expired", projects: null, limit: 5 },
    });
    expect(similar[0]?.fingerprint).toBe("fp-words");
    expect(await searchMemory(db, { fingerprint: "fp-often", projects: ["shop"], limit: 5 })).toEqual([]);
  });
});

describe("a category that there is not", () => {
  it("blocks the destination and says which there are", async () => {
    const destinations = [
      { destinationId: "memory", name: "Memory", kind: "internal_memory" as const, memoryCategory: "gossip" },
    ];
    await patchConfig(admin(), { patch: aConfigPatch({ destinations, defaultDestinationIds: ["memory"] }) });
    await expect(remembered("fp-gossip", 1)).rejects.toMatchObject({
      kind: "not_ready",
      message: expect.stringContaining("failure_pattern, recurrence, policy_gap, safety_risk"),
    });
    expect(await db.prisma.memoryRecord.count({ where: { fingerprint: "fp-gossip" } })).toBe(0);
  });
});
