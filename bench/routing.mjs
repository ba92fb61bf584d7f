// The router at 1,000 routes: the decision alone on tables of several kinds, its trace, the lint of the table, and the
// preview verb on a real database. No server and no build needed. "of a core" is the time the processor spent on a
// decision: what is left when others use the machine too.
//
//   node bench/routing.mjs [--routes 1000] [--previews 2000]
import { applyMigrations } from "../scripts/apply-migrations.mjs";
import { openThrowawayCluster } from "../scripts/postgres/throwaway.mjs";
import { importBundled } from "./support/bundled.mjs";
import { percentile } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";

const routeCount = Number(flag("routes", 1_000));
const previewCount = Number(flag("previews", 2_000));
const goals = { decisionMs: 0.2, previewMs: 10 };

const product = await importBundled(
  "routing",
  `export { completeRoute, completeDestination } from "@/lib/domain/config-defaults";
   export { defaultConfig } from "@/lib/domain/config";
   export { decideRoute } from "@/lib/domain/routing";
   export { traceRoutes } from "@/lib/domain/route-trace";
   export { lintRoutes } from "@/lib/domain/route-lint";
   export { compileRoutes } from "@/lib/domain/route-table";
   export { openDatabase } from "@/lib/db/client";
   export { patchConfig } from "@/lib/pipeline/settings/patch-config";
   export { previewRoute } from "@/lib/pipeline/routing/preview-route";`,
);
const destinations = Array.from({ length: 50 }, (_, n) =>
  product.completeDestination({ destinationId: `d${n}`, name: `D${n}`, kind: "telemetry" }),
);

const risks = ["low", "medium", "high", "critical"];
/** The record that is routed: number n meets route n, if any. */
const recordOf = (n) => ({
  ...{ eventType: `svc-${n}.failed`, source: `source-${n % 40}`, component: `component-${n}` },
  ...{ riskLevel: risks[n % 4], projectId: `project-${n % 100}`, confidence: "high", level: "error" },
  ...{ title: `TypeError: Cannot read properties of undefined (reading 'field${n}') in worker ${n}` },
  ...{ repo: `acme/service-${n}`, occurrenceCount: (n % 20) + 1, provenance: "report", nowMs: Date.now() },
  ...{ routeTags: [`team-${n % 30}`], allowedDestinationIds: [], enforcesAllowlist: false },
  ...{ defaultDestinationIds: [], sourceApprovalPolicy: null, sourceRequiresApproval: false },
});

/** What route n of a table asks for, by the kind of the table. */
const tables = {
  "lists: component and risk": (n) => ({
    ...{ matchComponents: [`component-${n}`], matchRiskLevels: ["high", "critical"] },
  }),
  "a mix: lists, orders, globs, windows, 1 in 10 an expression": (n) => ({
    matchProjectIds: [`project-${n % 100}`],
    ...(n % 3 === 0 && { matchSources: [`source-${n % 40}`] }),
    conditions: [
      { field: "risk_level", op: "at_least", value: "medium" },
      { field: "component", op: "glob", values: [`component-${n}*`] },
      ...(n % 10 === 0 ? [{ field: "title", op: "regex", values: [`field${n}\\b`] }] : []),
    ],
    ...(n % 5 === 0 && { activeWindows: [{ zone: "Europe/Berlin", from: "00:00", to: "24:00" }] }),
    continue: n % 50 === 0,
  }),
  "no list at all: every route asks for a glob": (n) => ({
    conditions: [{ field: "component", op: "glob", values: [`component-${n}-*`, `*-component-${n}`] }],
  }),
  "the most expressions there may be (200), and lists": (n) =>
    n < 200
      ? { conditions: [{ field: "title", op: "regex", values: [`\\bfield${n}\\b.*worker`] }] }
      : { matchComponents: [`component-${n}`] },
};

function configOf(asks) {
  const routes = Array.from({ length: routeCount }, (_, n) =>
    product.completeRoute({
      ...{ routeId: `r${n}`, name: `Route ${n}`, priority: routeCount - n, destinationIds: [`d${n % 50}`] },
      ...asks(n),
    }),
  );
  return { ...product.defaultConfig, destinations, routes, defaultDestinationIds: ["d0"] };
}

