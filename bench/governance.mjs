// What auditors ask for, with many incidents: the authority inventory, its graph and the assessment report, as admin, one
// call after another.
// A registration of 400 agents and a few hundred records of the audit are there besides.
//
//   node bench/governance.mjs [--incidents 100000] [--occurrences 100000] [--calls 20]
import { openApi } from "./support/api-client.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { fillWithIncidents } from "./support/many-incidents.mjs";
import { withOwnServer } from "./support/own-server.mjs";

const incidents = Number(flag("incidents", 100_000));
const occurrences = Number(flag("occurrences", 100_000));
const calls = Number(flag("calls", 20));

const security = "/incident-monitor/security";
const report = (body) => ["POST", `${security}/assessment-report`, body];
/** What is asked for, and within how long it has to be there, ms; `first`: what is asked once before. */
const asked = [
  { what: "authority inventory", request: ["GET", `${security}/authority-inventory`], goalMs: 2_000 },
  { what: "authority graph", request: ["GET", `${security}/authority-graph`], goalMs: 2_000 },
  { what: "assessment report, scenarios played for it", request: report({}), goalMs: 2_000 },
  {
    what: "assessment report after a run of them",
    first: ["POST", `${security}/scenario-packs`, {}],
    ...{ request: report({}), goalMs: 2_000 },
  },
];

const agents = Array.from({ length: 400 }, (_, index) => ({
  agent_id: `agent-${index}`,
  mcp_policy: { allowed_servers: [`server-${index % 7}`], allowed_tools: ["read", "write"] },
}));

await withOwnServer([], async (server) => {
  const api = openApi(server, 1);
  const db = openBenchDatabase(server.databaseUrl);
  try {
    await fillWithIncidents(api, db, { incidents, occurrences });
    await api.call("PUT", `${security}/authority-subjects`, { runtime_id: "bench", agents });
    const rows = [["what", "p50 / p95 / p99", "goal"]];
    for (const { what, first, request, goalMs } of asked) {
      if (first) await api.call(...first);
      const answer = await api.call(...request);
      const size = Math.round(JSON.stringify(answer).length / 1024);
      rows.push([
        `${what} (${size} KiB)`,
        percentiles(await timed(() => api.call(...request))),
        `${goalMs} ms`,
      ]);
    }
    console.log(`${describeMachine()}\n${incidents} incidents and drafts, ${occurrences} occurrences`);
    printTable(rows);
  } finally {
    await db.end();
    await api.close();
  }
});

/** How long each of the calls took, ms; the first was made before and does not count. */
async function timed(call) {
  const took = [];
  for (let left = calls; left > 0; left -= 1) {
    const startedAt = performance.now();
    await call();
    took.push(performance.now() - startedAt);
  }
  return took;
}
