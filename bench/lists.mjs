// The lists people look at, with many incidents: the newest 50 of each, status and overview, search and filters, by one
// client after another and by eight at once. The bare database answer to the plainest list stands beside them. With
// --paint also when a browser shows the first of a screen. --rows measures the rows alone whose name holds one of these
// words, divided by commas.
//
//   node bench/lists.mjs [--incidents 100000] [--occurrences 1000000] [--seconds 2] [--rows status,overview] [--paint]
import { setTimeout as sleep } from "node:timers/promises";
import { openApi } from "./support/api-client.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { measureFirstPaint } from "./support/first-paint.mjs";
import { percentile, percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { fillWithIncidents } from "./support/many-incidents.mjs";
import { withOwnServer } from "./support/own-server.mjs";
import { readProcessTree } from "./support/process-tree.mjs";

const incidents = Number(flag("incidents", 100_000));
const occurrences = Number(flag("occurrences", 1_000_000));
const seconds = Number(flag("seconds", 2));

const wanted = String(flag("rows", "")).split(",");

const monitor = "/incident-monitor";
/** In one title alone: every third one is an order's. */
const rare = `order%20${3 * Math.floor(incidents / 4)}`;
const asked = [
  ["newest 50 incidents", `${monitor}/incidents?limit=50`, 50],
  ["newest 50 drafts", `${monitor}/drafts?limit=50`, 50],
  ["newest 50 posts", `${monitor}/posts?limit=50`, 50],
  ["status", `${monitor}/status`, 50],
  ["overview", `${monitor}/overview`, 200],
  ["charts over 24 hours", `${monitor}/trends?window=24h`, 200],
  ["charts over 7 days", `${monitor}/trends?window=7d`, 200],
  ["charts over 30 days", `${monitor}/trends?window=30d`, 200],
  ["incidents, search of a common word", `${monitor}/incidents?limit=50&q=card`, 200],
  ["incidents, search of a rare word", `${monitor}/incidents?limit=50&q=${rare}`, 200],
  ["drafts, search of a rare word", `${monitor}/drafts?limit=50&q=${rare}`, 200],
  ["drafts that wait for approval", `${monitor}/drafts?limit=50&state=approval_due`, 200],
  ["drafts still open", `${monitor}/drafts?limit=50&state=open`, 200],
  ["drafts, oldest first", `${monitor}/drafts?limit=50&sort=oldest`, 200],
  ["drafts, worst risk first", `${monitor}/drafts?limit=50&sort=risk`, 200],
  ["drafts, most seen first", `${monitor}/drafts?limit=50&sort=occurrences`, 200],
  ["drafts of one severity", `${monitor}/drafts?limit=50&severity=critical`, 200],
].filter(([what]) => wanted.some((word) => what.includes(word)));

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

    const rows = [
      ["what", "one client, p50 / p95 / p99", "CPU a call", "eight clients, p50 / p95 / p99", "p95 goal"],
    ];
    const bare = () =>
      db.query("SELECT * FROM incidents WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 50");
    rows.push(["bare SELECT of 50 incident rows", percentiles(await lane(bare, seconds)), "", "", ""]);
    await untilHoursAreCounted(db);
    const cpu = await openCpuMeter(server.pid);
    for (const [what, path, goalMs] of asked)
      rows.push(await row(what, () => api.call("GET", path), goalMs, cpu));
    console.log(describeMachine());
    printTable(rows);
    if (process.argv.includes("--paint")) await paint(server);
  } finally {
    await db.end();
    await api.close();
  }
});

/** Charts read hours that a worker counts when they are over; a month of them takes it a few turns, once. */
async function untilHoursAreCounted(db) {
  for (;;) {
    const { rows } = await db.query(
      "SELECT counted_until > now() - interval '2 hours' AS done FROM occurrence_hour_marks",
    );
    if (rows[0]?.done) return;
    await sleep(1_000);
  }
}

async function paint(server) {
  const rows = [["screen", "first paint, median / worst of 7", "goal"]];
  for (const [screen, times] of await measureFirstPaint(server, ["/", "/drafts", "/incidents"])) {
    const worst = times.at(-1);
    rows.push([
      screen,
      `${times[3].toFixed(0)} / ${worst.toFixed(0)} ms`,
      `1000 ms: ${worst < 1_000 ? "yes" : "no"}`,
    ]);
  }
  printTable(rows);
}

/**
 * CPU of server and database a call, without what both use when nobody asks. Where others load the machine, latencies are
 * theirs too; this is what a call costs, and on a quiet machine about how long it takes.
 */
async function openCpuMeter(pid) {
  const used = () => {
    const tree = readProcessTree(pid);
    return tree ? tree.serverCpuS + tree.databaseCpuS : Number.NaN;
  };
  const idleFrom = [performance.now(), used()];
  await sleep(5_000);
  const idleShare = ((used() - idleFrom[1]) * 1_000) / (performance.now() - idleFrom[0]);
  return () => {
    const from = [performance.now(), used()];
    return (calls) => {
      const spentMs = (used() - from[1]) * 1_000 - idleShare * (performance.now() - from[0]);
      return `${Math.max(0, spentMs / calls).toFixed(1)} ms`;
    };
  };
}

async function row(what, call, goalMs, cpu) {
  const first = await call();
  if (first.count === 0) throw new Error(`${what}: the list is empty`);
  await lane(call, 0.3);
  const spent = cpu();
  const one = await lane(call, seconds);
  const cost = spent(one.length);
  const lanes = await Promise.all(Array.from({ length: 8 }, () => lane(call, seconds)));
  const met = percentile(one, 0.95) < goalMs;
  return [what, percentiles(one), cost, percentiles(lanes.flat()), `${goalMs} ms: ${met ? "yes" : "no"}`];
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
