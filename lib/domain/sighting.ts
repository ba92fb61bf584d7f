import type { FailureReport } from "./report";
import { truncate } from "./text";

/** Facts of a sighting by which an incident can be taken apart, or that a rule can add to an identity. Never a run's ids. */
export const sightingAttributes = [
  "release",
  "environment",
  "level",
  "risk_level",
  "file_name",
  "process",
  "actor",
  "message",
  "title",
] as const;
export type SightingAttribute = (typeof sightingAttributes)[number];

/** What differs from sighting to sighting, bounded: enough to tell runs apart, not a second copy of the report. */
export function sightingOf(report: FailureReport): Record<string, string> {
  const { runId, sessionId, correlationId, fileName, process, actor, release, environment } =
    report.attributes;
  const facts: Record<string, string | undefined> = {
    title: report.title && truncate(report.title, 300),
    message: report.excerpt[0] && truncate(report.excerpt[0], 500),
    level: report.level,
    risk_level: report.riskLevel,
    run_id: runId,
    session_id: sessionId,
    correlation_id: correlationId,
    file_name: fileName,
    process,
    actor,
    release: release && truncate(release, 200),
    environment: environment && truncate(environment, 200),
  };
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts)) if (value !== undefined) kept[name] = value;
  return kept;
}

export const isSightingAttribute = (name: string): name is SightingAttribute =>
  (sightingAttributes as readonly string[]).includes(name);
