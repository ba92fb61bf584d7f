import type { Incident } from "./incident.js";
import type { ActorRef, Open, OpenRecord } from "./values.js";

/** Quiet until the first of these. */
export interface Snooze extends OpenRecord {
  until_ms?: number;
  /** It wakes once it was seen this often in all. */
  until_count?: number;
  until_next_release: boolean;
  reason?: string;
  by: ActorRef;
  at_ms: number;
}

/** Quiet until this time, whatever happens. */
export interface Mute extends OpenRecord {
  until_ms: number;
  reason?: string;
  by: ActorRef;
  at_ms: number;
}

/** Why it is no longer quiet, when that ended by itself. */
export interface Woke extends OpenRecord {
  from: Open<"snooze" | "mute">;
  code: string;
  message: string;
  at_ms: number;
}

/** With `came_back_at_ms` it is a regression. */
export interface Resolution extends OpenRecord {
  at_ms: number;
  how: Open<"by_hand" | "issue_closed">;
  by?: ActorRef;
  reason?: string;
  release?: string;
  came_back_at_ms?: number;
  came_back_release?: string;
}

export interface IncidentMember extends OpenRecord {
  incident_id: string;
  title: string;
  fingerprint: string;
  occurrence_count: number;
  merged_at_ms: number;
  merged_by: ActorRef;
  reason?: string;
}

export interface Release extends OpenRecord {
  release: string;
  first_seen_at_ms: number;
  last_seen_at_ms: number;
}

/** At least one end; `further_count` counts from now on. */
export interface SnoozeInput {
  until_ms?: number | null;
  further_count?: number | null;
  next_release?: boolean | null;
  reason?: string | null;
}
export interface MuteInput {
  until_ms: number;
  reason?: string | null;
}
export interface ResolveInput {
  release?: string | null;
  reason?: string | null;
}
export interface MergeInput {
  incident_ids: string[];
  reason?: string | null;
}
export interface SplitInput {
  attribute: string;
  value: string;
  reason?: string | null;
}

export interface SplitResponse extends OpenRecord {
  incident: Incident;
  remaining: Incident;
  /** Undoing this rule undoes the split. */
  rule_id: string;
  moved: number;
}

export type SightingAttribute =
  | "release"
  | "environment"
  | "level"
  | "risk_level"
  | "file_name"
  | "process"
  | "actor"
  | "message"
  | "title";

export interface Variations extends OpenRecord {
  variations: {
    attribute: Open<SightingAttribute>;
    distinct: number;
    values: { value?: string; count: number; first_seen_at_ms: number; last_seen_at_ms: number }[];
  }[];
  looked_at: number;
}

export interface MergeCandidates extends OpenRecord {
  candidates: {
    incident_id: string;
    title: string;
    occurrence_count: number;
    first_seen_at_ms: number;
    last_seen_at_ms: number;
    /** 0 to 100. */
    alike: number;
    parts: { name: string; own?: string; other?: string; agrees: boolean }[];
  }[];
}

export type GroupingEffect =
  | { kind: "ignore"; parts: ("template" | "cause" | "frames" | "event" | "component" | "file")[] }
  | { kind: "variable"; pattern: string }
  | { kind: "add"; attribute: SightingAttribute }
  | { kind: "group"; key: string };

/** `project_id` absent: for what belongs to no project. All that `match` says must hold. */
export interface GroupingInput {
  project_id?: string | null;
  match?: {
    type?: string | null;
    event?: string | null;
    component?: string | null;
    message?: string | null;
  } | null;
  effect: GroupingEffect;
}
export interface GroupingApply extends GroupingInput {
  reason?: string | null;
}

interface Example {
  incident_id: string;
  title: string;
  occurrence_count: number;
}

export interface GroupingPreview extends OpenRecord {
  looked_at: number;
  truncated: boolean;
  untouched: number;
  continued: number;
  merged_count: number;
  merged: { lead: Example; members: Example[] }[];
  split_count: number;
  split: { incident: Example; values: { value?: string; count: number }[] }[];
}

export interface GroupingRule extends OpenRecord {
  rule_id: string;
  kind: Open<"identity" | "split">;
  project_id?: string;
  reason?: string;
  match?: { type?: string; event?: string; component?: string; message?: string };
  effect?: GroupingEffect;
  split?: { from_id: string; incident_id: string; attribute: string; value: string; moved: number };
  continued: string[];
  merged: { member_id: string; lead_id: string }[];
  applied_by: ActorRef;
  applied_at_ms: number;
  undone_by?: ActorRef;
  undone_at_ms?: number;
}

export interface GroupingRuleList extends OpenRecord {
  rules: GroupingRule[];
  count: number;
}
