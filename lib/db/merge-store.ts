import type { ActorRef } from "@/lib/domain/actor";
import type { DeliveryState } from "@/lib/domain/delivery";
import type { ApprovalFacet } from "@/lib/domain/draft";
import type { IdentityPart } from "@/lib/domain/fingerprint";
import type { MergeParty } from "@/lib/domain/merge";
import type { Database } from "./client";
import { identityOrder } from "./intake-sql";
import { count, json, list, ms, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type LockedDraft = { draftId: string; approval: ApprovalFacet; deliveries: DeliveryState[] };

/** An incident that nobody counts for, merges or drafts before this transaction ends. */
export type LockedIncident = MergeParty & {
  projectId: string | null;
  title: string;
  version: number;
  fingerprint: string;
  wireFingerprint: string;
  parts: IdentityPart[];
  draft: LockedDraft | null;
};

/**
 * Locks these incidents and everything merged into them, in intake's order, then their newest drafts, which waits for a
 * publish under way. Deleted ones are not among the answer.
 */
export async function lockIncidents(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, LockedIncident>> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `SELECT i.* FROM incidents i WHERE i.deleted_at IS NULL AND (i.id = ANY($1) OR i.merged_into_id = ANY($1))
     ORDER BY ${identityOrder} FOR UPDATE`,
    [...ids],
  );
  const draftIds = rows.flatMap((row) => textOrNull(row.draft_id) ?? []).sort();
  const drafts = await tx.$queryRawUnsafe<Row[]>(
    `SELECT d.id, d.approval FROM drafts d WHERE d.id = ANY($1) AND d.deleted_at IS NULL ORDER BY d.id FOR UPDATE`,
    draftIds,
  );
  const sent = await tx.$queryRawUnsafe<Row[]>(
    "SELECT draft_id, array_agg(state::text) AS states FROM deliveries WHERE draft_id = ANY($1) AND deleted_at IS NULL GROUP BY 1",
    draftIds,
  );
  const states = new Map(sent.map((row) => [text(row.draft_id), list(row.states) as DeliveryState[]]));
  const byId = new Map(
    drafts.map((row): [string, LockedDraft] => {
      const draftId = text(row.id);
      return [
        draftId,
        { draftId, approval: row.approval as ApprovalFacet, deliveries: states.get(draftId) ?? [] },
      ];
    }),
  );
  const members = new Map<string, number>();
  for (const row of rows) {
    const leadId = textOrNull(row.merged_into_id);
    if (leadId) members.set(leadId, (members.get(leadId) ?? 0) + 1);
  }
  return new Map(
    rows.map((row): [string, LockedIncident] => {
      const incidentId = text(row.id);
      const draft = byId.get(text(row.draft_id)) ?? null;
      return [
        incidentId,
        {
          incidentId,
          scopeKey: text(row.scope_key),
          mergedIntoId: textOrNull(row.merged_into_id),
          memberCount: members.get(incidentId) ?? 0,
          deliveries: draft?.deliveries ?? [],
          projectId: textOrNull(row.project_id),
          title: text(row.title),
          version: count(row.fingerprint_version),
          fingerprint: text(row.fingerprint),
          wireFingerprint: text(row.wire_fingerprint),
          parts: json(row.identity),
          draft,
        },
      ];
    }),
  );
}

/**
 * From now on what these see counts for themselves too: what they have seen so far is remembered as their own, and their
 * identity is an alias, by which intake tells that they are of a family.
 */
export async function keepOwnCounts(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE incidents SET own_occurrence_count = occurrence_count, own_first_seen_at = first_seen_at,
      own_last_seen_at = last_seen_at WHERE id = ANY(${[...ids]}) AND own_occurrence_count IS NULL`;
  await tx.$executeRaw`
    INSERT INTO incident_aliases (scope_key, fingerprint_version, fingerprint, incident_id, created_by)
    SELECT scope_key, fingerprint_version, fingerprint, id, '{"kind":"system","id":"merge"}' FROM incidents
    WHERE id = ANY(${[...ids]})
    ON CONFLICT (scope_key, fingerprint_version, fingerprint) DO UPDATE SET incident_id = EXCLUDED.incident_id`;
}

/** Puts an incident, and everything merged into it, below a lead. Both are locked, and `keepOwnCounts` was called. */
export async function placeBelow(tx: Transaction, memberId: string, leadId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE incidents SET merged_into_id = ${leadId}, occurrence_count = own_occurrence_count,
      first_seen_at = own_first_seen_at, last_seen_at = own_last_seen_at, revision = revision + 1, updated_at = ${at}
    WHERE id = ${memberId} OR merged_into_id = ${memberId}`;
}

