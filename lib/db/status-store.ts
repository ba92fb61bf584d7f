import type { ApprovalDue, FailedDelivery, FirstFacts, OverviewCounts } from "@/lib/domain/overview";
import { totalCap } from "@/lib/domain/page";
import type { Activity, StatusCounts } from "@/lib/domain/status";
import type { Database } from "./client";
import { draftStateConditions } from "./draft-store";
import { count, json, ms, msOrNull, text, textOrNull } from "./rows";
import { quietDraft } from "./status-conditions";

/** null: every project and unbound records too. */
type Projects = readonly string[] | null;

/** Every query below takes the projects as $1. */
const mayRead = (alias: string) => `($1::text[] IS NULL OR ${alias}.project_id = ANY($1))`;

/** Counting stops at the cap, so that a status stays cheap whatever has piled up. */
const capped = (from: string, where: string) =>
  `(SELECT count(*)::int FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${totalCap}) capped)`;

const liveIncident = `i.deleted_at IS NULL AND i.merged_into_id IS NULL AND ${mayRead("i")}`;
const liveDraft = `d.deleted_at IS NULL AND ${mayRead("d")}`;
const liveDelivery = `v.deleted_at IS NULL AND ${mayRead("d")}`;
const deliveries = "deliveries v JOIN drafts d ON d.id = v.draft_id";

/**
 * `incidentsPending` are those the wire calls queued, draft_created or triage_queued (contract 6.6): drafted, nothing
 * published yet, triage not ended without a result.
 */
export async function readStatusCounts(db: Database, projects: Projects): Promise<StatusCounts> {
  const { rows } = await db.pool.query({
    name: "status-counts",
    text: `SELECT
      ${capped("incidents i", liveIncident)} AS incidents_total,
      ${capped(
        "incidents i",
        `${liveIncident} AND i.disposition = 'drafted'
         AND NOT EXISTS (SELECT 1 FROM drafts p WHERE p.id = i.draft_id AND p.triage IN ('timed_out', 'failed'))
         AND NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = i.draft_id AND v.state = 'published')`,
      )} AS incidents_pending,
      ${capped("drafts d", `${liveDraft} AND (${draftStateConditions.approval_due})`)} AS approval_due,
      ${capped(
        deliveries,
        `${liveDelivery} AND v.state IN ('due', 'sending', 'retrying', 'ambiguous', 'failed')`,
      )} AS posts_pending`,
    values: [projects],
  });
  const [row] = rows;
  return {
    incidentsTotal: count(row?.incidents_total ?? 0),
    incidentsPending: count(row?.incidents_pending ?? 0),
    draftsApprovalDue: count(row?.approval_due ?? 0),
    postsPending: count(row?.posts_pending ?? 0),
  };
}

export async function readActivity(db: Database, projects: Projects): Promise<Activity> {
  const { rows } = await db.pool.query({
    name: "status-activity",
    text: `SELECT i.at AS incident_at, i.event_type, n.at AS draft_at, p.at AS post_at, p.state
      FROM (SELECT 1) one
      LEFT JOIN LATERAL (SELECT i.updated_at AS at, i.event_type FROM incidents i WHERE ${liveIncident}
        ORDER BY i.updated_at DESC LIMIT 1) i ON true
      LEFT JOIN LATERAL (SELECT d.created_at AS at FROM drafts d WHERE ${liveDraft}
        ORDER BY d.created_at DESC LIMIT 1) n ON true
      LEFT JOIN LATERAL (SELECT v.updated_at AS at, v.state FROM ${deliveries} WHERE ${liveDelivery}
        ORDER BY v.updated_at DESC LIMIT 1) p ON true`,
    values: [projects],
  });
  const [row] = rows;
  return {
    lastProcessedAtMs: msOrNull(row?.incident_at),
    lastIncidentEventType: textOrNull(row?.event_type),
    lastDraftAtMs: msOrNull(row?.draft_at),
    lastPostAtMs: msOrNull(row?.post_at),
    lastPostResult: textOrNull(row?.state),
  };
}

/** Series that ended badly and that no later one to the same destination made good. */
const unsettled = `${liveDelivery} AND d.deleted_at IS NULL AND d.approval <> 'denied'
  AND v.state IN ('failed', 'blocked', 'ambiguous')
  AND NOT EXISTS (SELECT 1 FROM deliveries later WHERE later.draft_id = v.draft_id
    AND later.destination_id = v.destination_id AND later.deleted_at IS NULL
    AND (later.created_at, later.id) > (v.created_at, v.id))`;

