"use server";

import { z } from "zod";
import {
  type GroupingApplyWire,
  groupingApplySchema,
  type MergeRequestWire,
  mergeRequestSchema,
  type SplitRequestWire,
  splitRequestSchema,
} from "@/lib/contracts/grouping";
import {
  type MuteRequestWire,
  muteRequestSchema,
  type ResolveRequestWire,
  resolveRequestSchema,
  type SnoozeRequestWire,
  snoozeRequestSchema,
} from "@/lib/contracts/quiet";
import { applyGrouping as apply } from "@/lib/pipeline/grouping/apply-grouping";
import { undoGrouping as undo } from "@/lib/pipeline/grouping/undo-grouping";
import { mergeIncidents as merge } from "@/lib/pipeline/incidents/merge-incidents";
import {
  muteIncident as mute,
  reopenIncident as reopen,
  resolveIncident as resolve,
  snoozeIncident as snooze,
  unmuteIncident as unmute,
  unsnoozeIncident as unsnooze,
} from "@/lib/pipeline/incidents/quiet-incident";
import { splitIncident as split } from "@/lib/pipeline/incidents/split-incident";
import { unmergeIncident as unmerge } from "@/lib/pipeline/incidents/unmerge-incident";
import { groupingApplyFromWire, groupingRuleToWire } from "@/lib/wire/grouping";
import { incidentDetailToWire } from "@/lib/wire/incident";
import { muteFromWire, resolveFromWire, snoozeFromWire } from "@/lib/wire/quiet";
import { defineAction } from "./define-action";

const ofIncident = { incident_id: z.string().min(1).max(200) };
const permission = "decide" as const;

const mergeAction = defineAction({
  permission,
  schema: mergeRequestSchema.extend(ofIncident),
  verb: async (ctx, input) => ({
    incident: incidentDetailToWire(
      await merge(ctx, { leadId: input.incident_id, incidentIds: input.incident_ids, reason: input.reason }),
    ),
  }),
});
const unmergeAction = defineAction({
  permission,
  schema: z.object(ofIncident),
  verb: async (ctx, input) => ({ incident: incidentDetailToWire(await unmerge(ctx, input.incident_id)) }),
});
const splitAction = defineAction({
  permission,
  schema: splitRequestSchema.extend(ofIncident),
  verb: async (ctx, { incident_id, ...input }) => {
    const made = await split(ctx, { incidentId: incident_id, ...input });
    return {
      incident: incidentDetailToWire(made.incident),
      remaining: incidentDetailToWire(made.from),
      rule_id: made.ruleId,
      moved: made.moved,
    };
  },
});
const snoozeAction = defineAction({
  permission,
  schema: snoozeRequestSchema.extend(ofIncident),
  verb: async (ctx, input) => ({
    incident: incidentDetailToWire(await snooze(ctx, snoozeFromWire(input.incident_id, input))),
  }),
});
const muteAction = defineAction({
  permission,
  schema: muteRequestSchema.extend(ofIncident),
  verb: async (ctx, input) => ({
    incident: incidentDetailToWire(await mute(ctx, muteFromWire(input.incident_id, input))),
  }),
});
const resolveAction = defineAction({
  permission,
  schema: resolveRequestSchema.extend(ofIncident),
  verb: async (ctx, input) => ({
    incident: incidentDetailToWire(await resolve(ctx, resolveFromWire(input.incident_id, input))),
  }),
});
const endings = { unsnooze, unmute, reopen };
const endAction = defineAction({
  permission,
  schema: z.object({ ...ofIncident, what: z.enum(["unsnooze", "unmute", "reopen"]) }),
  verb: async (ctx, input) => ({
    incident: incidentDetailToWire(await endings[input.what](ctx, input.incident_id)),
  }),
});
const applyAction = defineAction({
  permission: "configure",
  schema: groupingApplySchema,
  verb: async (ctx, input) => ({ rule: groupingRuleToWire(await apply(ctx, groupingApplyFromWire(input))) }),
});
const undoAction = defineAction({
  permission,
  schema: z.object({ rule_id: z.string().min(1).max(200) }),
  verb: async (ctx, input) => ({ rule: groupingRuleToWire(await undo(ctx, input.rule_id)) }),
});

type OfIncident = { incident_id: string };

/** Others into this one. */
export async function mergeIncidents(input: OfIncident & MergeRequestWire) {
  return mergeAction(input);
}

/** Out of the one it is merged into. */
export async function unmergeIncident(input: OfIncident) {
  return unmergeAction(input);
}

/** The sightings with one value into an incident of their own. */
export async function splitIncident(input: OfIncident & SplitRequestWire) {
  return splitAction(input);
}

/** Quiet until the first of what is named. */
export async function snoozeIncident(input: OfIncident & SnoozeRequestWire) {
  return snoozeAction(input);
}

/** Quiet until a time. */
export async function muteIncident(input: OfIncident & MuteRequestWire) {
  return muteAction(input);
}

/** Done with. */
export async function resolveIncident(input: OfIncident & ResolveRequestWire) {
  return resolveAction(input);
}

/** Ends a snooze or a mute, or takes back that it was resolved. */
export async function endQuiet(input: OfIncident & { what: "unsnooze" | "unmute" | "reopen" }) {
  return endAction(input);
}

/** One more rule for grouping a project's sightings. */
export async function applyGrouping(input: GroupingApplyWire) {
  return applyAction(input);
}

/** Takes a rule or a split back. */
export async function undoGrouping(input: { rule_id: string }) {
  return undoAction(input);
}
