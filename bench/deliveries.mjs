// Signed webhook deliveries through the real outbox: drafts are reported, approved and queued over the API and kept back,
// the monitor is paused, all fall due, and the drain is timed from the resume call to the last committed receipt. Beside it a
// bare undici POST loop to the same receiver, and deliveries that become due at a steady pace.
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

await withOwnServer([], async (server) => {
  const { secret, reference } = writeSecret(server.dataDir);
  const receiver = await startReceiver(secret);
  const api = openApi(server);
  const db = openBenchDatabase(server.databaseUrl);
  try {
    await configureWebhook(api, receiver.url, reference);
    await queue(api, db);
    const { rows: bodies } = await db.query("SELECT body FROM deliveries LIMIT 500");
    const rows = [["what", "per second", "p50 / p95 / p99", "CPU ms each: server, database", "checked"]];
    rows.push(await bareLoop(receiver, secret, bodies));
    rows.push(await drain(server, api, receiver, db));
    rows.push(await paced(server, receiver, db));
    console.log(describeMachine());
    printTable(rows);
  } finally {
    await db.end();
    await api.close();
    receiver.stop();
  }
});

/** Reports and approvals over the API; what they queue is due tomorrow, so that nothing leaves before it is timed. */
async function queue(api, db) {
  await db.query(`
    CREATE FUNCTION bench_keep_back() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.state := 'retrying'; NEW.next_attempt_at := now() + interval '1 day'; RETURN NEW; END $$;
    CREATE TRIGGER bench_keep_back BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION bench_keep_back()`);
  const drafts = await reportDrafts(api, count + pacedCount, "delivery");
  const startedAt = performance.now();
  await inLanes(drafts, 16, (id) => api.call("POST", `/incident-monitor/drafts/${id}/approve`, {}));
  const perSecond = Math.round(drafts.length / ((performance.now() - startedAt) / 1_000));
  console.log(`${drafts.length} drafts approved and queued over the API, ${perSecond}/s`);
  await db.query("DROP TRIGGER bench_keep_back ON deliveries; DROP FUNCTION bench_keep_back");
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

/** From the resume call to the last receipt committed, all but the paced run's due while the monitor is paused (D-15). */
async function drain(server, api, receiver, db) {
  await api.call("POST", "/incident-monitor/pause", {});
  await db.query(
    `UPDATE deliveries SET next_attempt_at = now() WHERE id IN
       (SELECT id FROM deliveries WHERE state = 'retrying' ORDER BY id LIMIT $1)`,
    [count],
  );
  const before = await evidence(db);
  const used = readProcessTree(server.pid);
  const startedAt = nowMs();
  await api.call("POST", "/incident-monitor/resume", {});
  await until(async () => (await evidence(db)).receipts - before.receipts >= count);
  const seconds = (nowMs() - startedAt) / 1_000;
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
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM deliveries WHERE state = 'retrying') n
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
