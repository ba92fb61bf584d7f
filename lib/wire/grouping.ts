import type {
  GroupingApplyWire,
  GroupingPreviewWire,
  GroupingRequestWire,
  GroupingRuleWire,
  MergeCandidatesWire,
  VariationsWire,
} from "@/lib/contracts/grouping";
import type { ActorRef } from "@/lib/domain/actor";
import type { GroupingEffect, GroupingMatch, GroupingRule } from "@/lib/domain/grouping";
import type { Comparison } from "@/lib/domain/merge-candidates";
import type { SightingAttribute } from "@/lib/domain/sighting";
import { present } from "./record-parts";

export function groupingFromWire(wire: GroupingRequestWire) {
  const match: GroupingMatch = {};
  for (const name of ["type", "event", "component", "message"] as const) {
    const value = wire.match?.[name]?.trim();
    if (value) match[name] = value;
  }
  return { projectId: wire.project_id || null, match, effect: wire.effect satisfies GroupingEffect };
}

export const groupingApplyFromWire = (wire: GroupingApplyWire) => ({
  ...groupingFromWire(wire),
  reason: wire.reason,
});

type Example = { incidentId: string; title: string; occurrenceCount: number };
type Values = readonly { value: string | null; count: number }[];

const exampleToWire = (example: Example) => ({
  incident_id: example.incidentId,
  title: example.title,
  occurrence_count: example.occurrenceCount,
});
const valuesToWire = (values: Values) => values.map(({ value, count }) => ({ count, ...present({ value }) }));

export function groupingPreviewToWire(preview: {
  lookedAt: number;
  truncated: boolean;
  continued: number;
  untouched: number;
  merged: { lead: Example; members: Example[] }[];
  mergedCount: number;
  split: { incident: Example; values: Values }[];
  splitCount: number;
}): GroupingPreviewWire {
  return {
    looked_at: preview.lookedAt,
    truncated: preview.truncated,
    untouched: preview.untouched,
    continued: preview.continued,
    merged_count: preview.mergedCount,
    merged: preview.merged.map((each) => ({
      lead: exampleToWire(each.lead),
      members: each.members.map(exampleToWire),
    })),
    split_count: preview.splitCount,
    split: preview.split.map((each) => ({
      incident: exampleToWire(each.incident),
      values: valuesToWire(each.values),
    })),
  };
}

export function groupingRuleToWire(applied: {
  ruleId: string;
  projectId: string | null;
  rule: GroupingRule;
  reason: string | null;
  outcome: {
    continued: string[];
    merged: { memberId: string; leadId: string }[];
    split?: { fromId: string; incidentId: string; moved: number };
  };
  appliedBy: ActorRef;
  appliedAtMs: number;
  undoneBy: ActorRef | null;
  undoneAtMs: number | null;
}): GroupingRuleWire {
  const { rule, outcome } = applied;
  const said = rule.kind === "identity" ? { match: rule.match, effect: rule.effect } : {};
  const split =
    rule.kind === "split" && outcome.split
      ? {
          from_id: outcome.split.fromId,
          incident_id: outcome.split.incidentId,
          attribute: rule.attribute,
          value: rule.value,
          moved: outcome.split.moved,
        }
      : undefined;
  return {
    rule_id: applied.ruleId,
    kind: rule.kind,
    ...said,
    continued: outcome.continued,
    merged: outcome.merged.map((each) => ({ member_id: each.memberId, lead_id: each.leadId })),
    applied_by: applied.appliedBy,
    applied_at_ms: applied.appliedAtMs,
    ...present({
      split,
      project_id: applied.projectId,
      reason: applied.reason,
      undone_by: applied.undoneBy,
      undone_at_ms: applied.undoneAtMs,
    }),
  };
}

export function variationsToWire(found: {
  lookedAt: number;
  variations: {
    attribute: SightingAttribute;
    distinct: number;
    values: { value: string | null; count: number; firstSeenAtMs: number; lastSeenAtMs: number }[];
  }[];
}): VariationsWire {
  return {
    looked_at: found.lookedAt,
    variations: found.variations.map(({ attribute, distinct, values }) => ({
      attribute,
      distinct,
      values: values.map((each) => ({
        count: each.count,
        first_seen_at_ms: each.firstSeenAtMs,
        last_seen_at_ms: each.lastSeenAtMs,
        ...present({ value: each.value }),
      })),
    })),
  };
}

export function mergeCandidatesToWire(
  candidates: readonly {
    candidate: Example & { firstSeenAtMs: number; lastSeenAtMs: number };
    comparison: Comparison;
  }[],
): MergeCandidatesWire {
  return {
    candidates: candidates.map(({ candidate, comparison }) => ({
      ...exampleToWire(candidate),
      first_seen_at_ms: candidate.firstSeenAtMs,
      last_seen_at_ms: candidate.lastSeenAtMs,
      alike: comparison.alike,
      parts: comparison.parts.map(({ name, own, other, agrees }) => ({
        name,
        agrees,
        ...present({ own, other }),
      })),
    })),
  };
}
