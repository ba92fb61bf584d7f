import { lockIncidents, standingMerge } from "@/lib/db/merge-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { AppError } from "../errors";
import { describeIncident, type IncidentDetail } from "./describe-incident";
import { unmergeMember } from "./move-members";
import { lockedOf, requireIncident } from "./require-incident";

/**
 * Takes a merged incident out again. Each sighting is where its fingerprint says, so nothing is moved: what came by its own
 * since the merge goes with it.
 *
 * @throws AppError not_found, forbidden, conflict `not_merged`
 */
export async function unmergeIncident(ctx: Context, incidentId: string): Promise<IncidentDetail> {
  const { mergedIntoId } = await requireIncident(ctx, incidentId, "decide");
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockIncidents(tx, mergedIntoId ? [incidentId, mergedIntoId] : [incidentId]);
    const member = lockedOf(locked, incidentId);
    const merge = await standingMerge(tx, incidentId);
    if (!merge || member.mergedIntoId === null || member.mergedIntoId !== mergedIntoId)
      throw new AppError("conflict", "not_merged", "It is not merged into another incident", {
        incident_id: incidentId,
      });
    await unmergeMember(tx, ctx, member, merge);
  });
  return describeIncident(ctx, incidentId);
}
