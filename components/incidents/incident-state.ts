import { sourceWords } from "@/components/state/source-words";
import type { StateName } from "@/components/state/state-map";
import type { IncidentWire } from "@/lib/contracts/incident";
import type { NameOf } from "@/lib/queries/names";

export type IncidentStanding = { state: StateName; word: string };

/** The wire's incident status (contract 6.6) in words, with its place before, in or behind the gate. */
const standings: Record<string, IncidentStanding> = {
  queued: { state: "notTriaged", word: "No draft yet" },
  draft_created: { state: "ready", word: "Drafted" },
  triage_queued: { state: "triageQueued", word: "Triage queued" },
  triage_timed_out: { state: "triageTimedOut", word: "Triage timed out" },
  triage_failed: { state: "triageFailed", word: "Triage failed" },
  quality_gate_blocked: { state: "blocked", word: "Too thin for a draft" },
  draft_failed: { state: "blocked", word: "Draft failed" },
  duplicate_suppressed: { state: "cancelled", word: "Repeat, suppressed" },
  create_issue: { state: "published", word: "Published" },
  comment_issue: { state: "published", word: "Commented" },
  matched_linear_issue: { state: "published", word: "Matched" },
  post_webhook: { state: "published", word: "Published" },
  record_telemetry: { state: "published", word: "Recorded" },
  store_memory_summary: { state: "published", word: "Remembered" },
  call_mcp_tool: { state: "published", word: "Published" },
};

/** A status this screen does not know keeps its own word and claims nothing. */
export function incidentStanding(status: string): IncidentStanding {
  const known = Object.hasOwn(standings, status) ? standings[status] : undefined;
  if (known) return known;
  const words = status.replaceAll("_", " ").trim() || "unknown";
  return { state: "cancelled", word: words.charAt(0).toUpperCase() + words.slice(1) };
}

/** What names where it came from, most telling first: what the reporter called it, else where it was taken in. */
export function incidentSource(
  incident: Pick<IncidentWire, "source" | "component" | "log_source_id" | "project_id" | "provenance">,
  name: NameOf,
): string {
  const { source, component, project_id } = incident;
  if (source && sourceWords(source) === source) return source;
  const log = namedLog(incident);
  if (project_id) return [name.project(project_id), log].filter(Boolean).join(" / ");
  return component ?? log ?? provenanceWords(incident.provenance);
}

/** The log a report was read from, or that its key is for; what any key of a project takes has none. */
export function namedLog({
  log_source_id,
  provenance,
}: Pick<IncidentWire, "log_source_id" | "provenance">): string | undefined {
  return log_source_id === "external" && provenance === "intake_key" ? undefined : log_source_id;
}

const provenances: Record<string, string> = {
  report: "API report",
  operator: "typed by a person",
  intake_key: "intake key",
  log_source: "log tail",
  runtime_event: "runtime event",
  self_monitoring: "this monitor",
  security: "security finding",
};

/** By which path it came in. */
export function provenanceWords(provenance: string): string {
  return Object.hasOwn(provenances, provenance)
    ? (provenances[provenance] ?? provenance)
    : provenance.replaceAll("_", " ");
}

/** What the row's shape ranks: the risk, else the level it was reported at. */
export function incidentSeverity(incident: Pick<IncidentWire, "risk_level" | "level">): string | undefined {
  return incident.risk_level ?? incident.level;
}
