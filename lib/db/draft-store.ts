import type { DeliveryState } from "@/lib/domain/delivery";
import type { ApprovalFacet, IssueFacet, TriageFacet } from "@/lib/domain/draft";
import type { DraftClaim } from "@/lib/domain/draft-claim";
import type { DraftSort } from "@/lib/domain/draft-sort";
import type { PagePlace, PageRequest } from "@/lib/domain/page";
import type { Draft } from "@/lib/domain/records";
import type { Database } from "./client";
import { Prisma } from "./generated/client";
import {
  also,
  alsoOfRecord,
  alsoSearched,
  type ListFilter,
  type ListShape,
  placeOf,
  type RecordFilter,
  readPage,
} from "./list-query";
import { draftFromRow, grantJoin, newestDeliveryJoin } from "./record-rows";
import { ms, type Row, text } from "./rows";
import { approvalDue, draftStatusCondition, newestDeliveryIs, quietDraft } from "./status-conditions";
import type { Transaction } from "./transaction";

export type DraftFilter = RecordFilter & {
  state?: "open" | "approval_due" | "approved" | "sending" | "failed" | "published" | "denied" | "held";
  /** The wire's word (domain/draft-status.ts). */
  status?: string;
  approval?: ApprovalFacet;
  triage?: TriageFacet;
  issue?: IssueFacet;
  /** The state of its newest delivery. */
  delivery?: DeliveryState;
  held?: boolean;
  destinationId?: string;
  incidentId?: string;
  sort?: DraftSort;
  /** Is its incident snoozed or muted? */
  quiet?: boolean;
};

const selection = `d.*, i.occurrence_count, i.first_seen_at, i.last_seen_at, i.identity, i.fingerprint_version,
  i.workspace_root, nd.*, ga.*`;
const joins = `JOIN incidents i ON i.id = d.incident_id ${newestDeliveryJoin} ${grantJoin}`;

/** A state of the queue as a condition on the facets and on the newest delivery. */
export const draftStateConditions: Record<NonNullable<DraftFilter["state"]>, string> = {
  open: `d.approval <> 'denied' AND NOT ${newestDeliveryIs("v.state = 'published'")}`,
  approval_due: approvalDue,
  approved: `d.approval = 'granted' AND NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id)`,
  sending: `NOT ${approvalDue} AND ${newestDeliveryIs("v.state IN ('due', 'sending', 'retrying')")}`,
  failed: `d.approval <> 'denied' AND ${newestDeliveryIs("v.state IN ('failed', 'blocked', 'ambiguous')")}`,
  published: newestDeliveryIs("v.state = 'published'"),
  denied: "d.approval = 'denied'",
  // By the pause, or by a silence as it is on record. In this form each half is found over its own small index.
  held: `d.id IN (SELECT id FROM drafts WHERE held
    UNION ALL SELECT draft_id FROM silence_holds WHERE released_at IS NULL)`,
};

/** How the queue is ordered, as a list's shape. What ranks alike is newest first, by occurrences the newest incident. */
const orders: Record<DraftSort, Partial<ListShape>> = {
  newest: {},
  oldest: { oldestFirst: true },
  risk: { rank: "d.risk_rank" },
  occurrences: {
    rank: "i.occurrence_count",
    rankJoin: "JOIN incidents i ON i.id = d.incident_id",
    at: "i.created_at",
  },
};

/** Drafts newest first (contract section 3), or as `filter.sort` says; `end` is where the page ends. */
export async function listDraftRecords(
  db: Database,
  filter: DraftFilter,
  page: PageRequest,
): Promise<{ drafts: Draft[]; total: number; more: boolean; end: PagePlace | null }> {
  const query: ListFilter = { where: ["d.deleted_at IS NULL"], values: [] };
  alsoOfRecord(query, filter, { record: "d", fingerprint: "d.fingerprint", at: "d.created_at" });
  alsoInState(query, filter);
  if (filter.incidentId) {
    const family = "d.incident_id IN (SELECT x.id FROM incidents x WHERE $? IN (x.id, x.merged_into_id))";
    also(query, family, filter.incidentId);
  }
  if (filter.quiet !== undefined) query.where.push(filter.quiet ? quietDraft : `NOT (${quietDraft})`);
  if (filter.destinationId) {
    also(
      query,
      "EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id AND v.destination_id = $?)",
      filter.destinationId,
    );
  }
  if (filter.search) alsoSearched(query, "d.incident_id", filter.search, ["d.id"]);
  const { rows, total, more } = await readPage(
    db,
    {
      ...{ select: selection, from: "drafts d", join: joins, at: "d.created_at", id: "d.id" },
      ...orders[filter.sort ?? "newest"],
    },
    query,
    page,
  );
  const last = rows.at(-1);
  const end = last ? placeOf(last, { atMs: ms(last.created_at), id: text(last.id) }) : null;
  return { drafts: rows.map(draftFromRow), total, more, end };
}

