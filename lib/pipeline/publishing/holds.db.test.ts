import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/lib/db/client";
import { aProject } from "@/lib/testing/configs";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { runWorkers } from "@/lib/workers/run-workers";
import type { Worker } from "@/lib/workers/worker";
import { getDraft } from "../drafts/get-draft";
import { acceptReport } from "../intake/accept-report";
import { patchConfig } from "../settings/patch-config";
import { setPaused } from "../settings/set-paused";
import { publishAndWait } from "./publish-and-wait";
import { publishDraft } from "./publish-draft";

let database: TestDatabase;
let db: Database;
let workers: Worker;

const admin = () => testContext(db, actors.admin(), { nowMs: Date.now() });
const project = (fields: Record<string, unknown> = {}) =>
  aProject({ projectId: "shop", repo: "halden/shop", defaultDestinationIds: ["local"], ...fields });
const configure = (patch: Record<string, unknown>) => patchConfig(admin(), { patch: aConfigPatch(patch) });

async function newDraft(fingerprint: string): Promise<string> {
  const ctx = testContext(db, actors.intakeKey({ projectId: "shop" }), { nowMs: Date.now() });
  const incoming = {
    ...aReport({ fingerprint, riskLevel: "low" }),
    path: { kind: "bound", projectId: "shop", sourceId: null } as const,
  };
  const { draft } = await acceptReport(ctx, incoming);
  if (!draft) throw new Error("no draft");
  return draft.draftId;
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  await configure({
    destinations: [{ destinationId: "local", name: "Local", kind: "telemetry" }],
    monitoredProjects: [project()],
  });
  workers = runWorkers(db, admin().services);
});

afterAll(async () => {
  await workers.stop();
  await db.close();
  await database.drop();
});

describe("holding (D-15)", () => {
  it("a paused project's drafts are held, refuse to publish, and flow again on resume", async () => {
    await configure({ monitoredProjects: [project({ paused: true })] });
    const draftId = await newDraft("held-1");
    expect((await getDraft(admin(), draftId)).held).toBe(true);
    await expect(publishAndWait(admin(), { draftId, destinationIds: [] })).rejects.toThrow(
      /project is paused/,
    );
    await configure({ monitoredProjects: [project()] });
    expect((await getDraft(admin(), draftId)).held).toBe(false);
    const published = await publishAndWait(admin(), { draftId, destinationIds: [] });
    expect(published.targets[0]?.post.delivery.state).toBe("published");
  });

  it("a delivery queued before the pause waits for the resume and loses nothing", async () => {
    const draftId = await newDraft("held-2");
    await workers.stop();
    await publishDraft(admin(), { draftId, destinationIds: [] });
    await setPaused(admin(), { paused: true });
    workers = runWorkers(db, admin().services);
    const held = await newDraft("held-3");
    expect((await getDraft(admin(), held)).held).toBe(true);
    const delivery = () => db.prisma.delivery.findFirstOrThrow({ where: { draftId } });
    expect((await delivery()).state).toBe("due");
    await setPaused(admin(), { paused: false });
    await expect.poll(async () => (await delivery()).state, { timeout: 5_000 }).toBe("published");
    expect((await getDraft(admin(), held)).held).toBe(false);
  });
});

describe("block_unready_sources", () => {
  it("case 73: stops a source that is not data-ready, and only while it is on", async () => {
    const { config } = await configure({});
    await configure({ safetyDefaults: { ...config.safetyDefaults, blockUnreadySources: true } });
    const draftId = await newDraft("unready");
    await expect(publishAndWait(admin(), { draftId, destinationIds: ["local"] })).rejects.toThrow(
      /not data-ready/,
    );
    await configure({ safetyDefaults: { ...config.safetyDefaults, blockUnreadySources: false } });
    const published = await publishAndWait(admin(), { draftId, destinationIds: ["local"] });
    expect(published.targets[0]?.post.delivery.state).toBe("published");
  });
});
