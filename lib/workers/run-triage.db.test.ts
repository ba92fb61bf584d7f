import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/clock";
import { type Database, openDatabase } from "@/lib/db/client";
import { findTriageRun } from "@/lib/db/triage-store";
import { liveRunStatuses, type TriageRun } from "@/lib/domain/triage-run";
import { acceptReport } from "@/lib/pipeline/intake/accept-report";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { setPaused } from "@/lib/pipeline/settings/set-paused";
import { closeChangeHub, hearChanges } from "@/lib/pipeline/settings/subscribe-changes";
import { cancelTriageRun } from "@/lib/pipeline/triage/cancel-triage-run";
import { createTriageRun } from "@/lib/pipeline/triage/create-triage-run";
import { actors, testContext } from "@/lib/testing/context";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { GitGround } from "@/lib/testing/git-ground";
import { aConfigPatch, aReport } from "@/lib/testing/reports";
import { neverEnds, scriptedWork } from "@/lib/testing/triage-run-ground";
import { startRunTriage, type TriageOptions } from "./run-triage";
import type { Worker } from "./worker";

let database: TestDatabase;
let db: Database;
let shop: GitGround;
let suspect: string;
let workers: Worker[] = [];
let made = 0;

const services = () => ({ allowedRoots: [shop.folder] });
const admin = () => testContext(db, actors.admin(), { nowMs: Date.now(), services: services() });

function start(options: TriageOptions = {}): Worker {
  const worker = startRunTriage(
    {
      ...{ db, clock: systemClock, deliveryLeaseMs: 45_000, health: (read) => read() },
      context: (name) =>
        testContext(db, actors.system(name), { nowMs: Date.now(), requestId: null, services: services() }),
      onChange: (hear) => hearChanges(db, hear),
    },
    options,
  );
  workers.push(worker);
  return worker;
}

const ended = async (runId: string): Promise<TriageRun> => {
  for (;;) {
    const run = await findTriageRun(db, runId);
    if (run && !liveRunStatuses.includes(run.status)) return run;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

async function triage(fields: Parameters<typeof aReport>[0] = {}) {
  made += 1;
  const report = aReport({ fingerprint: `failure-${made}`, repo: "acme/shop", ...fields });
  const { draft } = await acceptReport(admin(), report);
  if (!draft) throw new Error("no draft");
  const { run } = await createTriageRun(admin(), { draftId: draft.draftId });
  return { draftId: draft.draftId, runId: run.runId };
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url);
  shop = new GitGround("shop");
  const settle = (key: string) =>
    `"""Settling."""\n\n\ndef fee_of(row):\n    return row["amount"] * 0.01\n\n\ndef settle(row):\n    fee = fee_of(row)\n    currency = row["${key}"]\n    return currency, row["amount"] - fee\n`;
  shop.commit("Settle rows", { files: { "shop/settle.py": settle("iso"), "README.md": "Shop\n" } });
  shop.commit("Words for the README", { files: { "README.md": "The shop\n" } });
  suspect = shop.commit("Rows name their currency", { files: { "shop/settle.py": settle("currency") } });
  shop.commit("A licence", { files: { LICENSE: "MIT\n" } });
  await patchConfig(admin(), {
    patch: aConfigPatch({ workspaceRoot: shop.root, repo: "acme/shop" }),
  });
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});
afterAll(async () => {
  await closeChangeHub(db);
  await db.close();
  await database.drop();
  shop.remove();
});

const trace = {
  title: "KeyError: 'currency'",
  excerpt: [
    "Traceback (most recent call last):",
    '  File "/srv/app/shop/settle.py", line 10, in settle',
    '    currency = row["currency"]',
    "KeyError: 'currency'",
  ],
};

