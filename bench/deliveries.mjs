// Signed webhook deliveries through the real outbox: drafts are reported, approved and queued over the API, the monitor is
// paused, and the drain is timed from resume to the last committed receipt. Beside it a bare undici POST loop to the same
// receiver, and deliveries that become due at a steady pace.
//
//   node bench/deliveries.mjs [--count 2500] [--paced 500] [--pace 200]
import { createHmac, randomUUID } from "node:crypto";
import { Pool } from "undici";
import { inLanes, openApi } from "./support/api-client.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { nowMs, percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { withOwnServer } from "./support/own-server.mjs";
import { configureWebhook, reportDrafts, writeSecret } from "./support/prepared-drafts.mjs";
import { readProcessTree } from "./support/process-tree.mjs";
import { startReceiver } from "./support/webhook-receiver.mjs";

const count = Number(flag("count", 2_500));
const pacedCount = Number(flag("paced", 500));
const pace = Number(flag("pace", 200));
const drainTimeoutMs = 120_000;
/** As many at once as the worker makes to one destination. */
const lanes = 32;

// The workers start later: until then deliveries stay queued.
await withOwnServer(["--no-workers"], async (server) => {
  const { secret, reference } = writeSecret(server.dataDir);
  const receiver = await startReceiver(secret);
  let db = null;
  try {
    await queue(server, receiver, reference);
    await server.restart();
    db = openBenchDatabase(server.databaseUrl);
    const bodies = await queuedBodies(db);
    const rows = [["what", "per second", "p50 / p95 / p99", "CPU ms each: server, database", "checked"]];
    rows.push(await bareLoop(receiver, secret, bodies));
    rows.push(await drain(server, receiver, db));
    rows.push(await paced(server, receiver, db));
    console.log(describeMachine());
    printTable(rows);
  } finally {
    await db?.end();
    receiver.stop();
  }
});

/** Reports, approvals and queueing over the API, then the pause that keeps them queued (D-15). */
async function queue(server, receiver, reference) {
  const api = openApi(server);
  await configureWebhook(api, receiver.url, reference);
  const drafts = await reportDrafts(api, count + pacedCount, "delivery");
  const startedAt = performance.now();
  await inLanes(drafts, 16, (id) => api.call("POST", `/incident-monitor/drafts/${id}/approve`, {}));
  const perSecond = Math.round(drafts.length / ((performance.now() - startedAt) / 1_000));
  console.log(`${drafts.length} drafts approved and queued over the API, ${perSecond}/s`);
  await api.call("POST", "/incident-monitor/pause", {});
  await api.close();
}

async function queuedBodies(db) {
  const { rows } = await db.query("SELECT id, body FROM deliveries WHERE state = 'due' LIMIT 500");
  return rows;
}

