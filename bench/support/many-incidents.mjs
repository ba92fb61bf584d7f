import { failure } from "./prepared-drafts.mjs";

/**
 * Fills the database with copies of one real failure that went the whole way: reported, approved, delivered, receipted.
 * Copies differ in ids, titles, identity, times (spread over 30 days), severity and decision; every column the bench does
 * not name is the original's, so this keeps up with the schema. One in five was delivered.
 */
export async function fillWithIncidents(api, db, { incidents, occurrences }) {
  const { incident_id: incidentId, draft } = await api.call("POST", "/incident-monitor/report", {
    report: failure("original"),
  });
  await api.call("POST", `/incident-monitor/drafts/${draft.draft_id}/publish`, {});
  const client = await db.connect();
  try {
    // Rows are copied with what hangs on them, in the order their foreign keys want.
    await client.query("BEGIN");
    await copy(client, incidents, "incidents", incidentId, {
      id: "'inc_bench_' || n",
      fingerprint: "md5(n::text) || md5('b' || n)",
      wire_fingerprint: "'bench-' || n",
      draft_id: "'draft_bench_' || n",
      title: `${titles} || n`,
      event_type: "'bench.kind' || (n % 40) || '.failed'",
      risk_level: levels,
      risk_rank: "5 - n % 5",
      occurrence_count: "10",
      ...seen("first_seen_at", "last_seen_at", "created_at", "updated_at"),
    });
    await copy(client, incidents, "drafts", draft.draft_id, {
      id: "'draft_bench_' || n",
      incident_id: "'inc_bench_' || n",
      fingerprint: "'bench-' || n",
      title: `${titles} || n`,
      event_type: "'bench.kind' || (n % 40) || '.failed'",
      risk_level: levels,
      risk_rank: "5 - n % 5",
      approval: "CASE WHEN n % 5 = 0 THEN 'not_required' WHEN n % 10 < 5 THEN 'required' ELSE 'denied' END",
      ...seen("created_at", "updated_at"),
    });
    await copy(client, incidents, "deliveries", await idOf(client, "deliveries"), {
      id: "'dlv_bench_' || n",
      post_id: "'post_bench_' || n",
      draft_id: "'draft_bench_' || n",
      incident_id: "'inc_bench_' || n",
      idempotency_key: "'key_bench_' || n",
      ...seen("created_at", "updated_at", "ended_at", "next_attempt_at"),
    });
    await copy(client, incidents, "receipts", await idOf(client, "receipts"), {
      id: "'post_bench_' || n",
      delivery_id: "'dlv_bench_' || n",
      ...seen("created_at"),
    });
    await copy(client, incidents, "delivery_attempts", null, {
      delivery_id: "'dlv_bench_' || n",
      ...seen("started_at"),
    });
    await copy(client, occurrences, "occurrences", await idOf(client, "occurrences"), {
      id: "'occ_bench_' || n",
      incident_id: `'inc_bench_' || (1 + n % ${incidents})`,
      ...seen("received_at"),
    });
    await client.query("COMMIT");
    // What autovacuum does within a minute of such a load.
    await client.query("VACUUM (ANALYZE)");
  } finally {
    client.release();
  }
}

const titles =
  "(ARRAY['Settlement failed for order ', 'Timeout while charging card ', 'Cannot parse import '])[1 + n % 3]";
const levels = "(ARRAY['critical', 'high', 'medium', 'low', 'info'])[1 + n % 5]";

/** Times spread over the last 30 days, in an order that is not the ids'. */
function seen(...columns) {
  const at = "now() - ((n::bigint * 7919) % 2592000) * interval '1 s'";
  return Object.fromEntries(columns.map((column) => [column, at]));
}

const deliveredOnly = new Set(["deliveries", "receipts", "delivery_attempts"]);

async function copy(client, count, table, originalId, differing) {
  const { rows } = await client.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
  const names = rows.map(({ name }) => `"${name}"`);
  const values = rows.map(({ name, type }) =>
    name in differing ? `(${differing[name]})::${type}` : `original."${name}"`,
  );
  const step = deliveredOnly.has(table) ? 5 : 1;
  await client.query(
    `INSERT INTO ${table} (${names}) SELECT ${values} FROM generate_series(${step}, $1::int, ${step}) n,
       (SELECT * FROM ${table} ${originalId === null ? "" : "WHERE id = $2"} LIMIT 1) original`,
    originalId === null ? [count] : [count, originalId],
  );
}

async function idOf(client, table) {
  const { rows } = await client.query(`SELECT id FROM ${table} LIMIT 1`);
  return rows[0].id;
}