/** What the destination has of the same failure, as a look found it; no content of the draft. */
export async function recordMatch(
  tx: Transaction,
  draftId: string,
  match: { number: number | null; state: "open" | "closed"; reference: string; url: string | null } | null,
): Promise<void> {
  await tx.draft.update({
    where: { id: draftId },
    data: {
      matchedIssueNumber: match?.number ?? null,
      matchedIssueState: match?.state ?? null,
      matchedIssueReference: match?.reference ?? null,
      matchedIssueUrl: match?.url ?? null,
    },
  });
}

function alsoInState(query: ListFilter, filter: DraftFilter): void {
  if (filter.state) query.where.push(`(${draftStateConditions[filter.state]})`);
  if (filter.status) query.where.push(`(${draftStatusCondition(filter.status)})`);
  if (filter.approval) also(query, "d.approval = $?::approval_facet", filter.approval);
  if (filter.triage) also(query, "d.triage = $?::triage_facet", filter.triage);
  if (filter.issue) also(query, "d.issue = $?::issue_facet", filter.issue);
  if (filter.delivery) also(query, newestDeliveryIs("v.state = $?::delivery_state"), filter.delivery);
  if (filter.held !== undefined) query.where.push(filter.held ? "d.held" : "NOT d.held");
}

export async function findDraft(db: Database, draftId: string): Promise<Draft | null> {
  const { rows } = await db.pool.query(
    `SELECT ${selection} FROM drafts d ${joins} WHERE d.id = $1 AND d.deleted_at IS NULL`,
    [draftId],
  );
  return rows[0] ? draftFromRow(rows[0]) : null;
}

export async function findDrafts(db: Database, draftIds: readonly string[]): Promise<Draft[]> {
  const { rows } = await db.pool.query(
    `SELECT ${selection} FROM drafts d ${joins} WHERE d.id = ANY($1::text[]) AND d.deleted_at IS NULL`,
    [draftIds],
  );
  return rows.map(draftFromRow);
}

/** The approval facet as it is now; nobody moves it before this transaction ends. null when the draft is gone. */
export async function lockApprovalFacet(tx: Transaction, draftId: string): Promise<ApprovalFacet | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT approval FROM drafts WHERE id = ${draftId} AND deleted_at IS NULL FOR SHARE`;
  return (rows[0]?.approval as ApprovalFacet | undefined) ?? null;
}

/** Facet and revision as they are now; nobody else decides or edits before this transaction ends. null when the draft is gone. */
export async function lockForDecision(
  tx: Transaction,
  draftId: string,
): Promise<{ approval: ApprovalFacet; revision: number } | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT approval, revision FROM drafts WHERE id = ${draftId} AND deleted_at IS NULL FOR UPDATE`;
  const row = rows[0];
  return row ? { approval: row.approval as ApprovalFacet, revision: Number(row.revision) } : null;
}

/**
 * Moves the approval facet away from exactly `from`, at exactly `revision`. false when somebody was first: nothing is
 * written then and the caller answers with a conflict.
 */
export async function moveApprovalFacet(
  tx: Transaction,
  draft: Pick<Draft, "draftId" | "revision">,
  from: ApprovalFacet,
  to: ApprovalFacet,
  at: Date,
): Promise<boolean> {
  const moved = await tx.draft.updateMany({
    where: { id: draft.draftId, revision: draft.revision, approval: from, deletedAt: null },
    data: { approval: to, updatedAt: at, ...(isDecision(to) && noClaim) },
  });
  return moved.count === 1;
}

/** Once it is decided nobody is on it any more. */
const isDecision = (facet: ApprovalFacet) => facet === "granted" || facet === "denied";
const noClaim = { claimedBy: Prisma.DbNull, claimedAt: null, claimedUntil: null };

/**
 * Writes who is on a draft, over exactly the claim that was read; `to` null frees it. false when another was first: nothing
 * is written then.
 */
export async function moveClaim(
  tx: Transaction,
  draftId: string,
  from: DraftClaim | null,
  to: DraftClaim | null,
): Promise<boolean> {
  const moved = await tx.draft.updateMany({
    where: {
      id: draftId,
      deletedAt: null,
      claimedAt: from ? new Date(from.sinceMs) : null,
      claimedUntil: from ? new Date(from.untilMs) : null,
      ...(from && { claimedBy: { equals: from.by } }),
    },
    data: to
      ? { claimedBy: to.by, claimedAt: new Date(to.sinceMs), claimedUntil: new Date(to.untilMs) }
      : noClaim,
  });
  return moved.count === 1;
}
