import type { RouteWire } from "@/lib/contracts/config";
import type { RouteTraceWire } from "@/lib/contracts/review";

export type ConditionField = Extract<keyof RouteWire, `match_${string}`>;
type Condition = { field: ConditionField; trace: string; word: string; hint: string };

/** The 14 lists a route may match on, in the order they are read. `trace` is the name the preview gives it. */
export const conditions: readonly Condition[] = [
  { field: "match_project_ids", trace: "project_id", word: "project", hint: "payments-worker" },
  { field: "match_log_source_ids", trace: "log_source_id", word: "log source", hint: "api-log" },
  { field: "match_event_types", trace: "event_type", word: "event", hint: "ci.run.failed" },
  { field: "match_sources", trace: "source", word: "source", hint: "ci-smoke" },
  { field: "match_components", trace: "component", word: "component", hint: "settlement" },
  { field: "match_risk_levels", trace: "risk_level", word: "risk", hint: "high" },
  { field: "match_risk_categories", trace: "risk_category", word: "risk category", hint: "security" },
  { field: "match_confidence", trace: "confidence", word: "confidence", hint: "high" },
  { field: "match_route_tags", trace: "route_tags", word: "tag", hint: "payments" },
  { field: "match_source_kinds", trace: "source_kind", word: "source kind", hint: "ci" },
  {
    field: "match_expected_destinations",
    trace: "expected_destination",
    word: "expected destination",
    hint: "pager-hook",
  },
  { field: "match_tenant_ids", trace: "tenant_id", word: "tenant", hint: "acme" },
  { field: "match_workspace_ids", trace: "workspace_id", word: "workspace", hint: "main" },
  {
    field: "match_event_schema_versions",
    trace: "event_schema_version",
    word: "schema version",
    hint: "2026-06-29",
  },
];

export const conditionWord: Record<string, string> = {
  ...Object.fromEntries(conditions.map(({ trace, word }) => [trace, word])),
  occurrence_count: "occurrences",
  active_windows: "time",
};

const opWord: Record<RouteTraceWire["conditions"][number]["op"], string> = {
  equals: "",
  prefix: "beginning with ",
  glob: "like ",
  regex: "containing ",
  at_least: "at least ",
  at_most: "at most ",
  within: "within ",
};

/** What a condition asks for, to follow "wants": "high or critical", "not beginning with api-". */
export function wantedWords(asked: Pick<RouteTraceWire["conditions"][number], "op" | "negated" | "wants">) {
  return `${asked.negated ? "not " : ""}${opWord[asked.op]}${asked.wants.join(" or ")}`;
}

/** Does it ask for nothing at all, list or otherwise? */
export function isCatchAll(route: RouteWire): boolean {
  return setConditions(route).length === 0 && !hasMoreConditions(route);
}

/** Conditions and windows besides the lists. */
export function hasMoreConditions(route: RouteWire): boolean {
  return Boolean(route.conditions?.length || route.active_windows?.length);
}

export function setConditions(route: RouteWire): readonly Condition[] {
  return setLists(route);
}

/** The lists that say something: of a route, or of a silence. */
export function setLists(lists: Pick<RouteWire, ConditionField>): readonly Condition[] {
  return conditions.filter(({ field }) => lists[field].length > 0);
}
