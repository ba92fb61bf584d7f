import type { ActorRef } from "@/lib/domain/actor";
import type { IdentityPart } from "@/lib/domain/fingerprint";
import type { Database } from "./client";
import { count, json, type Row, text } from "./rows";
import type { Transaction } from "./transaction";

export type Rekey = { incidentId: string; fingerprint: string; parts: readonly IdentityPart[] };

/**
 * Gives a locked incident another identity and keeps the one it had as an alias, so that sightings under way find it. What was
 * split off by hand is split off from the new one. false where another incident has that identity: nothing is written then.
 */
export async function rekeyIncident(tx: Transaction, to: Rekey, by: ActorRef, at: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.scope_key, i.fingerprint_version, i.fingerprint FROM incidents i WHERE i.id = ${to.incidentId}
      AND NOT EXISTS (SELECT 1 FROM incidents o WHERE o.scope_key = i.scope_key
        AND o.fingerprint_version = i.fingerprint_version AND o.fingerprint = ${to.fingerprint} AND o.deleted_at IS NULL)`;
  const [row] = rows;
  if (!row) return false;
  const scopeKey = text(row.scope_key);
  const version = count(row.fingerprint_version);
  const from = text(row.fingerprint);
  await tx.$executeRaw`
    DELETE FROM incident_aliases WHERE scope_key = ${scopeKey} AND fingerprint_version = ${version}
      AND fingerprint = ${to.fingerprint}`;
  await tx.$executeRaw`
    UPDATE incidents SET fingerprint = ${to.fingerprint}, identity = ${JSON.stringify(to.parts)}::jsonb,
      revision = revision + 1, updated_at = ${at} WHERE id = ${to.incidentId}`;
  await tx.$executeRaw`
    INSERT INTO incident_aliases (scope_key, fingerprint_version, fingerprint, incident_id, created_by, created_at)
    VALUES (${scopeKey}, ${version}, ${from}, ${to.incidentId}, ${JSON.stringify(by)}::jsonb, ${at})
    ON CONFLICT (scope_key, fingerprint_version, fingerprint) DO UPDATE SET incident_id = EXCLUDED.incident_id,
      created_by = EXCLUDED.created_by, created_at = EXCLUDED.created_at`;
  await tx.$executeRaw`
    INSERT INTO incident_aliases (scope_key, fingerprint_version, fingerprint, incident_id, created_by, created_at)
    VALUES (${scopeKey}, ${version}, ${to.fingerprint}, ${to.incidentId}, ${JSON.stringify(by)}::jsonb, ${at})`;
  await tx.$executeRaw`
    UPDATE grouping_rules SET rule = jsonb_set(rule, '{fingerprint}', to_jsonb(${to.fingerprint}::text))
    WHERE kind = 'split' AND rule->>'scopeKey' = ${scopeKey} AND (rule->>'version')::int = ${version}
      AND rule->>'fingerprint' = ${from}`;
  return true;
}

/** Keeps what an incident's identity was before a rule. */
export async function recordRekey(tx: Transaction, ruleId: string, before: Rekey): Promise<void> {
  await tx.incidentRekey.create({
    data: {
      ruleId,
      incidentId: before.incidentId,
      fingerprint: before.fingerprint,
      identity: before.parts.map((part) => ({ ...part })),
    },
  });
}

/** What a rule's incidents were before it; deleted ones are left out. */
export async function rekeysOf(db: Database | Transaction, ruleId: string): Promise<Rekey[]> {
  const statement = `SELECT k.incident_id, k.fingerprint, k.identity FROM incident_rekeys k
    JOIN incidents i ON i.id = k.incident_id AND i.deleted_at IS NULL WHERE k.rule_id = $1 ORDER BY 1`;
  const rows: Row[] =
    "pool" in db
      ? (await db.pool.query(statement, [ruleId])).rows
      : await db.$queryRawUnsafe<Row[]>(statement, ruleId);
  return rows.map((row) => ({
    incidentId: text(row.incident_id),
    fingerprint: text(row.fingerprint),
    parts: json(row.identity),
  }));
}