describe("the worker", () => {
  it("finds file, line and the commit that brought the failure, in a real repository, and proposes an issue", async () => {
    start();
    const { runId } = await triage(trace);
    const run = await ended(runId);
    expect(run.lastError).toBeNull();
    expect(run.phases.map((each) => each.state)).toEqual(["done", "done", "done", "done"]);
    expect(run.workspaceRoot).toBe(shop.root);
    const summary = run.summary?.summary;
    expect(summary?.likelyFilesToEdit[0]).toBe("shop/settle.py");
    expect(JSON.stringify(run.summary)).toContain(suspect.slice(0, 7));
    expect([run.status, run.gate?.missing]).toEqual(["ready", []]);
    expect(run.issueDraft?.renderedBody).toContain("shop/settle.py");
  });

  it("without a root it says so, ends, and passes no gate", async () => {
    await patchConfig(admin(), { patch: aConfigPatch({ workspaceRoot: "/nowhere/at/all" }) });
    start();
    const { runId } = await triage(trace);
    const run = await ended(runId);
    await patchConfig(admin(), { patch: aConfigPatch({ workspaceRoot: shop.root }) });
    expect([run.status, run.workspaceRoot]).toEqual(["blocked", null]);
  });

  it("while paused runs stay queued; resumed they go on (D-15)", async () => {
    await setPaused(admin(), { paused: true });
    const { runId } = await triage();
    // Its first turn is over when it has stopped.
    await start({ work: scriptedWork() }).stop();
    expect((await findTriageRun(db, runId))?.status).toBe("queued");
    start({ work: scriptedWork() });
    await setPaused(admin(), { paused: false });
    expect((await ended(runId)).status).toBe("ready");
  });

  it("stopped in the middle it gives its runs back at once, and the next worker goes on", async () => {
    const hanging = scriptedWork({ research: neverEnds });
    const first = start({ work: hanging });
    const { runId } = await triage();
    await expect.poll(() => hanging.begun, { timeout: 10_000 }).toEqual(["inspect", "research"]);
    await first.stop();
    expect(await findTriageRun(db, runId)).toMatchObject({ status: "queued", claim: null });
    const rest = scriptedWork();
    start({ work: rest });
    const run = await ended(runId);
    expect([run.status, run.recoveryCount, rest.begun]).toEqual([
      "ready",
      0,
      ["research", "validate", "propose"],
    ]);
  });

  it("reports while a phase is long, so that nobody takes the run over", async () => {
    let go: () => void = () => undefined;
    const slow = scriptedWork();
    const inspect = slow.inspect;
    slow.inspect = async (...given) => {
      await new Promise<void>((resolve) => (go = resolve));
      return inspect(...given);
    };
    start({ work: slow, leaseMs: 300 });
    start({ work: slow, leaseMs: 300 });
    const { runId } = await triage();
    await expect
      .poll(async () => (await findTriageRun(db, runId))?.status, { timeout: 5_000 })
      .toBe("running");
    const claim = (await findTriageRun(db, runId))?.claim;
    const until = (claim?.leaseUntilMs ?? 0) + 900;
    await expect.poll(() => Date.now() > until, { timeout: 5_000 }).toBe(true);
    expect((await findTriageRun(db, runId))?.claim?.claimId).toBe(claim?.claimId);
    go();
    expect(await ended(runId)).toMatchObject({ recoveryCount: 0, claimCount: 1 });
  });

  it("a run that is cancelled while it works is left alone", async () => {
    const hanging = scriptedWork({ inspect: neverEnds });
    start({ work: hanging, leaseMs: 300 });
    const { runId } = await triage();
    await expect.poll(() => hanging.begun, { timeout: 10_000 }).toEqual(["inspect"]);
    await cancelTriageRun(admin(), { runId });
    const next = await triage();
    await expect.poll(() => hanging.begun.length, { timeout: 10_000 }).toBe(2);
    await cancelTriageRun(admin(), { runId: next.runId });
    expect((await findTriageRun(db, runId))?.status).toBe("cancelled");
  });
});
