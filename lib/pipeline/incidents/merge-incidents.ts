import { lockIncidents } from "@/lib/db/merge-store";
import { inTransaction } from "@/lib/db/transaction";
import { mergeRefusal } from "@/lib/domain/merge";
import type { Context } from "../context";
import { describeIncident, type IncidentDetail } from "./describe-incident";
import { mergeMembers } from "./move-members";
import { given, lockedOf, refused, requireIncident } from "./require-incident";

export type MergeIncidentsInput = { leadId: string; incidentIds: readonly string[]; reason?: string | null };

/**
 * Merges incidents into one: it shows all their sightings, and later ones of theirs count for it too. Their open drafts are
 * closed as superseded and their approvals voided; published ones stay. `unmergeIncident` takes each out again.
 *
 * @throws AppError not_found, forbidden, conflict `already_merged` | `other_scope` | `delivery_under_way` |
 * `too_many_members`, invalid `nothing_to_merge` | `same_incident`
 */
export async function mergeIncidents(ctx: Context, input: MergeIncidentsInput): Promise<IncidentDetail> {
  const ids = [...new Set(input.incidentIds)];
  await requireIncident(ctx, input.leadId, "decide");
  for (const id of ids) await requireIncident(ctx, id, "decide");
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockIncidents(tx, [input.leadId, ...ids]);
    const lead = lockedOf(locked, input.leadId);
    const members = ids.map((id) => lockedOf(locked, id));
    const why = mergeRefusal(lead, members);
    if (why) throw refused(isAsked(why.code) ? "invalid" : "conflict", why);
    await mergeMembers(tx, ctx, lead, members, { reason: given(input.reason), ruleId: null });
  });
  return describeIncident(ctx, input.leadId);
}

const isAsked = (code: string) => code === "nothing_to_merge" || code === "same_incident";
