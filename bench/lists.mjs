// The lists people look at, with many incidents: the newest 50 of each, status and overview, search and filters, by one
// client after another and by eight at once. The bare database answer to the plainest list stands beside them.
//
//   node bench/lists.mjs [--incidents 100000] [--occurrences 1000000] [--seconds 2]
import { openApi } from "./support/api-client.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { percentile, percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { fillWithIncidents } from "./support/many-incidents.mjs";
import { withOwnServer } from "./support/own-server.mjs";

const incidents = Number(flag("incidents", 100_000));
const occurrences = Number(flag("occurrences", 1_000_000));
const seconds = Number(flag("seconds", 2));

const monitor = "/incident-monitor";
/** In one title alone: every third one is an order's. */
const rare = `order%20${3 * Math.floor(incidents / 4)}`;
const asked = [
  ["newest 50 incidents", `${monitor}/incidents?limit=50`, 50],
  ["newest 50 drafts", `${monitor}/drafts?limit=50`, 50],
  ["newest 50 posts", `${monitor}/posts?limit=50`, 50],
  ["status", `${monitor}/status`, 50],
  ["overview", `${monitor}/overview`, 200],
  ["incidents, search of a common word", `${monitor}/incidents?limit=50&q=card`, 200],
  ["incidents, search of a rare word", `${monitor}/incidents?limit=50&q=${rare}`, 200],
  ["drafts, search of a rare word", `${monitor}/drafts?limit=50&q=${rare}`, 200],
  ["drafts that wait for approval", `${monitor}/drafts?limit=50&state=approval_due`, 200],
  ["drafts still open", `${monitor}/drafts?limit=50&state=open`, 200],
  ["drafts of one severity", `${monitor}/drafts?limit=50&severity=critical`, 200],
];

await withOwnServer([], async (server) => {
  const api = openApi(server, 8);
  const db = openBenchDatabase(server.databaseUrl);
  try {
    const startedAt = performance.now();
    await fillWithIncidents(api, db, { incidents, occurrences });
    const filled = ((performance.now() - startedAt) / 1_000).toFixed(0);
    console.log(
      `${incidents} incidents and drafts, ${incidents / 5} posts, ${occurrences} occurrences in ${filled} s`,
    );

    const rows = [["what", "one client, p50 / p95 / p99", "eight clients, p50 / p95 / p99", "p95 goal"]];
    const bare = () =>
      db.query("SELECT * FROM incidents WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 50");
    rows.push(["bare SELECT of 50 incident rows", percentiles(await lane(bare, seconds)), "", ""]);
    for (const [what, path, goalMs] of asked) rows.push(await row(what, () => api.call("GET", path), goalMs));
    console.log(describeMachine());
    printTable(rows);
  } finally {
    await db.end();
    await api.close();
  }
});

async function row(what, call, goalMs) {
  const first = await call();
  if (first.count === 0) throw new Error(`${what}: the list is empty`);
  await lane(call, 0.3);
  const one = await lane(call, seconds);
  const lanes = await Promise.all(Array.from({ length: 8 }, () => lane(call, seconds)));
  const met = percentile(one, 0.95) < goalMs;
  return [what, percentiles(one), percentiles(lanes.flat()), `${goalMs} ms: ${met ? "yes" : "no"}`];
}

/** One call after another; answers with how long each took. */
async function lane(call, forSeconds) {
  const until = performance.now() + forSeconds * 1_000;
  const latencies = [];
  while (performance.now() < until) {
    const sentAt = performance.now();
    await call();
    latencies.push(performance.now() - sentAt);
  }
  return latencies;
}
