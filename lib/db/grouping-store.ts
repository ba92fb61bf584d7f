import type { ActorRef } from "@/lib/domain/actor";
import type { IdentityPart } from "@/lib/domain/fingerprint";
import { compileGrouping, type Grouping, type GroupingRule, noGrouping } from "@/lib/domain/grouping";
import type { SightingAttribute } from "@/lib/domain/sighting";
import type { Database } from "./client";
import { seenGroupingVersion } from "./config-store";
import { count, json, list, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** What applying a rule did. */
export type GroupingOutcome = {
  /** Incidents that go on under another identity. */
  continued: string[];
  /** Incidents that were merged, each into which. */
  merged: { memberId: string; leadId: string }[];
  /** Of a split: what was taken apart, what came of it, and how many sightings moved. */
  split?: { fromId: string; incidentId: string; moved: number };
};

export type AppliedRule = {
  ruleId: string;
  rule: GroupingRule;
  reason: string | null;
  outcome: GroupingOutcome;
  appliedBy: ActorRef;
  appliedAtMs: number;
  undoneBy: ActorRef | null;
  undoneAtMs: number | null;
};

const compiled = new WeakMap<Database, { version: number; grouping: Grouping }>();

/**
 * The rules in force, made ready once for each version. To be asked right after `loadConfig`, which reads the version: then
 * it costs nothing while no rule was changed.
 */
export async function loadGrouping(db: Database): Promise<Grouping> {
  const known = compiled.get(db);
  const seen = seenGroupingVersion(db);
  if (known && known.version === seen) return known.grouping;
  if (seen === 0) return remember(db, 0, noGrouping);
  const { rows } = await db.pool.query(
    `SELECT s.grouping_version, COALESCE((SELECT jsonb_agg(r.rule ORDER BY r.position) FROM grouping_rules r
       WHERE r.undone_at IS NULL), '[]') AS rules FROM monitor_settings s WHERE s.id = 1`,
  );
  const rules = json<GroupingRule[]>(rows[0]?.rules ?? []);
  const grouping = rules.length === 0 ? noGrouping : compileGrouping(rules);
  return remember(db, count(rows[0]?.grouping_version ?? 0), grouping);
}

function remember(db: Database, version: number, grouping: Grouping): Grouping {
  compiled.set(db, { version, grouping });
  return grouping;
}

/** One at a time, whoever writes rules; every process reads them anew once this commits. */
export async function moveGroupingVersion(tx: Transaction): Promise<void> {
  await tx.$executeRaw`UPDATE monitor_settings SET grouping_version = grouping_version + 1 WHERE id = 1`;
}

/** The rules in force, in order; nobody changes them before this transaction ends, if `moveGroupingVersion` was called in it. */
export async function standingRules(tx: Transaction): Promise<{ ruleId: string; rule: GroupingRule }[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, rule FROM grouping_rules WHERE undone_at IS NULL ORDER BY position`;
  return rows.map((row) => ({ ruleId: text(row.id), rule: json<GroupingRule>(row.rule) }));
}

export async function insertGroupingRule(
  tx: Transaction,
  applied: Pick<AppliedRule, "ruleId" | "rule" | "reason" | "outcome" | "appliedBy" | "appliedAtMs"> & {
    projectId: string | null;
  },
): Promise<void> {
  await tx.groupingRule.create({
    data: {
      id: applied.ruleId,
      kind: applied.rule.kind,
      projectId: applied.projectId,
      rule: applied.rule,
      reason: applied.reason,
      outcome: applied.outcome,
      appliedBy: applied.appliedBy,
      appliedAt: new Date(applied.appliedAtMs),
    },
  });
}

/** false: somebody undid it first. */
export async function endGroupingRule(
  tx: Transaction,
  ruleId: string,
  by: ActorRef,
  at: Date,
): Promise<boolean> {
  const ended = await tx.groupingRule.updateMany({
    where: { id: ruleId, undoneAt: null },
    data: { undoneAt: at, undoneBy: by },
  });
  return ended.count === 1;
}

export async function setGroupingOutcome(
  tx: Transaction,
  ruleId: string,
  outcome: GroupingOutcome,
): Promise<void> {
  await tx.groupingRule.update({
    where: { id: ruleId },
    data: { outcome },
  });
}

export type ListedRule = AppliedRule & { projectId: string | null };

export async function findGroupingRule(db: Database, ruleId: string): Promise<ListedRule | null> {
  const { rows } = await db.pool.query("SELECT * FROM grouping_rules WHERE id = $1", [ruleId]);
  return rows[0] ? ruleFromRow(rows[0]) : null;
}

/** The newest first, undone ones too; those of these projects alone unless null. */
export async function listGroupingRules(
  db: Database,
  projects: readonly string[] | null,
  limit: number,
): Promise<ListedRule[]> {
  const { rows } = await db.pool.query(
    `SELECT * FROM grouping_rules WHERE $1::text[] IS NULL OR project_id = ANY($1)
     ORDER BY applied_at DESC, id LIMIT $2`,
    [projects, limit],
  );
  return rows.map(ruleFromRow);
}

function ruleFromRow(row: Row): ListedRule {
  return {
    ruleId: text(row.id),
    projectId: textOrNull(row.project_id),
    rule: json(row.rule),
    reason: textOrNull(row.reason),
    outcome: json(row.outcome),
    appliedBy: json(row.applied_by),
    appliedAtMs: ms(row.applied_at),
    undoneBy: json(row.undone_by ?? null),
    undoneAtMs: msOrNull(row.undone_at),
  };
}

/** An incident as a rule would look at it. */
export type GroupedIncident = {
  incidentId: string;
  scopeKey: string;
  version: number;
  fingerprint: string;
  parts: IdentityPart[];
  title: string;
  occurrenceCount: number;
  firstSeenAtMs: number;
  /** What led it before any rule was tried; itself where nothing did. */
  leadId: string;
  /** The values of one attribute among its newest sightings, at most 20 of them, the most frequent first. */
  values: { value: string | null; count: number }[];
};

/** The newest incidents of a project (null: of none), with the values of an attribute where one is asked for. */
export async function readGroupedIncidents(
  db: Database | Transaction,
  of: { projectId: string | null; incidents: number; sightings: number; attribute: SightingAttribute | null },
): Promise<GroupedIncident[]> {
  const statement = `
    WITH newest AS (
      SELECT i.* FROM incidents i WHERE i.deleted_at IS NULL AND i.project_id IS NOT DISTINCT FROM $1
      ORDER BY i.updated_at DESC LIMIT $2
    )
    SELECT i.id, i.scope_key, i.fingerprint_version, i.fingerprint, i.identity, i.title, i.first_seen_at,
      COALESCE(i.own_occurrence_count, i.occurrence_count) AS seen, COALESCE(i.merged_into_id, i.id) AS lead_id,
      COALESCE(f.found, '[]') AS found
    FROM newest i LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('value', k.value, 'count', k.n) ORDER BY k.n DESC) AS found FROM (
        SELECT s.sighting->>$4 AS value, count(*)::int AS n
        FROM (SELECT o.sighting FROM occurrences o WHERE o.incident_id = i.id ORDER BY o.received_at DESC LIMIT $3) s
        GROUP BY 1 ORDER BY 2 DESC LIMIT 20) k) f ON $4::text IS NOT NULL
    ORDER BY i.first_seen_at, i.id`;
  const values = [of.projectId, of.incidents, of.sightings, of.attribute];
  const rows: Row[] =
    "pool" in db
      ? (await db.pool.query(statement, values)).rows
      : await db.$queryRawUnsafe<Row[]>(statement, ...values);
  return rows.map((row) => ({
    incidentId: text(row.id),
    scopeKey: text(row.scope_key),
    version: count(row.fingerprint_version),
    fingerprint: text(row.fingerprint),
    parts: json(row.identity),
    title: text(row.title),
    occurrenceCount: count(row.seen),
    firstSeenAtMs: ms(row.first_seen_at),
    leadId: text(row.lead_id),
    values: json(row.found),
  }));
}

/** The applied rules that continued or merged these incidents: undone one after the other, the newest first. */
export async function laterRulesOn(tx: Transaction, ruleId: string, incidentIds: readonly string[]) {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT DISTINCT r.id FROM incident_rekeys k JOIN grouping_rules r ON r.id = k.rule_id
    WHERE k.incident_id = ANY(${[...incidentIds]}) AND r.undone_at IS NULL
      AND r.position > (SELECT position FROM grouping_rules WHERE id = ${ruleId})`;
  return list(rows.map((row) => row.id));
}
