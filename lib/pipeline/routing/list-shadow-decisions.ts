import {
  type ListedShadowDecision,
  listShadowDecisionRecords,
  type ShadowDecisionFilter,
} from "@/lib/db/shadow-decision-store";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { ShadowRouteCounts } from "@/lib/domain/shadow";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListShadowDecisionsInput = { filter: Omit<ShadowDecisionFilter, "projects">; page: ListPage };
export type ShadowDecisionList = {
  decisions: ListedShadowDecision[];
  routes: ShadowRouteCounts[];
  total: number;
  nextCursor: string | null;
};

/**
 * What shadow routes would have sent of the drafts that the actor may see, newest first, and counts for each route.
 *
 * @throws AppError forbidden, invalid `cursor_invalid`
 */
export async function listShadowDecisions(
  ctx: Context,
  { filter, page }: ListShadowDecisionsInput,
): Promise<ShadowDecisionList> {
  await authorize(ctx, "read", { kind: "shadow_decisions", id: "list" });
  const cursor = pageCursor("shadow-decisions", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { decisions, routes, total, more } = await listShadowDecisionRecords(ctx.db, seen, cursor.page);
  const last = decisions.at(-1);
  return {
    decisions,
    routes,
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.atMs, id: last.shadowDecisionId } : null),
  };
}
