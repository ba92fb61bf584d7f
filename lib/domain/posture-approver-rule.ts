import type { ApprovalRuleRow } from "./authority-evidence";
import type { Inventory } from "./authority-inventory";
import type { AffectedObject, PostureFault, PostureFix } from "./posture";

/** A setting names who must approve, and too few of them may: nothing under it opens but by breaking the glass. */
export function namedApproversUnreachable({ approvalRules }: Inventory): PostureFault[] {
  return approvalRules.flatMap((rule) => {
    if (rule.unmet === null) return [];
    const { subject, fix } = placeOf(rule);
    return [
      {
        ...{ ruleId: "named_approvers_unreachable", category: "missing_approval", severity: "high" },
        title: `${subject.name ?? subject.id}: too few of those who are named may approve`,
        detail: rule.unmet,
        recommendation:
          "Name people who may approve there, give them the role or enable them, or ask for fewer.",
        affected: [subject],
        evidence: [`inventory.approval_rules.${rule.ruleId}.unmet`],
        fix,
        // High and critical risk are settings of one object.
        dedupeKey: rule.ruleId,
      } satisfies PostureFault,
    ];
  });
}

type Place = { subject: AffectedObject; fix: PostureFix };

function placeOf({ routeId, projectId, sourceId, ruleId }: ApprovalRuleRow): Place {
  const setting = { kind: "setting", code: "named_approvers", field: "approvers" } as const;
  if (routeId !== null)
    return {
      subject: { kind: "route", id: routeId, name: `Route ${routeId}` },
      fix: { ...setting, routeId },
    };
  if (projectId !== null && sourceId !== null)
    return {
      subject: { kind: "log_source", id: `${projectId}/${sourceId}`, projectId, sourceId },
      fix: { ...setting, projectId, sourceId },
    };
  if (projectId !== null)
    return { subject: { kind: "project", id: projectId, projectId }, fix: { ...setting, projectId } };
  const risk = ruleId.endsWith("critical_risk") ? "critical" : "high";
  return {
    subject: { kind: "safety_defaults", id: "safety_defaults", name: `Safety defaults, ${risk} risk` },
    fix: { ...setting, field: `safety_defaults.approvers_${risk}_risk` },
  };
}
