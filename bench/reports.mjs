// Reports acknowledged after commit: single 2 KB and 50 KB reports over 64 keep-alive connections, and NDJSON batches,
// beside a bare Hono echo of the same body and the bare database upsert, in one run against a running server.
//
//   npm start &   node bench/reports.mjs [--seconds 10] [--connections 64]
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import pg from "pg";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { runningServer } from "./support/running-server.mjs";
import { ensureWrk, runWrk } from "./support/wrk.mjs";

const seconds = Number(flag("seconds", 10));
const connections = Number(flag("connections", 64));
const { url, token, databaseUrl } = runningServer();
/** Different failures in rotation: most reports of a busy system repeat, some are new. */
const kinds = 500;

function report(index, bytes) {
  const frames = Array.from(
    { length: 12 },
    (_, depth) =>
      `    at step${depth} (/srv/app/src/module-${index % kinds}/file-${depth}.ts:${100 + depth}:${depth + 1})`,
  );
  const body = {
    report: {
      title: `TypeError: Cannot read properties of undefined (reading 'field${index % kinds}')`,
      source: "bench",
      event: `bench.failed.${index % kinds}`,
      level: "error",
      component: "worker",
      run_id: `run-${index}`,
      excerpt: frames,
      detail: "",
    },
  };
  const rest = bytes - JSON.stringify(body).length;
  body.report.detail = "the batch stopped after item twelve of the day's settlement run; "
    .repeat(Math.ceil(Math.max(1, rest) / 66))
    .slice(0, Math.max(1, rest));
  return JSON.stringify(body);
}

async function measure(name, target, bodies, headers, perRequest = 1, conns = connections) {
  const result = await runWrk({
    url: target,
    connections: conns,
    seconds,
    headers: { "content-type": "application/json", ...headers },
    bodies,
  });
  return [
    name,
    Math.round(result.perSecond * perRequest),
    `${result.p50Ms.toFixed(1)} / ${result.p99Ms.toFixed(1)} ms`,
    result.failed,
  ];
}

ensureWrk();
const bodies = (bytes, count = 2_000) => Array.from({ length: count }, (_, index) => report(index, bytes));
const auth = { authorization: `Bearer ${token}` };
const rows = [["what", "per second", "p50 / p99", "not 2xx"]];

const echo = new Hono();
echo.post("/", async (c) => c.json(await c.req.json()));
const server = serve({ fetch: echo.fetch, port: 0, hostname: "127.0.0.1" });
await new Promise((resolve) => server.once("listening", resolve));
rows.push(
  await measure("bare Hono echo, 2 KB", `http://127.0.0.1:${server.address().port}/`, bodies(2_048), {}),
);
server.close();

if (databaseUrl) rows.push(await bareUpsert());
rows.push(await measure("single reports, 2 KB", `${url}/incident-monitor/report`, bodies(2_048), auth));
rows.push(
  await measure("single reports, 50 KB", `${url}/incident-monitor/report`, bodies(50 * 1_024, 200), auth),
);
const lines = bodies(2_048, 500).join("\n");
rows.push(
  await measure(
    "NDJSON batches of 500 x 2 KB",
    `${url}/incident-monitor/intake/reports`,
    [lines],
    { ...auth, "content-type": "application/x-ndjson" },
    500,
    4,
  ),
);
console.log(describeMachine());
printTable(rows);

/** The least a database can do for a report: one upsert and one insert in their own transaction, 16 at a time. */
async function bareUpsert() {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
  await pool.query(`CREATE TABLE IF NOT EXISTS bench_incidents (key text PRIMARY KEY, n int NOT NULL, body text);
                    CREATE TABLE IF NOT EXISTS bench_occurrences (id bigserial PRIMARY KEY, key text NOT NULL)`);
  const body = report(1, 2_048);
  const until = performance.now() + seconds * 1_000;
  let done = 0;
  const latencies = [];
  await Promise.all(
    Array.from({ length: 16 }, async (_, lane) => {
      while (performance.now() < until) {
        const started = performance.now();
        await pool.query(
          `WITH i AS (INSERT INTO bench_incidents VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET n = bench_incidents.n + 1 RETURNING key)
           INSERT INTO bench_occurrences (key) SELECT key FROM i`,
          [`k${(done * 16 + lane) % kinds}`, body],
        );
        latencies.push(performance.now() - started);
        done += 1;
      }
    }),
  );
  await pool.query("DROP TABLE bench_incidents, bench_occurrences");
  await pool.end();
  latencies.sort((left, right) => left - right);
  const at = (share) => latencies[Math.floor(latencies.length * share)]?.toFixed(1);
  return [
    "bare upsert and insert, one a commit",
    Math.round(done / seconds),
    `${at(0.5)} / ${at(0.99)} ms`,
    0,
  ];
}
