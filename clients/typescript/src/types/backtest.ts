import type { ConfigChange, ConfigIssue, ConfigPatch } from "./config.js";
import type { Open, OpenRecord, Page, PageQuery, SpanQuery } from "./values.js";

/** `days` back from now (7 when nothing is said), or from `since_ms` until just before `until_ms`. */
export interface BacktestRequest {
  days?: number | null;
  since_ms?: number | null;
  until_ms?: number | null;
  /** What would be changed; nothing is. */
  config?: Pick<
    ConfigPatch,
    | "routes"
    | "default_destination_ids"
    | "safety_defaults"
    | "monitored_projects"
    | "destinations"
    | "require_approval_for_new_issues"
  > | null;
  /** Incidents looked at, the newest; 10 000 when absent. */
  limit?: number | null;
  /** Rows that differ in the answer; 50 when absent. */
  examples?: number | null;
}

/** A decision without readiness: where it goes, not whether it could today. */
export interface BacktestOutcome extends OpenRecord {
  route_id?: string;
  route_name?: string;
  reason: string;
  destination_ids: string[];
  approval_required: boolean;
  blocked: boolean;
  blocked_codes: string[];
}

export type BacktestChange = Open<
  | "elsewhere"
  | "more_destinations"
  | "fewer_destinations"
  | "approval_newly"
  | "approval_no_longer"
  | "blocked_newly"
  | "unblocked"
  | "other_route"
>;

export interface BacktestRow extends OpenRecord {
  incident_id: string;
  draft_id: string;
  title: string;
  /** The moment that was decided for. */
  at_ms: number;
  before: BacktestOutcome;
  after: BacktestOutcome;
  /** Empty: the same in every respect. */
  changes: BacktestChange[];
}

export interface BacktestResult extends OpenRecord {
  type: "result";
  since_ms: number;
  until_ms: number;
  /** There were more incidents in the span than the limit. */
  truncated: boolean;
  summary: {
    total: number;
    same: number;
    elsewhere: number;
    more_destinations: number;
    fewer_destinations: number;
    approval_newly: number;
    approval_no_longer: number;
    blocked_newly: number;
    unblocked: number;
    other_route: number;
    routes: { route_id?: string; route_name?: string; before: number; after: number }[];
  };
  /** The newest 50, whether they differ or not. */
  newest: BacktestRow[];
  examples: BacktestRow[];
  diff: ConfigChange[];
  warnings: ConfigIssue[];
}

/** What a shadow route would have done with a draft, beside what was decided. Nothing of it was sent. */
export interface ShadowDecision extends OpenRecord {
  shadow_decision_id: string;
  draft_id: string;
  incident_id: string;
  project_id?: string;
  title?: string;
  moment: Open<"drafted" | "published">;
  route_id: string;
  route_name: string;
  destination_ids: string[];
  approval_required: boolean;
  /** No earlier route ended the search before it. */
  reached: boolean;
  actual: { route_id?: string; destination_ids: string[]; approval_required: boolean };
  agrees: boolean;
  at_ms: number;
}

export interface ShadowDecisionQuery extends PageQuery, SpanQuery {
  route_id?: string;
  project?: string;
  moment?: "drafted" | "published";
}

export interface ShadowDecisionList extends Page, OpenRecord {
  decisions: ShadowDecision[];
  /** Over all that match, the busiest first. */
  routes: {
    route_id: string;
    route_name: string;
    decisions: number;
    agreeing: number;
    approval_required: number;
  }[];
}
