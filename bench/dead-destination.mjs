// What one dead destination costs the others. Drafts go to four webhooks each, at a steady pace; the fourth is well, refuses every
// connection, or takes it and never answers. Timed is from due to arrival at the other three. The three ways take turns, so that
// whatever else the machine does meets all of them.
//
//   node bench/dead-destination.mjs [--drafts 300] [--pace 30] [--turns 4]
import { createServer } from "node:net";
import { inLanes, openApi } from "./support/api-client.mjs";
import { openBenchDatabase } from "./support/bench-database.mjs";
import { percentile, percentiles } from "./support/latencies.mjs";
import { describeMachine, flag, printTable } from "./support/machine.mjs";
import { freePort, withOwnServer } from "./support/own-server.mjs";
import { reportDrafts, writeSecret } from "./support/prepared-drafts.mjs";
import { startReceiver } from "./support/webhook-receiver.mjs";

const draftCount = Number(flag("drafts", 300));
const pace = Number(flag("pace", 30));
const turns = Number(flag("turns", 4));
const turnTimeoutMs = 120_000;
const others = ["a", "b", "c"];
const ways = ["well", "refuses", "hangs"];

await withOwnServer([], async (server) => {
  const { secret, reference } = writeSecret(server.dataDir);
  const receiver = await startReceiver(secret);
  const deaf = await openDeaf();
  const urls = {
    well: receiver.url,
    refuses: `http://127.0.0.1:${await freePort()}/hook`,
    hangs: `http://127.0.0.1:${deaf.port}/hook`,
  };
  const api = openApi(server);
  const db = openBenchDatabase(server.databaseUrl);
  try {
    const rows = [...others.map((id) => [id, receiver.url]), ...Object.entries(urls)].map(([id, url]) =>
      webhook(id, url, reference),
    );
    await api.configure({ destinations: rows, require_approval_for_new_issues: false });
    const waits = Object.fromEntries(ways.map((way) => [way, []]));
    const queued = await queue(api, db);
    // The first of all finds cold code and connections: it counts for nobody.
    await take(db, receiver, queued.well.pop(), "well");
    for (let turn = 0; turn < turns; turn++) {
      for (const way of ways) waits[way].push(...(await take(db, receiver, queued[way][turn], way)));
    }
    console.log(describeMachine());
    printTable(table(waits));
  } finally {
    await db.end();
    await api.close();
    receiver.stop();
    deaf.close();
  }
});

function webhook(id, url, reference) {
  return {
    destination_id: id,
    name: id,
    kind: "webhook",
    webhook_url: url,
    webhook_secret_ref: reference,
    config: { allow_insecure_http: true, allow_private_networks: true },
  };
}

/** Takes every connection and reads nothing of it. */
function openDeaf() {
  const sockets = new Set();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve({ port: server.address().port, close })),
  );
}

/** Publishes over the API; what that queues is due tomorrow, so that nothing leaves before it is timed. */
async function queue(api, db) {
  await db.query(`
    CREATE FUNCTION bench_keep_back() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.state := 'retrying'; NEW.next_attempt_at := now() + interval '1 day'; RETURN NEW; END $$;
    CREATE TRIGGER bench_keep_back BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION bench_keep_back()`);
  const queued = {};
  for (const way of ways) {
    await api.configure({ default_destination_ids: [...others, way] });
    queued[way] = [];
    const turnCount = way === "well" ? turns + 1 : turns;
    for (let turn = 0; turn < turnCount; turn++) {
      const drafts = await reportDrafts(api, draftCount, `${way}-${turn}`);
      await inLanes(drafts, 8, (id) => api.call("POST", `/incident-monitor/drafts/${id}/publish`, {}));
      queued[way].push(drafts);
    }
  }
  await db.query("DROP TRIGGER bench_keep_back ON deliveries; DROP FUNCTION bench_keep_back");
  return queued;
}

/** One turn: falls due draft by draft. Returns the waits of the other three, in ms. */
async function take(db, receiver, drafts, way) {
  const { rows } = await db.query(
    `UPDATE deliveries v SET next_attempt_at = now() + interval '1 s' + (n.nth * 1000.0 / $2) * interval '1 ms'
     FROM unnest($1::text[]) WITH ORDINALITY AS n(draft_id, nth) WHERE n.draft_id = v.draft_id
     RETURNING v.id, v.destination_id, extract(epoch FROM v.next_attempt_at) * 1000 AS due`,
    [drafts, pace],
  );
  const due = new Map(rows.map((row) => [row.id, row]));
  const wanted = others.length * drafts.length;
  await until(async () => (await receiptsOf(db, drafts)) >= wanted);
  const { arrivals, invalid } = await receiver.take();
  const theirs = arrivals.filter((each) => others.includes(due.get(each.deliveryId)?.destination_id));
  const keys = new Set(theirs.map((each) => each.key)).size;
  if (keys !== wanted || theirs.length !== wanted || invalid > 0)
    throw new Error(
      `${way}: ${wanted} wanted, ${theirs.length} arrivals, ${keys} keys, ${invalid} badly signed`,
    );
  await rest(db, way);
  return theirs.map((each) => each.at - Number(due.get(each.deliveryId).due));
}

async function receiptsOf(db, drafts) {
  const { rows } = await db.query(
    `SELECT count(*)::int AS n FROM deliveries WHERE draft_id = ANY($1) AND destination_id = ANY($2) AND state = 'published'`,
    [drafts, others],
  );
  return rows[0].n;
}

/** What is left of a dead one waits for tomorrow, and its circuit is closed again: each turn begins with it trusted. */
async function rest(db, way) {
  const parked = `UPDATE deliveries SET next_attempt_at = now() + interval '1 day'
    WHERE destination_id = $1 AND state IN ('due', 'retrying')`;
  await until(async () => {
    await db.query(parked, [way]);
    const { rows } = await db.query("SELECT count(*)::int AS n FROM deliveries WHERE state = 'sending'");
    return rows[0].n === 0;
  });
  await db.query(parked, [way]);
  await db.query("DELETE FROM destination_health WHERE destination_id = $1", [way]);
}

function table(waits) {
  const p95 = (way) => percentile(waits[way], 0.95);
  const change = (way) => {
    const share = (p95(way) / p95("well") - 1) * 100;
    return `${share < 0 ? "" : "+"}${share.toFixed(1)} %`;
  };
  return [
    [
      "the fourth destination",
      "from due to the other three, p50 / p95 / p99",
      "p95 against well",
      "deliveries timed",
    ],
    ...ways.map((way) => [way, percentiles(waits[way]), change(way), waits[way].length]),
  ];
}

async function until(done) {
  const deadline = performance.now() + turnTimeoutMs;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error("the deliveries did not end in time");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
