import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { aConfigPatch } from "@/lib/testing/reports";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { patchConfig } from "../settings/patch-config";
import { setPaused } from "../settings/set-paused";
import { enforceRetention } from "./enforce-retention";

let ground: SilenceGround;
const dayMs = 86_400_000;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

const turn = () => enforceRetention(ground.as(actors.system("retention")));
const keepFor = (retentionDays: number | null) =>
  patchConfig(ground.as(), { patch: aConfigPatch({ safetyDefaults: { retentionDays } }) });
const visible = async () => ({
  posts: await ground.db.prisma.delivery.count({ where: { deletedAt: null } }),
  records: await ground.db.prisma.telemetryRecord.count(),
  incidents: await ground.db.prisma.incident.count({ where: { deletedAt: null } }),
});

async function published(): Promise<string> {
  const draftId = await ground.draftOf();
  await ground.publish(draftId);
  await ground.turn();
  return draftId;
}

describe("retention", () => {
  it("case 90: of 0 days removes nothing; 7 days removes a 30-day-old receipt and keeps a fresh one", async () => {
    await published();
    ground.clock.nowMs += 30 * dayMs;
    await published();
    expect(await visible()).toEqual({ posts: 2, records: 2, incidents: 2 });
    await keepFor(0);
    await turn();
    expect(await visible()).toEqual({ posts: 2, records: 2, incidents: 2 });
    await keepFor(7);
    expect(await turn()).toMatchObject({ posts: 1, incidents: 1, telemetry: 1 });
    expect(await visible()).toEqual({ posts: 1, records: 1, incidents: 1 });
    expect(await turn()).toEqual({});
  });

  it("hides, with who and why, and keeps what stops a second effect (D-21)", async () => {
    const hidden = await ground.db.prisma.delivery.findFirstOrThrow({ where: { deletedAt: { not: null } } });
    expect(hidden).toMatchObject({ deletedBy: { kind: "system" }, state: "published" });
    expect(hidden.idempotencyKey).toMatch(/^[0-9a-f]{64}$/);
    expect(hidden.deletedReason).toContain("Retention");
    const [entry] = await ground.audits("retention.enforced");
    expect(entry?.detail).toMatchObject({ telemetry: 1, retention_days: 7 });
    expect(await ground.audits("posts.deleted")).toHaveLength(1);
  });

  it("what is still on its way, or seen again, stays", async () => {
    const draftId = await ground.draftOf();
    await ground.publish(draftId);
    ground.clock.nowMs += 30 * dayMs;
    const before = await visible();
    await turn();
    const after = await visible();
    const waiting = await ground.delivery(draftId);
    expect(waiting).toMatchObject({ state: "due", deletedAt: null });
    expect(after.incidents).toBe(1);
    expect(before.incidents).toBe(2);
  });

  it("takes nothing while paused, and is nobody's but the system's", async () => {
    ground.clock.nowMs += 30 * dayMs;
    await setPaused(ground.as(), { paused: true });
    expect(await turn()).toBeNull();
    await setPaused(ground.as(), { paused: false });
    expect((await refusal(enforceRetention(ground.as(actors.adminToken())))).kind).toBe("forbidden");
  });
});
