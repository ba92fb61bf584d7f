import type { IdentityPart } from "@/lib/domain/fingerprint";
import { type SightingAttribute, sightingAttributes } from "@/lib/domain/sighting";
import type { Database } from "./client";
import { count, ms, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type Variation = {
  attribute: SightingAttribute;
  /** The most frequent values first; null: sightings that say nothing of it. */
  values: { value: string | null; count: number; firstSeenAtMs: number; lastSeenAtMs: number }[];
  /** How many different values there are among those that were looked at. */
  distinct: number;
};

const lookedAt = 10_000;
const valuesMax = 12;

/** What differs among the newest 10,000 sightings of an incident's own identity; attributes that all share are left out. */
export async function readVariations(
  db: Database,
  incidentId: string,
): Promise<{ variations: Variation[]; lookedAt: number }> {
  const { rows } = await db.pool.query(
    `WITH s AS (SELECT sighting, received_at FROM occurrences WHERE incident_id = $1 ORDER BY received_at DESC
       LIMIT ${lookedAt}),
     v AS (SELECT a.name, s.sighting->>a.name AS value, count(*)::int AS n, min(s.received_at) AS first,
         max(s.received_at) AS last FROM s, unnest($2::text[]) AS a(name) GROUP BY 1, 2),
     r AS (SELECT v.*, row_number() OVER (PARTITION BY name ORDER BY n DESC, value) AS nth,
         count(*) OVER (PARTITION BY name)::int AS kinds FROM v)
     SELECT looked.at AS looked_at, r.* FROM (SELECT count(*)::int AS at FROM s) looked
     LEFT JOIN r ON kinds > 1 AND nth <= ${valuesMax} ORDER BY name, nth`,
    [incidentId, sightingAttributes],
  );
  const variations = sightingAttributes.flatMap((attribute): Variation[] => {
    const own = rows.filter((row: Row) => row.name === attribute);
    if (own.length === 0) return [];
    const values = own.map((row: Row) => ({
      value: textOrNull(row.value),
      count: count(row.n),
      firstSeenAtMs: ms(row.first),
      lastSeenAtMs: ms(row.last),
    }));
    return [{ attribute, values, distinct: count(own[0]?.kinds) }];
  });
  return { variations, lookedAt: count(rows[0]?.looked_at) };
}

/** Sightings of an incident's own identity: how many have this value, and how many have not. Counts to a bound. */
export async function countValue(
  tx: Transaction,
  incidentId: string,
  attribute: SightingAttribute,
  value: string,
  bound: number,
): Promise<{ having: number; others: boolean }> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT (SELECT count(*)::int FROM (SELECT 1 FROM occurrences WHERE incident_id = ${incidentId}
        AND sighting->>${attribute} = ${value} LIMIT ${bound + 1}) c) AS having,
      EXISTS (SELECT 1 FROM occurrences WHERE incident_id = ${incidentId}
        AND sighting->>${attribute} IS DISTINCT FROM ${value}) AS others`;
  return { having: count(rows[0]?.having), others: rows[0]?.others === true };
}

export type SplitOff = {
  fromId: string;
  incidentId: string;
  draftId: string;
  fingerprint: string;
  wireFingerprint: string;
  parts: readonly IdentityPart[];
  at: Date;
};

/** A new incident like the one it comes from, with a draft of its own that nobody has decided. Counts are moved after. */
export async function insertSplitOff(tx: Transaction, split: SplitOff): Promise<void> {
  const incident = {
    id: split.incidentId,
    fingerprint: split.fingerprint,
    wire_fingerprint: split.wireFingerprint,
    identity: split.parts,
    draft_id: null,
    occurrence_count: 0,
    own_occurrence_count: null,
    own_first_seen_at: null,
    own_last_seen_at: null,
    merged_into_id: null,
    snooze: null,
    mute: null,
    woke: null,
    resolution: null,
    revision: 1,
    created_at: split.at,
    updated_at: split.at,
  };
  await tx.$executeRaw`
    INSERT INTO incidents SELECT (jsonb_populate_record(i, ${JSON.stringify(incident)}::jsonb)).*
    FROM incidents i WHERE i.id = ${split.fromId}`;
  const draft = {
    id: split.draftId,
    incident_id: split.incidentId,
    fingerprint: split.wireFingerprint,
    revision: 1,
    triage: "none",
    issue: "none",
    issue_blocked_reason: null,
    triage_run_id: null,
    regression_of_id: null,
    matched_issue_number: null,
    matched_issue_state: null,
    matched_issue_reference: null,
    matched_issue_url: null,
    superseded_by_id: null,
    claimed_by: null,
    claimed_at: null,
    claimed_until: null,
    created_at: split.at,
    updated_at: split.at,
  };
  await tx.$executeRaw`
    INSERT INTO drafts SELECT (jsonb_populate_record(d, ${JSON.stringify(draft)}::jsonb || jsonb_build_object('approval',
      CASE WHEN d.approval = 'not_required' THEN 'not_required' ELSE 'required' END))).*
    FROM drafts d JOIN incidents i ON i.draft_id = d.id WHERE i.id = ${split.fromId} AND d.deleted_at IS NULL`;
  await tx.$executeRaw`
    UPDATE incidents SET draft_id = d.id FROM drafts d
    WHERE incidents.id = ${split.incidentId} AND d.id = ${split.draftId}`;
}

/**
 * Moves the sightings with a value from one incident to another, with their share of the counts and times. Both are locked, and
 * neither has members to be tallied. Returns how many.
 */
export async function moveSightings(
  tx: Transaction,
  from: string,
  to: string,
  attribute: SightingAttribute,
  value: string,
  at: Date,
): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH moved AS (
      UPDATE occurrences SET incident_id = ${to} WHERE incident_id = ${from} AND sighting->>${attribute} = ${value}
      RETURNING received_at
    )
    SELECT count(*)::int AS n, min(received_at) AS first, max(received_at) AS last FROM moved`;
  const [row] = rows;
  const n = count(row?.n ?? 0);
  if (n === 0) return 0;
  const first = new Date(ms(row?.first));
  const last = new Date(ms(row?.last));
  await tx.$executeRaw`
    UPDATE incidents i SET occurrence_count = i.occurrence_count + ${n},
      own_occurrence_count = i.own_occurrence_count + ${n},
      first_seen_at = CASE WHEN i.occurrence_count = 0 THEN ${first} ELSE LEAST(i.first_seen_at, ${first}) END,
      last_seen_at = CASE WHEN i.occurrence_count = 0 THEN ${last} ELSE GREATEST(i.last_seen_at, ${last}) END,
      own_first_seen_at = CASE WHEN i.own_occurrence_count IS NOT NULL THEN LEAST(i.own_first_seen_at, ${first}) END,
      own_last_seen_at = CASE WHEN i.own_occurrence_count IS NOT NULL THEN GREATEST(i.own_last_seen_at, ${last}) END,
      revision = i.revision + 1, updated_at = ${at}
    WHERE i.id = ${to}`;
  // Older sightings may be gone by retention: a time that none of the moved ones made stays.
  await tx.$executeRaw`
    UPDATE incidents i SET occurrence_count = i.occurrence_count - ${n},
      own_occurrence_count = i.own_occurrence_count - ${n},
      first_seen_at = CASE WHEN i.own_occurrence_count IS NULL AND ${first}::timestamptz <= i.first_seen_at
        THEN COALESCE(r.first, i.first_seen_at) ELSE i.first_seen_at END,
      last_seen_at = CASE WHEN i.own_occurrence_count IS NULL AND ${last}::timestamptz >= i.last_seen_at
        THEN COALESCE(r.last, i.last_seen_at) ELSE i.last_seen_at END,
      own_first_seen_at = CASE WHEN ${first}::timestamptz <= i.own_first_seen_at
        THEN COALESCE(r.first, i.own_first_seen_at) ELSE i.own_first_seen_at END,
      own_last_seen_at = CASE WHEN ${last}::timestamptz >= i.own_last_seen_at
        THEN COALESCE(r.last, i.own_last_seen_at) ELSE i.own_last_seen_at END,
      revision = i.revision + 1, updated_at = ${at}
    FROM (SELECT (SELECT received_at FROM occurrences WHERE incident_id = ${from} ORDER BY received_at LIMIT 1) AS first,
      (SELECT received_at FROM occurrences WHERE incident_id = ${from} ORDER BY received_at DESC LIMIT 1) AS last) r
    WHERE i.id = ${from}`;
  return n;
}

/** The live incident of an identity, if there is one. */
export async function findByIdentity(
  tx: Transaction,
  of: { scopeKey: string; version: number; fingerprint: string },
): Promise<{ incidentId: string; mergedIntoId: string | null } | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, merged_into_id FROM incidents WHERE scope_key = ${of.scopeKey}
      AND fingerprint_version = ${of.version} AND fingerprint = ${of.fingerprint} AND deleted_at IS NULL`;
  return rows[0] ? { incidentId: text(rows[0].id), mergedIntoId: textOrNull(rows[0].merged_into_id) } : null;
}
