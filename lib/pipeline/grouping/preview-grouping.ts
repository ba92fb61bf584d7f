import { type GroupedIncident, readGroupedIncidents } from "@/lib/db/grouping-store";
import { sha256Hex } from "@/lib/digest";
import {
  compileGrouping,
  type GroupingIssue,
  groupingIssues,
  type IdentityRule,
} from "@/lib/domain/grouping";
import { type GroupingPlan, planGrouping } from "@/lib/domain/grouping-plan";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export const incidentsMax = 2_000;
const sightingsEach = 200;
const examplesMax = 20;

export type GroupingRuleInput = Pick<IdentityRule, "projectId" | "match" | "effect">;

export type GroupingExample = { incidentId: string; title: string; occurrenceCount: number };
export type GroupingPreview = {
  /** Incidents of the project that were looked at: the newest 2,000 at most. */
  lookedAt: number;
  truncated: boolean;
  continued: number;
  untouched: number;
  merged: { lead: GroupingExample; members: GroupingExample[] }[];
  mergedCount: number;
  split: { incident: GroupingExample; values: { value: string | null; count: number }[] }[];
  splitCount: number;
};

/**
 * What a rule would do to the project's incidents as they are: which would be one, which would be several. Writes nothing.
 *
 * @throws AppError forbidden, invalid `grouping_invalid` with `issues`
 */
export async function previewGrouping(ctx: Context, input: GroupingRuleInput): Promise<GroupingPreview> {
  await authorize(ctx, "read", { kind: "grouping", id: input.projectId ?? "-", projectId: input.projectId });
  refuseIssues(groupingIssues(input));
  const incidents = await readGroupedIncidents(ctx.db, historyOf(input));
  const plan = planOf(input, incidents.slice(0, incidentsMax));
  const byId = new Map(incidents.map((each) => [each.incidentId, each]));
  const example = (incidentId: string): GroupingExample => ({
    incidentId,
    title: byId.get(incidentId)?.title ?? incidentId,
    occurrenceCount: byId.get(incidentId)?.occurrenceCount ?? 0,
  });
  return {
    lookedAt: Math.min(incidents.length, incidentsMax),
    truncated: incidents.length > incidentsMax,
    continued: plan.continued.length,
    untouched: plan.untouched,
    merged: plan.merged.slice(0, examplesMax).map(({ leadId, memberIds }) => ({
      lead: example(leadId),
      members: memberIds.slice(0, examplesMax).map(example),
    })),
    mergedCount: plan.merged.reduce((sum, each) => sum + each.memberIds.length, 0),
    split: plan.split
      .slice(0, examplesMax)
      .map(({ incidentId, values }) => ({ incident: example(incidentId), values })),
    splitCount: plan.split.length,
  };
}

/** One more than is looked at, so that it is known whether there are more. */
export const historyOf = ({ projectId, effect }: GroupingRuleInput) => ({
  projectId,
  incidents: incidentsMax + 1,
  sightings: sightingsEach,
  attribute: effect.kind === "add" ? effect.attribute : null,
});

export function planOf(input: GroupingRuleInput, incidents: readonly GroupedIncident[]): GroupingPlan {
  const attribute = input.effect.kind === "add" ? input.effect.attribute : null;
  const rule = compileGrouping([{ kind: "identity", ...input }]);
  return planGrouping(incidents, attribute, input.projectId, rule, sha256Hex);
}

export function refuseIssues(issues: readonly GroupingIssue[]): void {
  const [first] = issues;
  if (!first) return;
  throw new AppError("invalid", "grouping_invalid", first.message, {
    field: first.field,
    issues: issues.map(({ field, message }) => ({ path: field, code: "grouping_invalid", message })),
  });
}
