import { announceChange } from "@/lib/db/change-feed";
import {
  findGroupingRule,
  type GroupingOutcome,
  insertGroupingRule,
  type ListedRule,
  moveGroupingVersion,
  readGroupedIncidents,
  setGroupingOutcome,
  standingRules,
} from "@/lib/db/grouping-store";
import { keepOwnCounts, lockIncidents } from "@/lib/db/merge-store";
import { recordRekey, rekeyIncident } from "@/lib/db/rekey-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { groupingIssues, type IdentityRule } from "@/lib/domain/grouping";
import { mergeRefusal } from "@/lib/domain/merge";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { mergeMembers } from "../incidents/move-members";
import { given, refused } from "../incidents/require-incident";
import { recordAudit } from "../record-audit";
import { type GroupingRuleInput, historyOf, incidentsMax, planOf, refuseIssues } from "./preview-grouping";

export type ApplyGroupingInput = GroupingRuleInput & { reason?: string | null };

/** Rules in force over all projects, splits not counted: each is asked of every sighting of its project. */
const rulesMax = 200;
/** Incidents that one rule may change: they are locked together, and intake waits for that. */
const changedMax = 500;

/**
 * Groups the project's sightings by one more rule from now on. Incidents that the rule touches go on under their new identity,
 * those that it makes one are merged; `undoGrouping` is the reverse. Sightings that are being written just now are still
 * grouped by the rules before.
 *
 * @throws AppError forbidden, invalid `grouping_invalid`, conflict `grouping_rules_too_many` | `grouping_too_wide` |
 * `delivery_under_way` | `too_many_members`
 */
export async function applyGrouping(ctx: Context, input: ApplyGroupingInput): Promise<ListedRule> {
  const { projectId, match, effect } = input;
  const subject = { kind: "grouping", id: projectId ?? "-", projectId };
  await authorize(ctx, "configure", subject);
  refuseIssues(groupingIssues(input));
  const rule: IdentityRule = { kind: "identity", projectId, match, effect };
  const ruleId = newId.groupingRule();
  const by = actorRef(ctx.actor);
  const at = new Date(ctx.nowMs);
  await inTransaction(ctx.db, async (tx) => {
    await moveGroupingVersion(tx);
    const standing = await standingRules(tx);
    if (standing.filter((each) => each.rule.kind === "identity").length >= rulesMax)
      throw new AppError(
        "conflict",
        "grouping_rules_too_many",
        "Too many rules are in force; undo one first",
        {
          limit: rulesMax,
        },
      );
    const incidents = (await readGroupedIncidents(tx, historyOf(input))).slice(0, incidentsMax);
    const plan = planOf(input, incidents);
    const touched = [
      ...plan.continued.map((each) => each.incidentId),
      ...plan.merged.flatMap((each) => [each.leadId, ...each.memberIds]),
    ];
    if (touched.length > changedMax)
      throw new AppError(
        "conflict",
        "grouping_too_wide",
        `A rule may change at most ${changedMax} incidents`,
        {
          limit: changedMax,
        },
      );
    const outcome: GroupingOutcome = { continued: [], merged: [] };
    await insertGroupingRule(tx, {
      ...{ ruleId, rule, reason: given(input.reason), outcome, projectId },
      ...{ appliedBy: by, appliedAtMs: ctx.nowMs },
    });
    const locked = await lockIncidents(tx, touched);
    for (const { leadId, memberIds } of plan.merged) {
      const lead = locked.get(leadId);
      const members = memberIds.flatMap((id) => locked.get(id) ?? []);
      if (!lead || members.length === 0) continue;
      const why = mergeRefusal(lead, members);
      if (why) throw refused("conflict", why);
      await mergeMembers(tx, ctx, lead, members, { reason: null, ruleId });
      outcome.merged.push(...members.map((each) => ({ memberId: each.incidentId, leadId })));
    }
    const before = new Map(incidents.map((each) => [each.incidentId, each]));
    for (const { incidentId, fingerprint, parts } of plan.continued) {
      const was = before.get(incidentId);
      if (!was || !locked.has(incidentId)) continue;
      // With an alias it is of a family: its sightings are placed by row, never by identity alone.
      await keepOwnCounts(tx, [incidentId]);
      if (!(await rekeyIncident(tx, { incidentId, fingerprint, parts }, by, at))) continue;
      await recordRekey(tx, ruleId, { incidentId, fingerprint: was.fingerprint, parts: was.parts });
      outcome.continued.push(incidentId);
    }
    await setGroupingOutcome(tx, ruleId, outcome);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.grouping.applied",
      subject,
      detail: {
        ...{ rule_id: ruleId, effect: effect.kind },
        ...{ continued: outcome.continued.length, merged: outcome.merged.length },
      },
    });
    await announceChange(tx, { topic: "config", id: ruleId, projectId });
  });
  const applied = await findGroupingRule(ctx.db, ruleId);
  if (!applied) throw new Error("a rule that was just applied is gone");
  return applied;
}
