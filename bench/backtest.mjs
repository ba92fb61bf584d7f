// A backtest over many stored incidents: the verb on a real database, from the first query to the result, and the most
// memory that it took. Also what a silence costs a list of drafts. No server and no build needed.
//
//   node bench/backtest.mjs [--incidents 10000] [--routes 100] [--runs 5]
import { applyMigrations } from "../scripts/apply-migrations.mjs";
import { openThrowawayCluster } from "../scripts/postgres/throwaway.mjs";
import { importBundled } from "./support/bundled.mjs";
import { percentile } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const incidents = Number(flag("incidents", 10_000));
const routeCount = Number(flag("routes", 100));
const runs = Number(flag("runs", 5));
const goalMs = 5_000;
const nowMs = Date.now();
const heap = { most: 0 };

const product = await importBundled(
  "backtest",
  `export { openDatabase } from "@/lib/db/client";
   export { acceptReport } from "@/lib/pipeline/intake/accept-report";
   export { patchConfig } from "@/lib/pipeline/settings/patch-config";
   export { backtestRoutes } from "@/lib/pipeline/routing/backtest-routes";
   export { createSilence } from "@/lib/pipeline/silences/create-silence";
   export { listDrafts } from "@/lib/pipeline/drafts/list-drafts";
   export { silenceLists } from "@/lib/domain/silence";`,
);

const risks = ["low", "medium", "high", "critical"];
const routesTo = (destination) =>
  Array.from({ length: routeCount }, (_, n) => ({
    ...{ routeId: `r${n}`, name: `Route ${n}`, priority: routeCount - n, destinationIds: [`d${n % 10}`] },
    ...(n % 3 === 0 ? { matchComponents: [`component-${n}`] } : { matchSources: [`source-${n}`] }),
    ...(n % 10 === 0 && { conditions: [{ field: "title", op: "glob", values: [`*order ${n}*`] }] }),
    ...(n % 4 === 0 && { destinationIds: [destination] }),
  }));

const cluster = await openThrowawayCluster({ label: "bench" });
const db = await open(cluster.url);
const ctx = {
  ...{
    actor: { kind: "token", tokenId: "bench", name: "bench", tokenKind: "admin" },
    db,
    nowMs,
    requestId: null,
  },
  services: {
    resolveSecret: () => ({ ok: false, reason: { code: "secret_unset", message: "none" } }),
    fetch: () => Promise.reject(new Error("nothing is sent here")),
    ...{ privateNetworks: [], pepper: "bench", random: Math.random },
  },
};
try {
  const destinations = Array.from({ length: 10 }, (_, n) => ({
    destinationId: `d${n}`,
    name: `D${n}`,
    kind: "telemetry",
  }));
  const patch = { destinations, defaultDestinationIds: ["d0"], routes: routesTo("d1") };
  await product.patchConfig(ctx, { patch });
  await fill();

  const rows = [["what", "runs", "p50, ms", "slowest, ms", "goal", "heap grown at most, MiB"]];
  const unchanged = await measure(runs, () => backtest({}));
  const changed = await measure(runs, () => backtest({ routes: routesTo("d9") }));
  rows.push(
    row("unchanged configuration", unchanged, goalMs),
    row("a quarter of the routes moved", changed, goalMs),
  );
  console.log(`${describeMachine()}; ${incidents} incidents, ${routeCount} routes`);
  printTable(rows);

  const list = () => product.listDrafts(ctx, { filter: {}, page: { limit: 50 } });
  const before = await measure(200, list);
  for (let n = 0; n < 20; n++) await silence(n);
  const after = await measure(200, list);
  console.log();
  printTable([
    ["newest 50 drafts", "p50, ms", "p99, ms"],
    ["nothing is silenced", ...twoOf(before.samples)],
    ["20 silences hold", ...twoOf(after.samples)],
  ]);
} finally {
  await db.close();
  await cluster.remove();
}

async function open(url) {
  await applyMigrations(url);
  return product.openDatabase(url);
}

async function backtest(change) {
  const sinceMs = nowMs - 30 * 86_400_000;
  const input = { sinceMs, untilMs: nowMs + 1, patch: change, limit: incidents, examples: 50 };
  const { run } = await product.backtestRoutes(ctx, input);
  const steps = run(new AbortController().signal);
  for (;;) {
    const step = await steps.next();
    heap.most = Math.max(heap.most, process.memoryUsage().heapUsed);
    if (!step.done) continue;
    const { total, same } = step.value.summary;
    if (total !== incidents) throw new Error(`${total} of ${incidents} incidents were looked at`);
    if (Object.keys(change).length === 0 && same !== total) throw new Error("unchanged is not the same");
    if (Object.keys(change).length > 0 && same === total) throw new Error("the change changes nothing");
    return;
  }
}

async function measure(times, work) {
  await work();
  globalThis.gc?.();
  const from = process.memoryUsage().heapUsed;
  heap.most = from;
  const samples = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await work();
    samples.push(performance.now() - startedAt);
  }
  return { samples, grownMiB: (heap.most - from) / 2 ** 20 };
}

function row(what, { samples, grownMiB }, goal) {
  const slowest = Math.max(...samples);
  const met = `${goal} ms: ${slowest < goal ? "yes" : "no"}`;
  return [
    what,
    samples.length,
    percentile(samples, 0.5).toFixed(0),
    slowest.toFixed(0),
    met,
    grownMiB.toFixed(0),
  ];
}

function twoOf(samples) {
  return [percentile(samples, 0.5).toFixed(2), percentile(samples, 0.99).toFixed(2)];
}

async function silence(n) {
  const empty = Object.fromEntries(product.silenceLists.map((list) => [list, []]));
  const matcher = { ...empty, matchTitle: null, matchSources: [`source-${n}`] };
  const wish = { matcher, reason: "bench", windows: [], startsAtMs: null, expiresAtMs: nowMs + 3_600_000 };
  await product.createSilence(ctx, wish);
}

/** Different failures through the verb of intake, so that every row is a real one; one for each four minutes. */
async function fill() {
  const lanes = 64;
  const next = { n: 0 };
  const lane = async () => {
    for (let n = next.n++; n < incidents; n = next.n++) {
      const report = {
        ...{
          title: `Settlement of order ${n} failed`,
          detail: "exit code 1 after 41 s",
          event: `svc-${n % 50}.failed`,
        },
        ...{ source: `source-${n % 150}`, component: `component-${n % 150}`, riskLevel: risks[n % 4] },
        ...{ level: "error", fingerprint: `bench-${n}`, excerpt: [], evidenceRefs: [] },
        ...{ externalCorrelationIds: [], attributes: {} },
      };
      await product.acceptReport(
        { ...ctx, nowMs: nowMs - n * 240_000 },
        {
          path: { kind: "unbound", provenance: "report" },
          report,
          idempotency: null,
        },
      );
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await db.pool.query("VACUUM (ANALYZE)");
}
