// The retention job over many stored failures: rows it erases a second, and how long intake takes meanwhile, beside what
// it takes with nothing else going on. The verbs on a real database. No server and no build needed.
//
//   node bench/retention.mjs [--incidents 5000] [--repeats 4]
import { applyMigrations } from "../scripts/apply-migrations.mjs";
import { openThrowawayCluster } from "../scripts/postgres/throwaway.mjs";
import { importBundled } from "./support/bundled.mjs";
import { percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const incidents = Number(flag("incidents", 5_000));
const repeats = Number(flag("repeats", 4));
const dayMs = 86_400_000;
const nowMs = Date.now();

const product = await importBundled(
  "retention",
  `export { openDatabase } from "@/lib/db/client";
   export { acceptReport } from "@/lib/pipeline/intake/accept-report";
   export { patchConfig } from "@/lib/pipeline/settings/patch-config";
   export { enforceRetention } from "@/lib/pipeline/retention/enforce-retention";
   export { previewRetention } from "@/lib/pipeline/retention/preview-retention";`,
);

const cluster = await openThrowawayCluster({ label: "bench" });
await applyMigrations(cluster.url);
const db = product.openDatabase(cluster.url);
const token = { kind: "token", tokenId: "bench", name: "bench", tokenKind: "admin", scopes: [] };
const as = (actor, atMs = nowMs) => ({
  ...{ actor, db, nowMs: atMs, requestId: null },
  services: {
    resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "none" } }),
    fetch: () => Promise.reject(new Error("nothing is sent here")),
    ...{ privateNetworks: [], pepper: "bench", random: Math.random },
  },
});
const report = (n, prefix) => ({
  path: { kind: "unbound", provenance: "report" },
  report: {
    ...{
      title: `Order ${n} failed`,
      detail: "settlement stopped ".repeat(60),
      fingerprint: `${prefix}-${n}`,
    },
    ...{ source: "bench", event: "order.failed", excerpt: ["at settle (/srv/app/settle.ts:118)"] },
    ...{ evidenceRefs: [], externalCorrelationIds: [], attributes: {} },
  },
  idempotency: null,
});

try {
  const days = { reportsDays: 30, incidentsDays: 30, draftsDays: 30 };
  const retentionProfiles = [{ profileId: "month", mode: "delete", ...days }];
  await product.patchConfig(as(token), {
    patch: { safetyDefaults: { retentionProfiles, retentionProfile: "month" } },
  });
  for (let at = 0; at < incidents * repeats; at += 200) {
    const batch = Array.from({ length: Math.min(200, incidents * repeats - at) }, (_, n) =>
      product.acceptReport(as(token, nowMs - 60 * dayMs), report((at + n) % incidents, "old")),
    );
    await Promise.all(batch);
  }
  await db.pool.query("ANALYZE");
  const alone = await intakeUntil(new Promise((done) => setTimeout(done, 5_000)), "alone");

  const began = performance.now();
  const preview = await product.previewRetention(as(token));
  const previewMs = performance.now() - began;
  const startedAt = performance.now();
  const run = product.enforceRetention(as({ kind: "system", name: "bench" }));
  const beside = await intakeUntil(run, "beside");
  const removed = Object.values(await run).reduce((sum, each) => sum + each, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  const shown = preview.groups.reduce((sum, each) => sum + each.due, 0);
  if (removed !== shown) throw new Error(`the preview said ${shown}, the run removed ${removed}`);

  console.log(describeMachine());
  printTable([
    ["what", "figure"],
    [`preview over ${shown} things to go`, `${previewMs.toFixed(0)} ms`],
    [`erased: ${removed} rows in ${seconds.toFixed(1)} s`, `${(removed / seconds).toFixed(0)} rows/s`],
    ["intake, 8 at once, nothing beside it, p50 / p95 / p99", percentiles(alone)],
    ["intake, 8 at once, while the job runs, p50 / p95 / p99", percentiles(beside)],
  ]);
} finally {
  await db.close();
  await cluster.remove();
}

/** Eight clients report, each one after the other, until `work` ends; milliseconds of each report. */
async function intakeUntil(work, prefix) {
  const samples = [];
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  const lane = async (name) => {
    for (let n = 0; !over; n++) {
      const before = performance.now();
      await product.acceptReport(as(token), report(n, `${prefix}-${name}`));
      samples.push(performance.now() - before);
    }
  };
  await Promise.all([ended, ...Array.from({ length: 8 }, (_, name) => lane(name))]);
  return samples;
}
