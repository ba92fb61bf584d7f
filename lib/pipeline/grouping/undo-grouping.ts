import { announceChange } from "@/lib/db/change-feed";
import {
  endGroupingRule,
  findGroupingRule,
  type ListedRule,
  laterRulesOn,
  moveGroupingVersion,
} from "@/lib/db/grouping-store";
import { lockIncidents, mergesOfRule } from "@/lib/db/merge-store";
import { rekeyIncident, rekeysOf } from "@/lib/db/rekey-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { mergeRefusal } from "@/lib/domain/merge";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { mergeMembers, unmergeMember } from "../incidents/move-members";
import { refused } from "../incidents/require-incident";
import { recordAudit } from "../record-audit";

/**
 * Takes a rule back. Of an identity rule: incidents get the identity they had, and what it merged shows itself again; one that
 * was first seen under the rule stays as it is. Of a split: what was split off is merged back into where it came from.
 *
 * @throws AppError not_found `grouping_rule_not_found`, forbidden, conflict `grouping_undone` | `later_rule` |
 * `delivery_under_way`
 */
export async function undoGrouping(ctx: Context, ruleId: string): Promise<ListedRule> {
  const missing = new AppError("not_found", "grouping_rule_not_found", "There is no such rule", {
    rule_id: ruleId,
  });
  const found = await findGroupingRule(ctx.db, ruleId);
  if (!found) throw missing;
  const subject = { kind: "grouping", id: ruleId, projectId: found.projectId };
  // A split is a decision about one incident; a rule changes what every sighting of a project is.
  const permission = found.rule.kind === "split" ? "decide" : "configure";
  await authorizeRecord(ctx, permission, subject, missing);
  await inTransaction(ctx.db, async (tx) => {
    await moveGroupingVersion(tx);
    if (!(await endGroupingRule(tx, ruleId, actorRef(ctx.actor), new Date(ctx.nowMs))))
      throw new AppError("conflict", "grouping_undone", "That rule was undone before", { rule_id: ruleId });
    if (found.rule.kind === "split") await joinAgain(tx, ctx, found);
    else await restoreIdentities(tx, ctx, ruleId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.grouping.undone",
      subject,
      detail: { rule_id: ruleId, kind: found.rule.kind },
    });
    await announceChange(tx, { topic: "config", id: ruleId, projectId: found.projectId });
  });
  return (await findGroupingRule(ctx.db, ruleId)) ?? found;
}

/** One that was deleted, or merged elsewhere by somebody, stays where it is. */
async function joinAgain(tx: Transaction, ctx: Context, { ruleId, outcome }: ListedRule): Promise<void> {
  const split = outcome.split;
  if (!split) return;
  const locked = await lockIncidents(tx, [split.fromId, split.incidentId]);
  const part = locked.get(split.incidentId);
  const from = locked.get(split.fromId);
  if (!part || !from || part.mergedIntoId !== null) return;
  const lead =
    from.mergedIntoId === null ? from : (await lockIncidents(tx, [from.mergedIntoId])).get(from.mergedIntoId);
  if (!lead || lead.incidentId === part.incidentId) return;
  const why = mergeRefusal(lead, [part]);
  if (why) throw refused("conflict", why);
  await mergeMembers(tx, ctx, lead, [part], { reason: null, ruleId });
}

async function restoreIdentities(tx: Transaction, ctx: Context, ruleId: string): Promise<void> {
  const rekeys = await rekeysOf(tx, ruleId);
  const ids = rekeys.map((each) => each.incidentId);
  const [later] = await laterRulesOn(tx, ruleId, ids);
  if (later)
    throw new AppError(
      "conflict",
      "later_rule",
      "A later rule changed the same incidents; undo that one first",
      {
        rule_id: later,
      },
    );
  const merges = await mergesOfRule(tx, ruleId);
  const locked = await lockIncidents(tx, [...ids, ...merges.flatMap((each) => [each.memberId, each.leadId])]);
  for (const merge of merges) {
    const member = locked.get(merge.memberId);
    if (member && member.mergedIntoId !== null) await unmergeMember(tx, ctx, member, merge);
  }
  const at = new Date(ctx.nowMs);
  for (const each of rekeys) await rekeyIncident(tx, each, actorRef(ctx.actor), at);
}
