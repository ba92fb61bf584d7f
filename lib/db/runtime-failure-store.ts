import { fingerprintVersion, type IdentityPart } from "@/lib/domain/fingerprint";
import type { Database } from "./client";
import { json } from "./rows";

/** A node of a run that failed, as its identity names it. */
export type FailedNode = {
  eventType: string;
  runId: string;
  workflow: string | null;
  node: string;
};

const part = (name: string) =>
  `(jsonb_path_query_first(i.identity, '$[*] ? (@.name == "${name}").value') #>> '{}')`;

/**
 * For each failed node the identity of the newest incident of that node and run that says itself why: its reason is not
 * one that only names nodes. By position in `nodes`; nodes without one are left out. One pass over the runtime's
 * incidents since `sinceMs`.
 */
export async function findConcreteFailures(
  db: Database,
  nodes: readonly FailedNode[],
  place: { repo: string; workspaceRoot: string; sinceMs: number },
): Promise<Map<number, IdentityPart[]>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await db.pool.query(
    `SELECT DISTINCT ON (w.position) w.position, i.identity
     FROM jsonb_to_recordset($1::jsonb) AS w(position int, event_type text, run_id text, workflow text, node text)
     JOIN incidents i ON i.event_type = w.event_type AND ${part("node")} = w.node
       AND ${part("workflow")} IS NOT DISTINCT FROM w.workflow
     WHERE i.provenance = 'runtime_event' AND i.repo = $2 AND i.workspace_root = $3 AND i.fingerprint_version = $4
       AND i.updated_at > $5 AND i.deleted_at IS NULL AND ${part("reason")} !~* '\\ynode outcomes:'
       AND EXISTS (
         SELECT 1 FROM (SELECT o.sighting FROM occurrences o WHERE o.incident_id = i.id
           ORDER BY o.received_at DESC LIMIT 500) s WHERE s.sighting->>'run_id' = w.run_id)
     ORDER BY w.position, i.updated_at DESC`,
    [
      JSON.stringify(nodes.map(nodeColumns)),
      place.repo,
      place.workspaceRoot,
      fingerprintVersion,
      new Date(place.sinceMs),
    ],
  );
  return new Map(rows.map((row) => [Number(row.position), json<IdentityPart[]>(row.identity)]));
}

const nodeColumns = (each: FailedNode, position: number) => ({
  position,
  event_type: each.eventType,
  run_id: each.runId,
  workflow: each.workflow,
  node: each.node,
});