/** All but the occurrences, which come by the hour (`countOccurrencesByHour`), and what nobody has judged (`listUnreviewedUses`). The draft counts are the queue's filters. */
export async function readOverviewCounts(
  db: Database,
  projects: Projects,
  nowMs: number,
): Promise<Omit<OverviewCounts, "occurrences24h" | "breakGlassOpen">> {
  const drafts = (state: keyof typeof draftStateConditions) =>
    capped("drafts d", `${liveDraft} AND (${draftStateConditions[state]})`);
  const { rows } = await db.pool.query({
    name: "overview-counts",
    text: `SELECT
      ${capped("incidents i", liveIncident)} AS incidents,
      ${drafts("open")} AS drafts_open,
      ${capped("drafts d", `${liveDraft} AND (${draftStateConditions.approval_due}) AND NOT (${quietDraft})`)} AS approvals_due,
      ${drafts("approved")} AS approved_waiting,
      ${drafts("held")} AS held,
      ${capped(deliveries, unsettled)} AS failed,
      ${capped(deliveries, `${liveDelivery} AND v.state IN ('due', 'sending', 'retrying')`)} AS leaving,
      ${capped(
        deliveries,
        `${liveDelivery} AND v.state = 'published' AND v.updated_at >= $2 AND v.ended_at >= $2`,
      )} AS published_24h`,
    values: [projects, new Date(nowMs - 86_400_000)],
  });
  const [row] = rows;
  return {
    incidents: count(row?.incidents ?? 0),
    draftsOpen: count(row?.drafts_open ?? 0),
    approvalsDue: count(row?.approvals_due ?? 0),
    approvedWaiting: count(row?.approved_waiting ?? 0),
    held: count(row?.held ?? 0),
    leaving: count(row?.leaving ?? 0),
    published24h: count(row?.published_24h ?? 0),
    failed: count(row?.failed ?? 0),
  };
}

/** `approverKey`: whose own approval is looked for. */
export async function listApprovalsDue(
  db: Database,
  { projects, approverKey, nowMs }: { projects: Projects; approverKey: string; nowMs: number },
  limit: number,
): Promise<ApprovalDue[]> {
  const { rows } = await db.pool.query({
    name: "overview-approvals-due",
    text: `SELECT d.id, d.title, d.risk_level, d.source, i.occurrence_count, i.last_seen_at,
        EXISTS (SELECT 1 FROM approvals a WHERE a.draft_id = d.id AND a.state = 'granted' AND a.actor_key = $3
          AND (a.expires_at IS NULL OR a.expires_at > $4)) AS approved_by_you
      FROM drafts d JOIN incidents i ON i.id = d.incident_id
      WHERE ${liveDraft} AND (${draftStateConditions.approval_due}) AND NOT (${quietDraft})
      ORDER BY d.risk_rank DESC, d.created_at DESC, d.id DESC LIMIT $2`,
    values: [projects, limit, approverKey, new Date(nowMs)],
  });
  return rows.map((row) => ({
    draftId: text(row.id),
    title: text(row.title),
    riskLevel: textOrNull(row.risk_level),
    source: textOrNull(row.source),
    occurrenceCount: count(row.occurrence_count),
    lastSeenAtMs: ms(row.last_seen_at),
    approvedByYou: row.approved_by_you === true,
  }));
}

/** What failed, is blocked or ambiguous and nothing later made good; newest first. */
export async function listFailedDeliveries(
  db: Database,
  projects: Projects,
  limit: number,
): Promise<FailedDelivery[]> {
  const { rows } = await db.pool.query({
    name: "overview-failed-deliveries",
    text: `SELECT v.post_id, v.draft_id, d.title, v.destination_id, v.state, v.last_reason,
        COALESCE(v.ended_at, v.updated_at) AS ended_at
      FROM ${deliveries}
      WHERE ${unsettled}
      ORDER BY v.updated_at DESC, v.id DESC LIMIT $2`,
    values: [projects, limit],
  });
  return rows.map((row) => ({
    postId: text(row.post_id),
    draftId: text(row.draft_id),
    title: text(row.title),
    destinationId: text(row.destination_id),
    state: row.state as FailedDelivery["state"],
    reason: json<{ message?: string } | null>(row.last_reason)?.message ?? text(row.state),
    endedAtMs: ms(row.ended_at),
  }));
}

/** `outside`: the destinations that are not in here; only these are looked through, over their index. */
export async function readFirstFacts(
  db: Database,
  projects: Projects,
  outside: readonly string[],
): Promise<FirstFacts> {
  const { rows } = await db.pool.query({
    name: "overview-first-facts",
    text: `SELECT EXISTS (SELECT 1 FROM sessions) AS signed_in,
      EXISTS (SELECT 1 FROM intake_keys k WHERE ${mayRead("k")}) AS key,
      EXISTS (SELECT 1 FROM incidents i WHERE ${mayRead("i")}) AS report,
      EXISTS (SELECT 1 FROM test_receptions) AS received,
      EXISTS (SELECT 1 FROM ${deliveries} WHERE v.state = 'published' AND ${mayRead("d")}
        AND v.destination_id = ANY($2::text[])) AS published`,
    values: [projects, outside],
  });
  const [row] = rows;
  return {
    signedIn: row?.signed_in === true,
    key: row?.key === true,
    report: row?.report === true,
    received: row?.received === true,
    published: row?.published === true,
  };
}
