import type { AssessmentDocumentWire, AssessmentSummaryWire } from "@/lib/contracts/assessment-report";
import { destinationsPath, incidentPath, safetyPath, scenariosPath, sourcesPath } from "@/lib/paths";

type Risk = AssessmentSummaryWire["risk"];
type Look = { word: string; tone: "failed" | "needs" | "passed"; glyph: "denied" | "required" | "granted" };

/** A risk is a word and a shape; its colour says the same again. */
export const riskLooks: Readonly<Record<Risk, Look>> = {
  high: { word: "High residual risk", tone: "failed", glyph: "denied" },
  medium: { word: "Medium residual risk", tone: "needs", glyph: "required" },
  low: { word: "Low residual risk", tone: "passed", glyph: "granted" },
};

const causes: Readonly<Record<string, string>> = {
  critical_or_high_findings: "Findings of high severity",
  failed_probes: "Controls that did not hold when tried",
  failed_scenarios: "Scenarios that got through",
  metric_breaches: "Metrics below their minimum",
  blocked_probes: "Probes that had nothing to try",
  blocked_scenarios: "Scenarios that could not be judged",
  drift_flags: "Shares that moved",
};
export const causeWords = ({ code, count }: { code: string; count: number }): string =>
  `${causes[code] ?? code.replaceAll("_", " ")}: ${count}`;

export const mitigationSources: Readonly<Record<string, string>> = {
  posture_finding: "Finding",
  assessment_probe: "Probe",
  safety_defaults: "Safety defaults",
  adversarial_scenario: "Scenario",
  governance_metric: "Metric",
};

export const words = (code: string): string => code.replaceAll("_", " ");

/** Where something is set up or looked at; null where there is no page of it. */
export function aboutPath({ kind, id }: { kind: string; id: string }): string | null {
  if (kind === "destination") return destinationsPath({ id });
  if (kind === "project") return sourcesPath({ project: id });
  if (kind === "log_source") return sourcesPath({ project: id.split("/")[0] });
  if (kind === "safety_defaults") return safetyPath();
  if (kind === "scenario" || kind === "scenario_pack") return scenariosPath();
  return kind === "incident" ? incidentPath(id) : null;
}

/** A date and time that stays true on paper. */
export const exactly = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;

export function coverageWords({ sections }: AssessmentDocumentWire): string {
  const { project_ids: projects, time_window: window, source_kind: kind } = sections.assessment_scope;
  const from = window.from_ms === null ? "everything up to" : `${exactly(window.from_ms)} to`;
  const until = window.to_ms === null ? "then" : exactly(window.to_ms);
  return [
    projects === null ? "the whole deployment" : `projects ${projects.join(", ")}`,
    `${from} ${until}`,
    ...(kind === null ? [] : [`incidents of the kind ${words(kind)}`]),
  ].join("; ");
}
