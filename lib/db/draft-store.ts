import type { ApprovalFacet } from "@/lib/domain/draft";
import type { PageRequest } from "@/lib/domain/page";
import type { Draft } from "@/lib/domain/records";
import type { Database } from "./client";
import { also, alsoContains, type ListFilter, readPage } from "./list-query";
import { draftFromRow, grantJoin, newestDeliveryJoin } from "./record-rows";
import type { Row } from "./rows";
import type { Transaction } from "./transaction";

export type DraftFilter = {
  /** null: every project and unbound drafts. */
  projects: readonly string[] | null;
  search?: string;
  state?: "open" | "approval_due" | "approved" | "sending" | "failed" | "published" | "denied" | "held";
  riskRank?: number;
  projectId?: string;
  destinationId?: string;
  incidentId?: string;
};

const selection = `d.*, i.occurrence_count, i.first_seen_at, i.last_seen_at, i.identity, i.fingerprint_version,
  i.workspace_root, nd.*, ga.*`;
const joins = `JOIN incidents i ON i.id = d.incident_id ${newestDeliveryJoin} ${grantJoin}`;

/**
 * A state of the queue as a condition on the facets and on the newest delivery. Written as semi-joins, which the planner
 * can hash: one probe a draft is a second's work on 100,000 of them.
 */
const newest = (states: string) =>
  `EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id AND v.deleted_at IS NULL AND v.state IN (${states})
    AND NOT EXISTS (SELECT 1 FROM deliveries n WHERE n.draft_id = v.draft_id AND n.deleted_at IS NULL
      AND (n.created_at, n.id) > (v.created_at, v.id)))`;
const due = "d.approval IN ('required', 'voided', 'expired')";
export const draftStateConditions: Record<NonNullable<DraftFilter["state"]>, string> = {
  open: `d.approval <> 'denied' AND NOT ${newest("'published'")}`,
  approval_due: due,
  approved: `d.approval = 'granted' AND NOT EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id)`,
  sending: `NOT ${due} AND ${newest("'due', 'sending', 'retrying'")}`,
  failed: `d.approval <> 'denied' AND ${newest("'failed', 'blocked', 'ambiguous'")}`,
  published: newest("'published'"),
  denied: "d.approval = 'denied'",
  held: "d.held",
};

/** Drafts by creation, newest first (contract section 3). */
export async function listDraftRecords(
  db: Database,
  filter: DraftFilter,
  page: PageRequest,
): Promise<{ drafts: Draft[]; total: number }> {
  const query: ListFilter = { where: ["d.deleted_at IS NULL"], values: [] };
  if (filter.projects) also(query, "d.project_id = ANY($?)", filter.projects);
  if (filter.state) query.where.push(`(${draftStateConditions[filter.state]})`);
  if (filter.riskRank !== undefined) also(query, "d.risk_rank = $?", filter.riskRank);
  if (filter.projectId) also(query, "d.project_id = $?", filter.projectId);
  if (filter.incidentId) also(query, "d.incident_id = $?", filter.incidentId);
  if (filter.destinationId) {
    also(
      query,
      "EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id AND v.destination_id = $?)",
      filter.destinationId,
    );
  }
  if (filter.search) {
    alsoContains(
      query,
      ["d.title", "d.id", "d.fingerprint", "d.source", "d.component", "d.incident_id"],
      filter.search,
    );
  }
  const { rows, total } = await readPage(
    db,
    { select: selection, from: "drafts d", join: joins, at: "d.created_at", id: "d.id" },
    query,
    page,
  );
  return { drafts: rows.map(draftFromRow), total };
}

export async function findDraft(db: Database, draftId: string): Promise<Draft | null> {
  const { rows } = await db.pool.query(
    `SELECT ${selection} FROM drafts d ${joins} WHERE d.id = $1 AND d.deleted_at IS NULL`,
    [draftId],
  );
  return rows[0] ? draftFromRow(rows[0]) : null;
}

/** The approval facet as it is now; nobody moves it before this transaction ends. null when the draft is gone. */
export async function lockApprovalFacet(tx: Transaction, draftId: string): Promise<ApprovalFacet | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT approval FROM drafts WHERE id = ${draftId} AND deleted_at IS NULL FOR SHARE`;
  return (rows[0]?.approval as ApprovalFacet | undefined) ?? null;
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
    data: { approval: to, updatedAt: at },
  });
  return moved.count === 1;
}
