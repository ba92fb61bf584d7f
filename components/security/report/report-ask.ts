import type { AssessmentReportAskWire } from "@/lib/contracts/assessment-report";
import { probeIds } from "../probes/probe-words";

export const severities = ["medium", "high", "critical"] as const;

/** What the form holds. Days are of UTC, both of them counted in; empty: no bound. */
export type ReportAsk = {
  from: string;
  to: string;
  sourceKind: string | undefined;
  minSeverity: (typeof severities)[number] | undefined;
  probes: readonly string[];
  destinations: readonly string[];
  probeResults: boolean;
  suggestions: boolean;
  keep: boolean;
};

export const initialAsk: ReportAsk = {
  ...{ from: "", to: "", sourceKind: undefined, minSeverity: undefined },
  ...{ probes: probeIds, destinations: [], probeResults: true, suggestions: false, keep: true },
};

const dayMs = 86_400_000;
const startOf = (day: string): number | null => (day === "" ? null : Date.parse(`${day}T00:00:00Z`));

/** Why the days make no window; undefined when they do. */
export function dayFault({ from, to }: Pick<ReportAsk, "from" | "to">): string | undefined {
  return from !== "" && to !== "" && from > to ? "It begins after it ends" : undefined;
}

export function askOf(ask: ReportAsk): AssessmentReportAskWire {
  const end = startOf(ask.to);
  return {
    from_ms: startOf(ask.from),
    to_ms: end === null ? null : end + dayMs - 1,
    source_kind: ask.sourceKind ?? null,
    min_severity: ask.minSeverity ?? null,
    probes: [...ask.probes],
    include_probe_results: ask.probeResults,
    include_draft_suggestions: ask.suggestions,
    persist_artifact: ask.keep,
    route_destination_ids: [...ask.destinations],
  };
}
