import type { Database } from "./client";

/**
 * The live incidents that sightings of these identities (an IntakeGroup's) would be counted for; merged ones by their
 * alias. What is not in the answer would be a new incident.
 */
export async function findLiveIncidents(
  db: Database,
  identities: readonly string[],
): Promise<Map<string, string>> {
  if (identities.length === 0) return new Map();
  const parts = identities.map((identity) => identity.split("\n"));
  const { rows } = await db.pool.query({
    name: "live-incidents-by-identity",
    text: `SELECT w.identity, COALESCE(m.merged_into_id, m.id, i.merged_into_id, i.id) AS incident_id
      FROM unnest($1::text[], $2::text[], $3::int[], $4::text[]) AS w(identity, scope_key, version, fingerprint)
      LEFT JOIN incident_aliases a ON a.scope_key = w.scope_key AND a.fingerprint_version = w.version
        AND a.fingerprint = w.fingerprint
      LEFT JOIN incidents m ON m.id = a.incident_id AND m.deleted_at IS NULL
      LEFT JOIN incidents i ON i.scope_key = w.scope_key AND i.fingerprint_version = w.version
        AND i.fingerprint = w.fingerprint AND i.deleted_at IS NULL
      WHERE m.id IS NOT NULL OR i.id IS NOT NULL`,
    values: [
      identities,
      parts.map(([scopeKey]) => scopeKey),
      parts.map(([, version]) => Number(version)),
      parts.map(([, , fingerprint]) => fingerprint),
    ],
  });
  return new Map(rows.map((row) => [row.identity as string, row.incident_id as string]));
}
