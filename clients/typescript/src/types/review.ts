import type { Destination } from "./config.js";
import type { Approval, BreakGlassUse, Draft, Submission, TextChange } from "./draft.js";
import type { Post } from "./post.js";
import type { DestinationReadiness, SourceReadiness } from "./status.js";
import type { ApprovalPolicy, DestinationKind, Open, OpenRecord, Reason } from "./values.js";

/** What would be sent to one destination, exactly; an approval binds `digest`. */
export interface PayloadPreview extends OpenRecord {
  operation: string;
  target_ref: string;
  digest: string;
  byte_length: number;
  raw: string;
  rendered: { title: string; sections: { heading: string; text: string; code?: boolean }[] };
}

export interface DestinationReview extends OpenRecord {
  destination_id: string;
  name: string;
  kind: Open<DestinationKind>;
  /** Chosen by the winning route or the defaults. */
  effective: boolean;
  allowed: boolean;
  ready: boolean;
  missing: Reason[];
  /** The approval in force covers this payload as it is now. */
  covered: boolean;
  payload?: PayloadPreview;
  render_error?: Reason;
  post?: Post;
  /** What was last sent there about the same failure, and what would read differently. */
  sent_before?: {
    post_id: string;
    draft_id: string;
    sent_at_ms: number;
    external_url?: string;
    changes: TextChange[];
  };
}

export interface RouteTrace extends OpenRecord {
  route_id: string;
  route_name: string;
  enabled: boolean;
  outcome: Open<"won" | "joined" | "matched_later" | "shadow" | "not_matched" | "disabled">;
  shadow: boolean;
  continues: boolean;
  conditions: {
    condition: string;
    op: string;
    negated: boolean;
    wants: string[];
    /** Why it holds or not: `holds`, `value_absent`, `value_differs`, `outside_window`, ... */
    code: string;
    has?: string;
    matched: boolean;
  }[];
}

/** What a shadow route would have sent; `reached`: no earlier route ended the search before it. */
export interface ShadowRoute extends OpenRecord {
  route_id: string;
  route_name: string;
  destination_ids: string[];
  approval_policy: Open<ApprovalPolicy>;
  reason: string;
  reached: boolean;
}

export interface AllowedAction extends OpenRecord {
  allowed: boolean;
  /** Why not, and what unlocks it. */
  reason?: string;
}

/** One setting that names who may approve: `count` of `people`, each list met by its own people alone. */
export interface NamedApprovers extends OpenRecord {
  because: Reason;
  count: number;
  missing: number;
  people: {
    user_id: string;
    name: string;
    approved: boolean;
    /** Anything but `may`: they cannot approve, and why. */
    standing: Open<"may" | "disabled" | "gone" | "not_entitled" | "author">;
  }[];
}

/** Everything a reviewer decides on, for the caller's role, at one moment. */
export interface DraftReview extends OpenRecord {
  draft: Draft;
  approval: {
    required: boolean;
    high_risk: boolean;
    because: Reason[];
    ttl_ms: number;
    binding: Open<"content" | "draft">;
    active?: Approval;
    /** What changed since it was given, when that voids it at the next publish. */
    changes: Reason[];
    history: Approval[];
    /** How far approving has come; `needed` is 0 where nobody must approve. */
    quorum?: {
      needed: number;
      missing: number;
      counted: Approval[];
      outdated: Approval[];
      destination_ids?: string[];
      ends_at_ms?: number;
      people_only: boolean;
      author_may_not: Reason[];
      step_up: Reason[];
      /** Settings that name who may approve; empty where anybody who may decide may. */
      named?: NamedApprovers[];
      /** Why those who are named cannot open the gate as things are, and what would help. */
      unreachable?: Reason[];
    };
    break_glass?: BreakGlassUse;
  };
  route: {
    route_id?: string;
    route_name?: string;
    reason: string;
    risk_level?: string;
    default_destination_ids: string[];
    effective_destination_ids: string[];
    blocked: Reason[];
    contributing_route_ids: string[];
    shadow: ShadowRoute[];
    trace: RouteTrace[];
  };
  destinations: DestinationReview[];
  /** Send it back when approving: what was looked at is then what is approved. */
  digest: string;
  policy_version: string;
  actions: {
    approve: AllowedAction;
    deny: AllowedAction;
    publish: AllowedAction;
    withdraw?: AllowedAction;
    break_glass?: AllowedAction & { overrides: Reason[] };
  };
  /** The caller must prove again that it is them before this action. */
  step_up_due?: { approve: boolean; break_glass: boolean };
  publish_on_approval: boolean;
}

/** All optional; explicit values win over the report's, the draft's and the incident's. */
export interface RoutePreviewRequest {
  draft_id?: string | null;
  incident_id?: string | null;
  report?: Submission | null;
  event_type?: string | null;
  source?: string | null;
  component?: string | null;
  risk_level?: string | null;
  risk_category?: string | null;
  confidence?: string | null;
  expected_destination?: string | null;
  project_id?: string | null;
  log_source_id?: string | null;
  route_tags?: string[] | null;
  /** Forced destinations. */
  destination_ids?: string[] | null;
  title?: string | null;
  level?: string | null;
  repo?: string | null;
  provenance?: string | null;
  occurrence_count?: number | null;
  /** Decide for then, not for now (epoch ms). */
  at_ms?: number | null;
}

export interface RoutePreview extends OpenRecord {
  /** Best first. */
  matches: {
    route_id?: string;
    route_name?: string;
    destination_ids: string[];
    approval_required: boolean;
    reason?: string;
  }[];
  destinations: Destination[];
  readiness: DestinationReadiness[];
  source_readiness: SourceReadiness[];
  source_readiness_warnings: string[];
  default_destination_ids: string[];
  effective_destination_ids: string[];
  approval_required: boolean;
  blocked: boolean;
  blocked_reasons: string[];
  blocked_codes?: string[];
  approval?: {
    required: boolean;
    high_risk: boolean;
    because: Reason[];
    count?: number;
    people_only?: boolean;
    named?: NamedApprovers[];
    unreachable?: Reason[];
  };
  /** The winner and the routes that joined it; empty when the defaults decide. */
  contributing_route_ids?: string[];
  shadow?: ShadowRoute[];
  trace?: RouteTrace[];
  /** What each effective destination would get; none when only single facts were asked about. */
  payloads?: { destination_id: string; payload?: PayloadPreview; render_error?: Reason }[];
}
