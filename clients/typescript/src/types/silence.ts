import type { ActiveWindow } from "./route.js";
import type { ActorRef, Open, OpenRecord, Page, PageQuery, SpanQuery } from "./values.js";

/** What holds a record back, and until when that will be so if nothing changes. */
export interface Silenced extends OpenRecord {
  silence_id: string;
  until_ms: number;
  reason: string;
}

/** In the words of routes; all that is said must hold. `match_title` is a glob: `*` is anything, `?` one character. */
export interface SilenceMatcher {
  match_event_types: string[];
  match_sources: string[];
  match_components: string[];
  match_risk_levels: string[];
  match_risk_categories: string[];
  match_confidence: string[];
  match_expected_destinations: string[];
  match_project_ids: string[];
  match_log_source_ids: string[];
  match_source_kinds: string[];
  match_tenant_ids: string[];
  match_workspace_ids: string[];
  match_event_schema_versions: string[];
  match_route_tags: string[];
  match_title?: string;
}

/** At least one thing has to be said. */
export type SilenceMatcherInput = { [Key in keyof SilenceMatcher]?: SilenceMatcher[Key] | null };

export interface SilenceWindowInput extends Pick<ActiveWindow, "zone" | "from" | "to"> {
  /** On which it opens; every day when absent. */
  days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
}

/** Holds what it matches from its start to its expiry, in its windows where it has some. */
export interface Silence extends OpenRecord {
  silence_id: string;
  version: number;
  /** `waiting`: begun, and outside its windows. */
  state: Open<"scheduled" | "active" | "waiting" | "expired">;
  matcher: SilenceMatcher;
  reason: string;
  windows: ActiveWindow[];
  starts_at_ms: number;
  expires_at_ms: number;
  /** While it holds: when it lets go. */
  until_ms?: number;
  /** While it does not: when it will begin to. */
  from_ms?: number;
  created_by: ActorRef;
  created_at_ms: number;
  updated_by?: ActorRef;
  updated_at_ms: number;
  /** Expired before its time. */
  ended_by?: ActorRef;
  ended_at_ms?: number;
  /** Drafts on record as held by it. */
  held_now: number;
  held_ever: number;
}

export interface SilenceQuery extends PageQuery, SpanQuery {
  state?: "scheduled" | "active" | "expired";
  /** One that names this project. */
  project?: string;
  /** Part of the reason, the id or the name of who made it. */
  q?: string;
}

export interface SilenceList extends Page, OpenRecord {
  silences: Silence[];
}

export interface SilenceInput {
  matcher: SilenceMatcherInput;
  reason: string;
  /** Now when absent. */
  starts_at_ms?: number | null;
  /** At most 90 days from now. */
  expires_at_ms: number;
  windows?: SilenceWindowInput[] | null;
}

/** What is absent stays; `matcher` and `windows` replace what there was, whole. */
export interface SilenceChange {
  /** Only over what was read: 409 when it changed since. */
  version?: number | null;
  matcher?: SilenceMatcherInput | null;
  reason?: string | null;
  starts_at_ms?: number | null;
  expires_at_ms?: number | null;
  windows?: SilenceWindowInput[] | null;
}

export interface SilenceHold extends OpenRecord {
  hold_id: string;
  draft_id: string;
  incident_id: string;
  project_id?: string;
  title?: string;
  held_at_ms: number;
  released_at_ms?: number;
  release_reason?: Open<"expired" | "changed" | "window_over" | "settled">;
}

export interface SilenceHoldQuery extends PageQuery {
  /** `true`: what it holds now; `false`: what it let go. */
  open?: boolean;
}

export interface SilenceHoldList extends Page, OpenRecord {
  holds: SilenceHold[];
}
