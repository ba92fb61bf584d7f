import type { ActorRef, Open, OpenRecord } from "./values.js";

/** How many things of each place. */
export type RetentionCounts = Record<string, number>;

/** While `released_at_ms` is absent nothing that it covers is removed, by nobody. */
export interface RetentionHold extends OpenRecord {
  hold_id: string;
  scope: Open<"all" | "project" | "source" | "incident">;
  project_id?: string;
  source_id?: string;
  incident_id?: string;
  reason: string;
  placed_by: ActorRef;
  placed_at_ms: number;
  released_by?: ActorRef;
  released_at_ms?: number;
  release_reason?: string;
}

export interface RetentionHoldList extends OpenRecord {
  holds: RetentionHold[];
  count: number;
}

export interface RetentionHoldQuery {
  /** `true`: those in force; `false`: the released ones. */
  open?: "true" | "false";
}

/** The ids that the scope needs: `project` a project, `source` both, `incident` an incident. */
export interface RetentionHoldInput {
  scope: "all" | "project" | "source" | "incident";
  project_id?: string | null;
  source_id?: string | null;
  incident_id?: string | null;
  reason: string;
}

/** Which profile holds for a project or log source; without a project: the default. */
export interface RetentionChoice extends OpenRecord {
  project_id?: string;
  source_id?: string;
  profile: string;
  chosen_by: Open<"source" | "project" | "default">;
  /** false: nobody made a profile of that name, so that nothing is removed. */
  known: boolean;
  mode?: Open<"hide" | "delete">;
  /** Days by kind; a kind that is absent is kept for ever. */
  days: RetentionCounts;
}

export interface RetentionFinding extends OpenRecord {
  code: Open<"retention_days_unset" | "retention_profile_unknown" | "retention_keeps_reports">;
  project_id?: string;
  source_id?: string;
  profile: string;
}

/** What a run would take now of one place, for one project or log source. */
export interface RetentionDue extends OpenRecord {
  place: string;
  kind: Open<"reports" | "evidence" | "incidents" | "drafts" | "receipts" | "triage" | "runs">;
  project_id?: string;
  source_id?: string;
  profile: string;
  due: number;
  held_back: number;
  oldest_at_ms?: number;
  before_ms?: number;
  bytes: number;
}

export interface RetentionPreview extends OpenRecord {
  at_ms: number;
  /** The monitor is paused or off: nothing goes until it goes on. */
  idle: boolean;
  profiles_in_use: RetentionChoice[];
  findings: RetentionFinding[];
  groups: RetentionDue[];
  total_due: number;
  total_held_back: number;
  total_bytes: number;
}

/** One run of the job, or one erasure on request: numbers and ids, never a text of what went. */
export interface RetentionRun extends OpenRecord {
  run_id: string;
  trigger: Open<"schedule" | "request">;
  actor: ActorRef;
  project_id?: string;
  subject: Record<string, string>;
  state: Open<"running" | "done" | "more" | "failed">;
  removed: RetentionCounts;
  held_back: RetentionCounts;
  errors: { code: string; place?: string }[];
  started_at_ms: number;
  ended_at_ms?: number;
}

export interface RetentionRunList extends OpenRecord {
  runs: RetentionRun[];
  count: number;
}

/** Whose text: an incident's, a project's or a log source's, or of every incident that names a person. */
export interface ErasureSubject {
  kind: "incident" | "project" | "source" | "person";
  incident_id?: string | null;
  project_id?: string | null;
  source_id?: string | null;
  /** An address, a name or an id: four characters and more. */
  person?: string | null;
}

export interface ErasurePreview extends OpenRecord {
  incidents: number;
  /** There are more than were counted. */
  capped: boolean;
  counts: RetentionCounts;
  held_by: string[];
  under_way: string[];
}
