import { shortId } from "@/components/drafts/draft-words";
import type { DriftSignalWire, GovernanceMetricWire } from "@/lib/contracts/governance";
import { destinationsPath, draftPath, incidentPath, receiptPath, sourcesPath } from "@/lib/paths";
import type { NameOf } from "@/lib/queries/names";

type MetricId = GovernanceMetricWire["metric_id"];

/** What is divided by what: "2 of 3 …". */
export const ofWhat: Record<MetricId, string> = {
  governance_confidence: "high-risk incidents have evidence and were sent",
  authority_boundary_compliance: "policy decisions held",
  escalation_pathway_utilization: "approvals that were needed were decided",
  route_readiness_compliance: "destinations and sources that are on are ready",
  receipt_completeness: "deliveries that ended can be found again",
  recurring_incident_rate: "incidents were seen more than once",
};

/** What it means, for who sees it for the first time. */
export const meaning: Record<MetricId, string> = {
  governance_confidence: "A high-risk failure nobody can prove, or nobody sent anywhere, counts against it.",
  authority_boundary_compliance:
    "A refused attempt is the boundary at work. What got through and should not have counts against it.",
  escalation_pathway_utilization: "What still waits for a person, or went around one, counts against it.",
  route_readiness_compliance: "As it is now; nothing is kept of how ready things were.",
  receipt_completeness: "What failed, or left nothing to find it by, counts against it.",
  recurring_incident_rate: "No minimum: shown for its course.",
};

const nothing: Record<GovernanceMetricWire["missing_evidence_reasons"][number], string> = {
  no_high_risk_incidents: "No high-risk incident was seen in this window.",
  no_policy_decisions: "Nothing was published or refused in this window.",
  no_approvals_required: "Nothing needed an approval in this window.",
  nothing_enabled: "No destination and no source is switched on.",
  no_deliveries_ended: "No delivery ended in this window.",
  no_incidents: "No incident was seen in this window.",
  too_few_samples: "Too few cases to say anything.",
};
export const reasonWords = (metric: GovernanceMetricWire): string =>
  metric.missing_evidence_reasons.map((each) => nothing[each]).join(" ");

/** Cut off, never rounded up: 100 % is all of them, and what is below its minimum never reads as it. */
export const percentWords = (rate: number | null): string =>
  rate === null ? "–" : `${(Math.floor(rate * 1000 + 1e-9) / 10).toLocaleString("en-GB")} %`;

/** "+25 points", "−3.5 points". */
export function deltaWords(delta: number | null): string {
  if (delta === null) return "–";
  const points = Math.round(delta * 1000) / 10;
  const sign = points > 0 ? "+" : points < 0 ? "−" : "";
  return `${sign}${Math.abs(points).toLocaleString("en-GB")} points`;
}

/** The verdict in a word. */
export function verdictOf(metric: GovernanceMetricWire): "breached" | "kept" | "shown" | "unknown" {
  if (!metric.evaluable) return "unknown";
  if (metric.threshold === null) return "shown";
  return metric.breached ? "breached" : "kept";
}

const signals: Record<string, string> = {
  publish_failure_rate: "Deliveries that failed",
  denied_action_rate: "Attempts that were refused",
  escalation_rate: "Drafts that needed an approval",
};
const categoryPrefix = "incident_category_share:";

export const signalWords = (signal: string): string =>
  signals[signal] ??
  (signal.startsWith(categoryPrefix)
    ? `Incidents of category ${signal.slice(categoryPrefix.length)}`
    : signal);

export function driftVerdict(row: DriftSignalWire): string {
  if (row.drift_flagged) return "Drifted";
  if (row.evaluable) return "Steady";
  return `Too few cases (${row.baseline_samples} before, ${row.current_samples} now)`;
}

/** Where a record that is named as evidence is shown; null where no page shows it. */
export function refPath({ kind, id }: { kind: string; id: string }): string | null {
  if (kind === "incident") return incidentPath(id);
  if (kind === "draft") return draftPath(id);
  if (kind === "destination") return destinationsPath({ id });
  if (kind === "source") {
    const [project, source] = id.split("/");
    return sourcesPath({ project, source });
  }
  return kind === "post" ? receiptPath(id) : null;
}

const refNouns: Record<string, string> = { incident: "Incident", draft: "Draft", post: "Receipt" };

/** "Receipt caa3ef75", "Destination Planning": a record by its noun and the start of its id; a setting by its name. */
export function refWords({ kind, id }: { kind: string; id: string }, name: NameOf): string {
  const noun = Object.hasOwn(refNouns, kind) ? refNouns[kind] : undefined;
  if (noun) return `${noun} ${shortId(id)}`;
  if (kind === "destination") return `Destination ${name.destination(id)}`;
  if (kind === "source") return `Source ${sourceName(id, name)}`;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${id}`;
}

/** "Billing / worker" of `billing/worker`; ids hold no slash. */
export function sourceName(id: string, name: NameOf): string {
  const [project = "", ...source] = id.split("/");
  return [name.project(project), ...source].join(" / ");
}