/** Takes a member out again, with those that are below it by merges that stand. Returns their ids. */
export async function takeOut(tx: Transaction, memberId: string, at: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH RECURSIVE below AS (
      SELECT m.member_id FROM incident_merges m WHERE m.lead_id = ${memberId} AND m.undone_at IS NULL
      UNION SELECT m.member_id FROM incident_merges m JOIN below b ON m.lead_id = b.member_id AND m.undone_at IS NULL
    )
    UPDATE incidents SET merged_into_id = CASE WHEN id = ${memberId} THEN NULL ELSE ${memberId} END,
      revision = revision + 1, updated_at = ${at}
    WHERE deleted_at IS NULL AND (id = ${memberId} OR id IN (SELECT member_id FROM below)) RETURNING id`;
  return rows.map((row) => text(row.id)).filter((id) => id !== memberId);
}

/** What a lead shows: the sum of its own and its members'. Alone again, and without an alias, it keeps no count apart. */
export async function tallyLead(tx: Transaction, leadId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE incidents i SET occurrence_count = t.n, first_seen_at = t.first, last_seen_at = t.last,
      own_occurrence_count = CASE WHEN t.alone THEN NULL ELSE i.own_occurrence_count END,
      own_first_seen_at = CASE WHEN t.alone THEN NULL ELSE i.own_first_seen_at END,
      own_last_seen_at = CASE WHEN t.alone THEN NULL ELSE i.own_last_seen_at END,
      revision = i.revision + 1, updated_at = ${at}
    FROM (SELECT sum(m.own_occurrence_count)::int AS n, min(m.own_first_seen_at) AS first, max(m.own_last_seen_at) AS last,
        count(*) = 1 AND NOT EXISTS (SELECT 1 FROM incident_aliases a JOIN incidents s ON s.id = a.incident_id
          WHERE a.incident_id = ${leadId} AND a.fingerprint <> s.fingerprint) AS alone
      FROM incidents m WHERE (m.id = ${leadId} OR m.merged_into_id = ${leadId}) AND m.deleted_at IS NULL) t
    WHERE i.id = ${leadId} AND i.own_occurrence_count IS NOT NULL`;
  await tx.$executeRaw`
    DELETE FROM incident_aliases a USING incidents i
    WHERE i.id = ${leadId} AND a.incident_id = i.id AND i.own_occurrence_count IS NULL`;
}

export type MergeRecord = {
  mergeId: string;
  leadId: string;
  memberId: string;
  ruleId: string | null;
  reason: string | null;
  /** The member's draft that this closed, as it was. */
  draft: { draftId: string; approval: ApprovalFacet } | null;
  mergedBy: ActorRef;
  mergedAtMs: number;
};

export async function insertMerge(tx: Transaction, merge: MergeRecord): Promise<void> {
  await tx.incidentMerge.create({
    data: {
      id: merge.mergeId,
      leadId: merge.leadId,
      memberId: merge.memberId,
      ruleId: merge.ruleId,
      reason: merge.reason,
      draft: merge.draft ?? undefined,
      mergedBy: merge.mergedBy,
      mergedAt: new Date(merge.mergedAtMs),
    },
  });
}

/** The merge of an incident that stands, in this transaction's sight. */
export async function standingMerge(tx: Transaction, memberId: string): Promise<MergeRecord | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT * FROM incident_merges WHERE member_id = ${memberId} AND undone_at IS NULL`;
  return rows[0] ? mergeFromRow(rows[0]) : null;
}

/** Members that a rule merged and that nobody took out since. */
export async function mergesOfRule(tx: Transaction, ruleId: string): Promise<MergeRecord[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT * FROM incident_merges WHERE rule_id = ${ruleId} AND undone_at IS NULL ORDER BY id`;
  return rows.map(mergeFromRow);
}

export async function endMerge(tx: Transaction, mergeId: string, by: ActorRef, at: Date): Promise<void> {
  await tx.incidentMerge.update({ where: { id: mergeId }, data: { undoneAt: at, undoneBy: by } });
}

function mergeFromRow(row: Row): MergeRecord {
  return {
    mergeId: text(row.id),
    leadId: text(row.lead_id),
    memberId: text(row.member_id),
    ruleId: textOrNull(row.rule_id),
    reason: textOrNull(row.reason),
    draft: json(row.draft ?? null),
    mergedBy: json(row.merged_by),
    mergedAtMs: ms(row.merged_at),
  };
}

/** Closes a draft whose incident was merged: as a denied one, so that nothing of it is published, triaged or approved. */
export async function supersedeDraft(
  tx: Transaction,
  draftId: string,
  leadId: string,
  at: Date,
): Promise<void> {
  await tx.draft.update({
    where: { id: draftId },
    data: { approval: "denied", supersededById: leadId, updatedAt: at },
  });
}

/** Opens it again. false when somebody deleted it meanwhile. */
export async function reopenDraft(
  tx: Transaction,
  draftId: string,
  approval: ApprovalFacet,
  at: Date,
): Promise<boolean> {
  const opened = await tx.draft.updateMany({
    where: { id: draftId, supersededById: { not: null }, deletedAt: null },
    data: { approval, supersededById: null, updatedAt: at },
  });
  return opened.count === 1;
}

export type Member = {
  incidentId: string;
  title: string;
  fingerprint: string;
  occurrenceCount: number;
  mergedAtMs: number;
  mergedBy: ActorRef;
  reason: string | null;
};

/** What is merged into an incident, the newest first. */
export async function listMembers(db: Database, leadId: string): Promise<Member[]> {
  const { rows } = await db.pool.query({
    name: "incident-members",
    text: `SELECT i.id, i.title, i.wire_fingerprint, i.occurrence_count, m.merged_at, m.merged_by, m.reason
      FROM incidents i JOIN incident_merges m ON m.member_id = i.id AND m.undone_at IS NULL
      WHERE i.merged_into_id = $1 AND i.deleted_at IS NULL ORDER BY m.merged_at DESC, i.id`,
    values: [leadId],
  });
  return rows.map((row: Row) => ({
    incidentId: text(row.id),
    title: text(row.title),
    fingerprint: text(row.wire_fingerprint),
    occurrenceCount: count(row.occurrence_count),
    mergedAtMs: ms(row.merged_at),
    mergedBy: json(row.merged_by),
    reason: textOrNull(row.reason),
  }));
}