function measure(work, times) {
  const samples = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    work(n);
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

const us = (ms) => (ms * 1_000).toFixed(1);
const at = (samples) => `${us(percentile(samples, 0.5))} / ${us(percentile(samples, 0.99))}`;
const rows = [
  [
    "table",
    "first decision, ms",
    "decision p50 / p99, µs",
    "of a core, µs",
    `p99 < ${goals.decisionMs} ms`,
    "trace p50, ms",
    "lint, ms",
  ],
];
for (const [name, asks] of Object.entries(tables)) {
  const config = configOf(asks);
  const readiness = new Map();
  const records = Array.from({ length: 500 }, (_, n) => recordOf(n * 7));
  const decide = (n) => product.decideRoute(records[n % records.length], config, readiness);
  const [first] = measure(decide, 1);
  measure(decide, 5_000);
  const cpuBefore = process.cpuUsage();
  const decisions = measure(decide, 20_000);
  const cpu = process.cpuUsage(cpuBefore);
  const traces = measure((n) => product.traceRoutes(records[n % records.length], config), 200);
  const [lint] = measure(() => product.lintRoutes(config), 1);
  const p99 = percentile(decisions, 0.99);
  rows.push([
    ...[
      name,
      first.toFixed(1),
      at(decisions),
      ((cpu.user + cpu.system) / decisions.length).toFixed(1),
      p99 < goals.decisionMs ? "yes" : "no",
    ],
    ...[percentile(traces, 0.5).toFixed(2), lint.toFixed(0)],
  ]);
}
console.log(`${describeMachine()}; ${routeCount} routes`);
printTable(rows);

const { previews, cpuMs } = await previewsOnDatabase(configOf(Object.values(tables)[1]));
const p99 = percentile(previews, 0.99);
console.log();
printTable([
  ["what", "calls", "p50 / p99, ms", "of a core, ms", `p99 < ${goals.previewMs} ms`],
  [
    `preview verb, ${routeCount} mixed routes, PostgreSQL`,
    previews.length,
    `${percentile(previews, 0.5).toFixed(1)} / ${p99.toFixed(1)}`,
    (cpuMs / previews.length).toFixed(1),
    p99 < goals.previewMs ? "yes" : "no",
  ],
]);

/** One after another: the whole verb, from who asks to the trace of every route. */
async function previewsOnDatabase(config) {
  const cluster = await openThrowawayCluster({ label: "bench-routing" });
  let db = null;
  try {
    await applyMigrations(cluster.url);
    db = product.openDatabase(cluster.url, 4);
    const ctx = contextOf(db);
    const { routes, defaultDestinationIds } = config;
    await product.patchConfig(ctx, { patch: { destinations, routes, defaultDestinationIds } });
    const previews = [];
    let cpuBefore = process.cpuUsage();
    for (let n = 0; n < previewCount + 200; n++) {
      if (n === 200) cpuBefore = process.cpuUsage();
      const { routeTags, ...record } = recordOf(n % routeCount);
      const words = ["eventType", "source", "component", "riskLevel", "title", "level", "projectId"];
      const explicit = { ...Object.fromEntries(words.map((word) => [word, record[word]])), routeTags };
      const startedAt = performance.now();
      await product.previewRoute(ctx, {
        ...{ draftId: null, incidentId: null, report: null, explicit, destinationIds: [] },
      });
      if (n >= 200) previews.push(performance.now() - startedAt);
    }
    const cpu = process.cpuUsage(cpuBefore);
    return { previews, cpuMs: (cpu.user + cpu.system) / 1_000 };
  } finally {
    await db?.close();
    await cluster.remove();
  }
}

function contextOf(db) {
  const reason = { code: "secret_unset", message: "No secrets here." };
  return {
    ...{ db, nowMs: Date.now(), requestId: "bench" },
    actor: { kind: "token", tokenId: "bench", name: "bench", tokenKind: "admin" },
    services: {
      ...{
        resolveSecret: () => ({ ok: false, reason }),
        privateNetworks: [],
        pepper: "bench",
        random: Math.random,
      },
      fetch: () => Promise.reject(new Error("nothing leaves here")),
    },
  };
}