/** The least a sender can do: sign and POST what is already in memory, nothing kept. */
async function bareLoop(receiver, secret, bodies) {
  const url = new URL(receiver.url);
  const pool = new Pool(url.origin, { connections: lanes });
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const latencies = [];
  const startedAt = performance.now();
  await inLanes(Array.from({ length: count }), lanes, async () => {
    const { body } = bodies[latencies.length % bodies.length];
    const sentAt = performance.now();
    const answer = await pool.request({
      method: "POST",
      path: url.pathname,
      headers: signed(body, secret, key),
      body,
    });
    await answer.body.dump();
    latencies.push(performance.now() - sentAt);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.close();
  const { arrivals, invalid } = await receiver.take();
  return [
    "bare undici POST loop, signed, nothing kept",
    Math.round(count / seconds),
    percentiles(latencies),
    "",
    `${arrivals.length} received, ${invalid} badly signed`,
  ];
}

function signed(body, secret, key) {
  const at = Date.now();
  const id = randomUUID();
  const second = Math.floor(at / 1_000);
  return {
    "content-type": "application/json",
    "idempotency-key": id,
    "x-tandem-delivery-id": id,
    "x-tandem-signature": `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`,
    "webhook-id": id,
    "webhook-timestamp": String(second),
    "webhook-signature": `v1,${createHmac("sha256", key).update(`${id}.${second}.${body}`).digest("base64")}`,
  };
}

/** From the resume call to the last receipt committed; those kept back for the paced run are not due yet. */
async function drain(server, receiver, db) {
  await db.query(
    `UPDATE deliveries SET next_attempt_at = now() + interval '1 day' WHERE id IN
       (SELECT id FROM deliveries WHERE state = 'due' ORDER BY id LIMIT $1)`,
    [pacedCount],
  );
  const before = await evidence(db);
  const used = readProcessTree(server.pid);
  const api = openApi(server, 1);
  const startedAt = nowMs();
  await api.call("POST", "/incident-monitor/resume", {});
  await until(async () => (await evidence(db)).receipts - before.receipts >= count);
  const seconds = (nowMs() - startedAt) / 1_000;
  await api.close();
  return [
    `outbox drain of ${count}: claimed, signed, sent, receipted, audited`,
    Math.round(count / seconds),
    `all in ${seconds.toFixed(1)} s`,
    cpuEach(used, readProcessTree(server.pid), count),
    verdict(await receiver.take(), before, await evidence(db), count),
  ];
}

/** Due at a steady pace: from the moment a delivery is due to its arrival at the receiver. */
async function paced(server, receiver, db) {
  const before = await evidence(db);
  const { rows } = await db.query(
    `UPDATE deliveries v SET next_attempt_at = now() + interval '1 s' + (n.nth * 1000.0 / $1) * interval '1 ms'
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM deliveries WHERE state = 'due') n
     WHERE n.id = v.id RETURNING v.id, extract(epoch FROM v.next_attempt_at) * 1000 AS due`,
    [pace],
  );
  const due = new Map(rows.map((row) => [row.id, Number(row.due)]));
  const used = readProcessTree(server.pid);
  await until(async () => (await evidence(db)).receipts - before.receipts >= due.size);
  const taken = await receiver.take();
  const waits = taken.arrivals.map(({ deliveryId, at }) => at - due.get(deliveryId));
  return [
    `due at ${pace}/s: from due to the receiver`,
    pace,
    percentiles(waits),
    cpuEach(used, readProcessTree(server.pid), due.size),
    verdict(taken, before, await evidence(db), due.size),
  ];
}

function cpuEach(before, after, deliveries) {
  if (!before || !after) return "not known here";
  const each = (name) => (((after[name] - before[name]) * 1_000) / deliveries).toFixed(2);
  return `${each("serverCpuS")}, ${each("databaseCpuS")}`;
}

async function evidence(db) {
  const { rows } = await db.query(
    `SELECT (SELECT count(*)::int FROM receipts WHERE status = 'posted') AS receipts,
       (SELECT count(*)::int FROM audit_entries WHERE action = 'incident_monitor.publish.completed'
         AND subject_kind = 'delivery') AS audited`,
  );
  return rows[0];
}

/** Nothing is a figure that is not also right: one arrival, one key, one receipt and one audit entry each. */
function verdict({ arrivals, invalid }, before, after, wanted) {
  const keys = new Set(arrivals.map(({ key }) => key)).size;
  const receipts = after.receipts - before.receipts;
  const audited = after.audited - before.audited;
  const right =
    keys === wanted &&
    arrivals.length === wanted &&
    invalid === 0 &&
    receipts === wanted &&
    audited === wanted;
  const words = `${keys} keys, ${receipts} receipts, ${audited} audit entries, ${invalid} badly signed`;
  if (!right) throw new Error(`of ${wanted} deliveries: ${arrivals.length} arrivals, ${words}`);
  return words;
}

async function until(done) {
  const deadline = performance.now() + drainTimeoutMs;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error("the deliveries did not end in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
