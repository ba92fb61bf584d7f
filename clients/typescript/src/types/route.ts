import type { ApprovalPolicy, Open, OpenRecord } from "./values.js";

export type ConditionField =
  | "event_type"
  | "source"
  | "component"
  | "risk_level"
  | "risk_category"
  | "confidence"
  | "expected_destination"
  | "project_id"
  | "log_source_id"
  | "source_kind"
  | "tenant_id"
  | "workspace_id"
  | "event_schema_version"
  | "route_tags"
  | "title"
  | "level"
  | "repo"
  | "occurrence_count"
  | "provenance";

/** `values`: any of them (equals, prefix, glob, regex); `value`: the bound of at_least and at_most. */
export interface RouteCondition extends OpenRecord {
  field: Open<ConditionField>;
  op: Open<"equals" | "prefix" | "glob" | "regex" | "at_least" | "at_most">;
  values?: string[];
  value?: string | number;
  negate?: boolean;
}

/** From `from` until just before `to` (`HH:MM`) by the clocks of an IANA zone; overnight when `to` comes first. */
export interface ActiveWindow extends OpenRecord {
  zone: string;
  /** Absent: every day. */
  days?: Open<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun">[];
  from: string;
  to: string;
}

/** A rule. Every non-empty `match_*` list has to contain the record's value; the highest priority wins. */
export interface Route extends OpenRecord {
  route_id: string;
  name: string;
  enabled: boolean;
  priority: number;
  /** Empty: the default destinations. */
  destination_ids: string[];
  approval_policy: Open<ApprovalPolicy>;
  /** How many different people must approve what it sends, 1 to 5; absent is one. */
  approvals_required?: number;
  /** Ids of the people who may give them, 20 at most; absent is anybody who may approve there. */
  approvers?: string[];
  /** Whoever wrote what it sends may not approve it. */
  author_may_not_approve?: boolean;
  match_event_types: string[];
  match_sources: string[];
  match_components: string[];
  match_risk_levels: string[];
  match_risk_categories: string[];
  match_confidence: string[];
  match_expected_destinations: string[];
  match_project_ids: string[];
  match_log_source_ids: string[];
  match_route_tags: string[];
  match_source_kinds: string[];
  match_tenant_ids: string[];
  match_workspace_ids: string[];
  match_event_schema_versions: string[];
  /** All must hold besides the lists. */
  conditions?: RouteCondition[];
  /** Awake in any of these; without them, always. */
  active_windows?: ActiveWindow[];
  /** The next matching route adds its destinations. */
  continue?: boolean;
  /** `shadow`: judged and shown, never chosen. */
  mode?: Open<"live" | "shadow">;
}

/** One thing about the routing table that its author hardly meant. */
export interface RouteFinding extends OpenRecord {
  code: string;
  severity: Open<"error" | "warning" | "info">;
  path: string;
  message: string;
  route_id?: string;
  other_route_id?: string;
  destination_id?: string;
  project_id?: string;
  source_id?: string;
}

export interface RouteLint extends OpenRecord {
  findings: RouteFinding[];
  count: number;
}
