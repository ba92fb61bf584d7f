import { draftStateConditions } from "@/lib/db/draft-store";
import { it } from "vitest";
import { configDatabase } from "@/lib/testing/config-database";
import { getOverview } from "./get-overview";
import { getStatus } from "./get-status";
const { db, context, patch } = configDatabase();
it("perf", async () => {
  await patch({ destinations: [{ destination_id: "local", name: "L", kind: "telemetry" }], default_destination_ids: ["local"], monitored_projects: [{ project_id: "shop", name: "S", repo: "a/b", workspace_root: "/x" }] });
  const N = 100000;
  await db().pool.query(`INSERT INTO incidents (id, scope_key, fingerprint_version, fingerprint, wire_fingerprint, identity, disposition, provenance, title, detail, event_type, repo, project_id, log_source_id, draft_id, first_seen_at, last_seen_at, created_at, updated_at)
   SELECT 'i'||n, 'local', 1, md5(n::text)||md5(n::text), md5(n::text), '[]', 'drafted', 'report', 'Title '||n, repeat('detail ', 120), 'x', 'a/b', CASE WHEN n%2=0 THEN 'shop' END, CASE WHEN n%2=0 THEN 'external' END, 'd'||n, now()-n*interval '1 second', now(), now(), now()-n*interval '1 second' FROM generate_series(1,${N}) n`);
  await db().pool.query(`INSERT INTO drafts (id, incident_id, fingerprint, approval, provenance, title, detail, event_type, repo, project_id, created_at, updated_at)
   SELECT 'd'||n, 'i'||n, md5(n::text), (CASE n%5 WHEN 0 THEN 'required' WHEN 1 THEN 'granted' WHEN 2 THEN 'denied' ELSE 'not_required' END)::approval_facet, 'report', 'Title', repeat('detail ', 120), 'x', 'a/b', CASE WHEN n%2=0 THEN 'shop' END, now()-n*interval '1 second', now() FROM generate_series(1,${N}) n`);
  await db().pool.query(`INSERT INTO occurrences (id, incident_id, received_at, provenance, reporter, project_id) SELECT 'o'||n, 'i'||n, now()-n*interval '1 second', 'report', '{}', null FROM generate_series(1,${N}) n`);
  const run = async (label: string) => {
    for (let i = 0; i < 8; i++) {
      const a = performance.now(); await getStatus(context(undefined, { nowMs: Date.now() })); const b = performance.now();
      await getOverview(context(undefined, { nowMs: Date.now() })); const c = performance.now();
      console.log(label, i, "status", Math.round(b - a), "overview", Math.round(c - b));
    }
  };
  await db().pool.query("ANALYZE");
  await db().pool.query(`INSERT INTO payload_snapshots (id, draft_id, destination_id, kind, target_ref, content, digest, rendered, created_at) SELECT 's'||n, 'd'||n, 'local', 'telemetry', 't', '{}', 'x', '{}', now() FROM generate_series(1,${N}) n`);
  await db().pool.query(`INSERT INTO deliveries (id, post_id, draft_id, incident_id, snapshot_id, destination_id, kind, target_ref, operation, idempotency_key, payload_digest, destination_digest, body, state, next_attempt_at, requested_by, created_at, updated_at, ended_at)
   SELECT 'v'||n, 'p'||n, 'd'||n, 'i'||n, 's'||n, 'local', 'telemetry', 't', 'o', 'k'||n, 'x', 'x', repeat('body ', 200), 'published', now(), '{}', now(), now()-n*interval '1 second', now()-n*interval '1 second' FROM generate_series(1,${N}) n`);
  await db().pool.query("ANALYZE");
  await db().pool.query(`UPDATE deliveries SET state = 'failed' WHERE id < 'v2'`);
  await db().pool.query("ANALYZE");
  await run("x");
  const explain = async (label: string, sql: string) => {
    const { rows } = await db().pool.query("EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF) " + sql);
    const lines = rows.map((r) => r["QUERY PLAN"] as string);
    console.log("==", label, lines.at(-1), "\n" + lines.slice(0, 14).join("\n"));
  };
  const newest = "(SELECT v.state FROM deliveries v WHERE v.draft_id = d.id AND v.deleted_at IS NULL ORDER BY v.created_at DESC, v.id DESC LIMIT 1)";
  for (const [label, sql] of Object.entries({
    ...Object.fromEntries((["open","failed","published","sending","approved"] as const).flatMap((k) => [[k, `SELECT count(*) FROM (SELECT 1 FROM drafts d WHERE (NULL::text[] IS NULL OR d.project_id = ANY(NULL)) AND d.deleted_at IS NULL AND (${draftStateConditions[k]}) LIMIT 10001) c`],
     [k + " page", `SELECT d.id FROM drafts d JOIN incidents i ON i.id = d.incident_id WHERE d.deleted_at IS NULL AND (${draftStateConditions[k]}) ORDER BY d.created_at DESC, d.id DESC LIMIT 50`]])),
  })) await explain(label, sql);
}, 300000);
