import type { PageRequest } from "@/lib/domain/page";
import type { ShadowDecision, ShadowRouteCounts } from "@/lib/domain/shadow";
import type { Database } from "./client";
import { also, alsoBetween, type ListFilter, readPage } from "./list-query";
import { count, list, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type ShadowDecisionFilter = {
  /** null: every project, and records of none. */
  projects: readonly string[] | null;
  projectId?: string;
  routeId?: string;
  moment?: ShadowDecision["moment"];
  sinceMs?: number;
  untilMs?: number;
};

/** A decision with the title of its draft, while there is such a draft. */
export type ListedShadowDecision = ShadowDecision & { title: string | null };

/** Adds what is not on record: a draft, a route and a moment have one decision. Returns how many were new. */
export async function recordShadowDecisions(
  tx: Transaction,
  decisions: readonly ShadowDecision[],
): Promise<number> {
  if (decisions.length === 0) return 0;
  const { count: added } = await tx.shadowDecision.createMany({
    data: decisions.map(({ shadowDecisionId, atMs, ...decision }) => ({
      ...decision,
      id: shadowDecisionId,
      at: new Date(atMs),
    })),
    skipDuplicates: true,
  });
  return added;
}

/** By time, newest first, with counts for each route over all that match. */
export async function listShadowDecisionRecords(
  db: Database,
  filter: ShadowDecisionFilter,
  page: PageRequest,
): Promise<{ decisions: ListedShadowDecision[]; routes: ShadowRouteCounts[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  if (filter.projects) also(query, "s.project_id = ANY($?)", filter.projects);
  if (filter.projectId) also(query, "s.project_id = $?", filter.projectId);
  if (filter.routeId) also(query, "s.route_id = $?", filter.routeId);
  if (filter.moment) also(query, "s.moment = $?", filter.moment);
  alsoBetween(query, "s.at", filter);
  const shape = {
    select: "s.*, d.title",
    from: "shadow_decisions s",
    join: "LEFT JOIN drafts d ON d.id = s.draft_id AND d.deleted_at IS NULL",
    at: "s.at",
    id: "s.id",
  };
  const [{ rows, total, more }, routes] = await Promise.all([
    readPage(db, shape, query, page),
    countByRoute(db, query),
  ]);
  return { decisions: rows.map(decisionFromRow), routes, total, more };
}

/** `agreeing` is domain/shadow's `shadowAgrees`, over lists that hold no id twice. */
async function countByRoute(db: Database, query: ListFilter): Promise<ShadowRouteCounts[]> {
  const where = query.where.length > 0 ? `WHERE ${query.where.join(" AND ")}` : "";
  const { rows } = await db.pool.query(
    `SELECT s.route_id, (array_agg(s.route_name ORDER BY s.at DESC))[1] AS route_name, count(*)::int AS decisions,
       count(*) FILTER (WHERE s.approval_required)::int AS approval_required,
       count(*) FILTER (WHERE s.approval_required = s.actual_approval
         AND s.destination_ids @> s.actual_destination_ids AND s.destination_ids <@ s.actual_destination_ids)::int AS agreeing
     FROM shadow_decisions s ${where} GROUP BY s.route_id ORDER BY count(*) DESC, s.route_id LIMIT 200`,
    query.values,
  );
  return rows.map((row) => ({
    routeId: text(row.route_id),
    routeName: text(row.route_name),
    decisions: count(row.decisions),
    agreeing: count(row.agreeing),
    approvalRequired: count(row.approval_required),
  }));
}

/** Up to when drafts have been shown to the shadow routes; null while there were none. */
export async function readShadowProgress(db: Database): Promise<number | null> {
  const { rows } = await db.pool.query({
    name: "shadow-progress",
    text: "SELECT through FROM shadow_progress WHERE id = 1",
  });
  return msOrNull(rows[0]?.through);
}

/** Forward only: several processes may sweep. */
export async function moveShadowProgress(tx: Transaction, throughMs: number): Promise<void> {
  const through = new Date(throughMs);
  await tx.$executeRaw`
    INSERT INTO shadow_progress AS p (id, through) VALUES (1, ${through})
    ON CONFLICT (id) DO UPDATE SET through = greatest(p.through, EXCLUDED.through)`;
}

/** The last shadow route went: one that comes later begins with the drafts of its own time. */
export async function endShadowProgress(tx: Transaction): Promise<void> {
  await tx.shadowProgress.deleteMany();
}

function decisionFromRow(row: Row): ListedShadowDecision {
  return {
    shadowDecisionId: text(row.id),
    draftId: text(row.draft_id),
    incidentId: text(row.incident_id),
    projectId: textOrNull(row.project_id),
    moment: row.moment as ShadowDecision["moment"],
    routeId: text(row.route_id),
    routeName: text(row.route_name),
    destinationIds: list(row.destination_ids),
    approvalRequired: row.approval_required === true,
    reached: row.reached === true,
    actualRouteId: textOrNull(row.actual_route_id),
    actualDestinationIds: list(row.actual_destination_ids),
    actualApproval: row.actual_approval === true,
    atMs: ms(row.at),
    title: textOrNull(row.title),
  };
}
