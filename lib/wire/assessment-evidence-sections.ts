import type { AssessmentSectionsWire } from "@/lib/contracts/assessment-sections";
import type { AssessmentEvidence } from "@/lib/domain/assessment";
import type { PostureFinding } from "@/lib/domain/posture-finding";
import { snakeKeys } from "./casing";
import { governanceMetricsToWire } from "./governance";
import { postureFindingToWire } from "./posture";
import { probeCountsToWire, probeResultToWire } from "./probe";
import { scenarioResultToWire } from "./scenario";

/** Of a report without suggestions every finding stands without one. */
function findingToWire(finding: PostureFinding, withSuggestion: boolean) {
  const wire = postureFindingToWire(finding);
  return withSuggestion ? wire : { ...wire, incident_draft_suggestion: null };
}

/** How often each word is there. */
export function tally(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** How many of each word, where rows say how many each stands for. */
function sums<Row extends { count: number }>(rows: readonly Row[], wordOf: (row: Row) => string) {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[wordOf(row)] = (counts[wordOf(row)] ?? 0) + row.count;
  return counts;
}

/** What was found, tried, played, measured and recorded. */
export function assessmentEvidenceSections(
  evidence: AssessmentEvidence,
): Pick<
  AssessmentSectionsWire,
  | ("detected_findings" | "controlled_probe_results" | "adversarial_scenario_packs")
  | ("governance_maturity_metrics" | "incidents_and_evidence_refs" | "destination_receipts")
> {
  const { ask, posture, incidents, receipts } = evidence;
  const total = Object.values(incidents.bySourceKind).reduce((sum, each) => sum + each, 0);
  return {
    detected_findings: {
      counts: {
        findings: posture.counts.findings,
        by_severity: { ...posture.counts.bySeverity },
        by_category: { ...posture.counts.byCategory },
        by_rule: tally(posture.findings.map((each) => each.ruleId)),
      },
      findings: posture.findings.map((each) => findingToWire(each, ask.includeDraftSuggestions)),
    },
    controlled_probe_results: probesOf(evidence),
    adversarial_scenario_packs: scenariosOf(evidence),
    governance_maturity_metrics: governanceOf(evidence),
    incidents_and_evidence_refs: {
      counts: {
        incidents: total,
        by_source_kind: Object.fromEntries(
          Object.entries(incidents.bySourceKind).map(([kind, count]) => [kind || "unknown", count]),
        ),
      },
      incidents: snakeKeys(incidents.listed),
    },
    destination_receipts: {
      counts: {
        receipts: receipts.counts.reduce((sum, each) => sum + each.count, 0),
        by_destination_kind: sums(receipts.counts, (each) => each.kind),
        by_status: sums(receipts.counts, (each) => each.status),
      },
      receipts: snakeKeys(receipts.listed),
    },
  };
}

function probesOf({ ask, probes }: AssessmentEvidence): AssessmentSectionsWire["controlled_probe_results"] {
  return {
    selected_probe_ids: probes.policy.selectedProbeIds,
    counts: probeCountsToWire(probes.counts),
    results: ask.includeProbeResults
      ? probes.results.map((each) => ({
          ...probeResultToWire(each),
          source_finding: each.sourceFinding
            ? findingToWire(each.sourceFinding, ask.includeDraftSuggestions)
            : null,
        }))
      : [],
  };
}

function scenariosOf({
  scenarios: { run, state, unproved },
}: AssessmentEvidence): AssessmentSectionsWire["adversarial_scenario_packs"] {
  return {
    ...{ pack_id: run.packId, version: run.packVersion, description: run.packDescription },
    ...({ mode: "dry_run", mutates_external_systems: false } as const),
    ...{ counts: run.counts, run_id: run.runId, config_version: run.configVersion },
    ...{ started_at_ms: run.startedAtMs, duration_ms: run.durationMs },
    results: run.results.map(scenarioResultToWire),
    state,
    unproved_in_stored_packs: unproved.map(({ packId, runId, ranAtMs, result }) => ({
      ...{ pack_id: packId, run_id: runId, ran_at_ms: ranAtMs, result: scenarioResultToWire(result) },
    })),
  };
}

function governanceOf({
  ask,
  governance,
  projects,
}: AssessmentEvidence): AssessmentSectionsWire["governance_maturity_metrics"] {
  const { governance_maturity: maturity } = governanceMetricsToWire({ ...governance, projects, trend: [] });
  if (ask.includeDraftSuggestions) return maturity;
  const findings = maturity.threshold_findings.map((each) => ({ ...each, incident_draft_suggestion: null }));
  return { ...maturity, threshold_findings: findings };
}
