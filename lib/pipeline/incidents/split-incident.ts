import { insertGroupingRule, moveGroupingVersion } from "@/lib/db/grouping-store";
import { type LockedIncident, lockIncidents, standingMerge, tallyLead } from "@/lib/db/merge-store";
import { countValue, findByIdentity, insertSplitOff, moveSightings } from "@/lib/db/split-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import { type SplitRule, splitIdentity } from "@/lib/domain/grouping";
import { isSightingAttribute } from "@/lib/domain/sighting";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { describeIncident, type IncidentDetail } from "./describe-incident";
import { announceIncident, unmergeMember } from "./move-members";
import { given, incidentSubject, lockedOf, refuseMember, requireIncident } from "./require-incident";

export type SplitIncidentInput = {
  incidentId: string;
  attribute: string;
  value: string;
  reason?: string | null;
};
export type SplitIncident = { incident: IncidentDetail; from: IncidentDetail; ruleId: string; moved: number };

/** Sightings that one split moves: they are one transaction, and intake waits for it. */
const movedMax = 50_000;

/**
 * Takes the sightings with one value out of an incident, into one of their own, and learns a rule by which later ones go
 * there; one that is being written just now still counts where it was. Only the incident's own identity is taken apart; what is merged into it stays. `undoGrouping` of the rule is the
 * reverse.
 *
 * @throws AppError not_found, forbidden, invalid `attribute_unknown`, conflict `already_merged` | `nothing_has_it` |
 * `everything_has_it` | `too_many_to_move` | `split_already`
 */
export async function splitIncident(ctx: Context, input: SplitIncidentInput): Promise<SplitIncident> {
  const { attribute, value } = input;
  const found = await requireIncident(ctx, input.incidentId, "decide");
  if (!isSightingAttribute(attribute))
    throw new AppError("invalid", "attribute_unknown", "Sightings have no such attribute", {
      field: "attribute",
    });
  refuseMember(found);
  const ruleId = newId.groupingRule();
  const made = await inTransaction(ctx.db, async (tx) => {
    await moveGroupingVersion(tx);
    const from = lockedOf(await lockIncidents(tx, [input.incidentId]), input.incidentId);
    refuseMember(from);
    const { having, others } = await countValue(tx, from.incidentId, attribute, value, movedMax);
    const rule: SplitRule = {
      ...{ kind: "split", scopeKey: from.scopeKey, version: from.version, fingerprint: from.fingerprint },
      ...{ attribute, value },
    };
    const incidentId = await splitOff(tx, ctx, from, rule, () => refuseCount(having, others));
    const at = new Date(ctx.nowMs);
    const moved = await moveSightings(tx, from.incidentId, incidentId, attribute, value, at);
    await tallyLead(tx, from.incidentId, at);
    await insertGroupingRule(tx, {
      ...{ ruleId, rule, reason: given(input.reason), projectId: from.projectId },
      outcome: { continued: [], merged: [], split: { fromId: from.incidentId, incidentId, moved } },
      ...{ appliedBy: actorRef(ctx.actor), appliedAtMs: ctx.nowMs },
    });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.incident.split",
      subject: incidentSubject(from),
      detail: { rule_id: ruleId, into: incidentId, attribute, moved },
    });
    await announceIncident(tx, from);
    await announceIncident(tx, { incidentId, projectId: from.projectId });
    return { incidentId, moved };
  });
  const [incident, from] = [
    await describeIncident(ctx, made.incidentId),
    await describeIncident(ctx, input.incidentId),
  ];
  return { incident, from, ruleId, moved: made.moved };
}

/** The incident of the split's identity: the one an earlier, undone split made, or a new one. */
async function splitOff(
  tx: Transaction,
  ctx: Context,
  from: LockedIncident,
  rule: SplitRule,
  refuse: () => void,
): Promise<string> {
  const { parts, value } = splitIdentity(from, rule, sha256Hex);
  const earlier = await findByIdentity(tx, { ...rule, fingerprint: value });
  if (earlier) {
    const locked = lockedOf(await lockIncidents(tx, [earlier.incidentId]), earlier.incidentId);
    const merge = await standingMerge(tx, earlier.incidentId);
    if (!merge || locked.mergedIntoId !== from.incidentId)
      throw new AppError("conflict", "split_already", "That was split off before", {
        incident_id: earlier.incidentId,
      });
    await unmergeMember(tx, ctx, locked, merge);
    return earlier.incidentId;
  }
  refuse();
  const incidentId = newId.incident();
  await insertSplitOff(tx, {
    ...{ fromId: from.incidentId, incidentId, draftId: newId.draft(), fingerprint: value, parts },
    wireFingerprint: from.wireFingerprint === from.fingerprint ? value : from.wireFingerprint,
    at: new Date(ctx.nowMs),
  });
  return incidentId;
}

function refuseCount(having: number, others: boolean): void {
  if (having === 0)
    throw new AppError("conflict", "nothing_has_it", "No sighting has that value", { field: "value" });
  if (!others)
    throw new AppError("conflict", "everything_has_it", "Every sighting has that value: nothing would stay", {
      field: "value",
    });
  if (having > movedMax)
    throw new AppError("conflict", "too_many_to_move", `A split moves at most ${movedMax} sightings`, {
      limit: movedMax,
    });
}
