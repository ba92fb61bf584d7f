import type { Database } from "./client";
import { ms, msOrNull, type Row, text, textOrNull } from "./rows";

/** A release that an incident was seen in, by when its sightings came in. */
export type Release = { release: string; firstSeenAtMs: number; lastSeenAtMs: number };

const releasesMax = 100;

/** One probe a release, whatever the number of sightings: from each value to the next greater one. */
const releasesSql = `
WITH RECURSIVE found AS (
  SELECT m.id, (SELECT o.sighting->>'release' FROM occurrences o WHERE o.incident_id = m.id AND o.sighting ? 'release'
    ORDER BY o.sighting->>'release' LIMIT 1) AS release, 1 AS nth
  FROM unnest($1::text[]) AS m(id)
  UNION ALL
  SELECT f.id, (SELECT o.sighting->>'release' FROM occurrences o WHERE o.incident_id = f.id AND o.sighting ? 'release'
    AND o.sighting->>'release' > f.release ORDER BY o.sighting->>'release' LIMIT 1), f.nth + 1
  FROM found f WHERE f.release IS NOT NULL AND f.nth < ${releasesMax}
)
SELECT f.release, min(s.first) AS first, max(s.last) AS last FROM found f, LATERAL (
  SELECT (SELECT o.received_at FROM occurrences o WHERE o.incident_id = f.id AND o.sighting ? 'release'
      AND o.sighting->>'release' = f.release ORDER BY o.received_at LIMIT 1) AS first,
    (SELECT o.received_at FROM occurrences o WHERE o.incident_id = f.id AND o.sighting ? 'release'
      AND o.sighting->>'release' = f.release ORDER BY o.received_at DESC LIMIT 1) AS last) s
WHERE f.release IS NOT NULL GROUP BY f.release ORDER BY 2, 1`;

/** The releases that these incidents were seen in, the earliest first; at most 100. */
export async function readReleases(db: Database, incidentIds: readonly string[]): Promise<Release[]> {
  const { rows } = await db.pool.query({
    name: "incident-releases",
    text: releasesSql,
    values: [incidentIds],
  });
  return rows.map((row: Row) => ({
    release: text(row.release),
    firstSeenAtMs: ms(row.first),
    lastSeenAtMs: ms(row.last),
  }));
}

/** The first sighting of these incidents after a time. */
export async function firstSightingSince(
  db: Database,
  incidentIds: readonly string[],
  sinceMs: number,
): Promise<{ atMs: number; release: string | null } | null> {
  const { rows } = await db.pool.query({
    name: "first-sighting-since",
    text: `SELECT f.received_at, f.release FROM unnest($1::text[]) AS m(id), LATERAL (
        SELECT o.received_at, o.sighting->>'release' AS release FROM occurrences o
        WHERE o.incident_id = m.id AND o.received_at > $2 ORDER BY o.received_at LIMIT 1) f
      ORDER BY f.received_at LIMIT 1`,
    values: [incidentIds, new Date(sinceMs)],
  });
  const at = msOrNull(rows[0]?.received_at);
  return at === null ? null : { atMs: at, release: textOrNull(rows[0]?.release) };
}
