import type { AssessmentEvidence } from "./assessment";
import { type OwnedObject, type Owner, ownedOf } from "./assessment-owner";
import { type PostureSeverity, postureRanks } from "./posture";
import type { ProbeId } from "./probe";

/** Something that would make the deployment safer, where it is to be done, and who is to do it. */
export type Mitigation = {
  source:
    | "posture_finding"
    | "assessment_probe"
    | "safety_defaults"
    | "adversarial_scenario"
    | "governance_metric";
  recommendation: string;
  severity: PostureSeverity;
  about: { kind: string; id: string };
  /** What it would end; null for a setting that nothing has failed on yet. */
  findingId: string | null;
  ruleId: string | null;
  owner: Owner;
};

/** What to do about a probe that failed and that no rule of the posture speaks of. */
const ofProbe: Readonly<Record<ProbeId, string>> = {
  approval_required_tool_policy: "Give the agent an approval policy, or put a required gate before the tool.",
  route_preview_high_risk_approval:
    "Require approval for high risk, or on the destination, so that nothing of high risk leaves without a person.",
  destination_readiness_fail_closed:
    "Complete the destination, and keep stopping at unready destinations on.",
  scoped_intake_restriction: "Replace the key by one that may report and nothing else.",
  mcp_tool_allowlist: "Name the tools that may be called, and complete the MCP destination.",
  webhook_url_policy: "Give the webhook a public HTTPS address that is vetted, and a signing secret.",
};

/** Everything that was found, as something to do; the heaviest first. What a rule and a probe both found is said once. */
export function mitigationsOf(evidence: AssessmentEvidence): Mitigation[] {
  const { ownerOf } = evidence;
  const to = (object: OwnedObject | undefined) => ({
    about: { kind: object?.kind ?? "deployment", id: object?.id ?? "incident_monitor" },
    owner: ownerOf(object),
  });
  const all: Mitigation[] = [
    ...evidence.posture.findings.map((each) => ({
      ...{ source: "posture_finding" as const, recommendation: each.recommendation, severity: each.severity },
      ...{ findingId: each.findingId, ruleId: each.ruleId },
      ...to(each.affectedObjects[0] && ownedOf(each.affectedObjects[0])),
    })),
    ...evidence.probes.results
      .filter((each) => each.status === "fail" && !each.sourceFinding)
      .map((each) => ({
        ...{
          source: "assessment_probe" as const,
          recommendation: ofProbe[each.probeId],
          severity: "high" as const,
        },
        ...{ findingId: each.findingId, ruleId: each.probeId },
        ...to(each.target),
      })),
    ...failedScenarios(evidence).map((each) => ({
      source: "adversarial_scenario" as const,
      recommendation: `Look at what the scenario saw and close the way it took: ${each.expectedBehavior}`,
      ...{ severity: "high" as const, findingId: each.findingId, ruleId: each.category },
      ...to({ kind: "scenario", id: each.scenarioId }),
    })),
    ...evidence.governance.findings.map((each) => ({
      source: "governance_metric" as const,
      recommendation: each.metricId
        ? `${each.title}: go through the records that it names and settle each.`
        : `${each.title}: find out what changed between the two windows.`,
      ...{ severity: each.severity, findingId: each.findingId, ruleId: each.kind },
      ...to({ kind: each.metricId ? "metric" : "drift_signal", id: each.metricId ?? each.signal ?? "" }),
    })),
    ...ofSafetyDefaults(evidence).map((recommendation) => ({
      ...{ source: "safety_defaults" as const, recommendation, severity: "medium" as const },
      ...{ findingId: null, ruleId: null },
      ...to({ kind: "safety_defaults", id: "safety_defaults" }),
    })),
  ];
  return all.sort((left, right) => postureRanks[right.severity] - postureRanks[left.severity]);
}

const failedScenarios = ({ scenarios }: AssessmentEvidence) =>
  [...scenarios.run.results, ...scenarios.unproved.map((each) => each.result)].filter(
    (each) => each.status === "fail",
  );

/** Switches that are off, whether or not something has come of it yet. */
function ofSafetyDefaults({ inventory }: AssessmentEvidence): string[] {
  const { safetyDefaults } = inventory.inventory.incidentMonitor;
  return [
    ...(safetyDefaults.requireApprovalForHighRisk ? [] : ["Require a person's approval for high risk."]),
    ...(safetyDefaults.blockUnreadyDestinations ? [] : ["Stop at destinations that are not ready."]),
  ];
}
