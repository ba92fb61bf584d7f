import type { Approval, DeliveryState, Draft } from "./draft.js";
import type { IssueDraft, TriageSummary } from "./triage.js";
import type {
  ActorRef,
  ArtifactRef,
  DestinationKind,
  DuplicateSummary,
  JsonObject,
  Open,
  OpenRecord,
  Page,
  QualityGateReport,
  Reason,
  RecordQuery,
} from "./values.js";

/** A receipt: proof of one delivery, or that it is under way. */
export interface Post extends OpenRecord {
  post_id: string;
  draft_id: string;
  fingerprint: string;
  repo: string;
  operation: string;
  status: Open<"pending" | "posted" | "failed" | "blocked" | "queued">;
  idempotency_key: string;
  created_at_ms: number;
  updated_at_ms: number;
  evidence_refs: string[];
  incident_id?: string;
  issue_number?: number;
  issue_url?: string;
  comment_id?: string;
  comment_url?: string;
  destination_id?: string;
  route_id?: string;
  route_match_reason?: string;
  destination_kind?: Open<DestinationKind>;
  external_id?: string;
  external_url?: string;
  external_title?: string;
  target_ref?: string;
  receipt?: JsonObject;
  evidence_digest?: string;
  confidence?: string;
  risk_level?: string;
  expected_destination?: string;
  quality_gate?: QualityGateReport;
  response_excerpt?: string;
  error?: string;
  tenant_id?: string;
  workspace_id?: string;
  delivery_id?: string;
  state?: DeliveryState;
  title?: string;
  payload_digest?: string;
  approval_id?: string;
  attempt_count?: number;
  attempt_count_max?: number;
  next_attempt_at_ms?: number;
  /** The issue it made, commented on, or is being asked about. */
  issue_id?: string;
  /** The delivery whose issue it comments on because the failure went on. */
  follow_up_of?: string;
  /** While ambiguous: when the destination is asked next, and how many looks found nothing. */
  reconcile_at_ms?: number;
  reconcile_count?: number;
  resolved_by?: ActorRef;
}

/** A post after something was done about it. */
export interface PostAction extends OpenRecord {
  post: Post;
}

export interface ReconciledPost extends PostAction {
  found: Open<"happened" | "not_there" | "not_known_yet">;
  message: string;
}

export interface ResolvePostInput {
  /** `send_again` may have a second effect. */
  resolution: "happened" | "send_again" | "give_up";
  reason: string;
  external_url?: string;
}

export interface RetriedPost extends OpenRecord {
  post_id: string;
  outcome: Open<"queued" | "approval_required" | "refused" | "not_found">;
  message?: string;
  new_post_id?: string;
}

export interface RetriedPosts extends OpenRecord {
  posts: RetriedPost[];
  queued: number;
}

/** How a destination has done lately. Times of attempts in ms; null where none was made. */
export interface DestinationActivity extends OpenRecord {
  destination_id: string;
  from_ms: number;
  bucket_ms: number;
  buckets: Array<{
    from_ms: number;
    attempts: number;
    published: number;
    median_ms: number | null;
    p95_ms: number | null;
  }>;
  attempts: number;
  published: number;
  ended: { published: number; failed: number; blocked: number; cancelled: number };
  waiting: { due: number; retrying: number; sending: number; ambiguous: number };
  median_ms: number | null;
  p95_ms: number | null;
  circuit: Open<"closed" | "open" | "half_open">;
  circuit_opened_at_ms: number | null;
  next_try_at_ms: number | null;
  disabled_reason: string | null;
  last_success_at_ms: number | null;
  last_failure_at_ms: number | null;
  last_failure_reason: string | null;
}

export interface PostQuery extends RecordQuery {
  /** The contract's names of `destination`, `draft`. */
  destination_id?: string;
  /** The same as destination_id, which wins. */
  destinationId?: string;
  draft_id?: string;
  draft?: string;
  incident?: string;
  /** The delivery's own state. */
  state?: DeliveryState;
  status?: Open<"pending" | "posted" | "failed" | "blocked">;
}

export interface PostList extends Page, OpenRecord {
  posts: Post[];
}

export interface Attempt extends OpenRecord {
  attempt: number;
  started_at_ms: number;
  duration_ms: number;
  outcome: Open<"published" | "retryable" | "rejected" | "blocked" | "ambiguous">;
  reason?: Reason;
  status_code?: number;
  timings: Record<string, number>;
  response_excerpt?: string;
  response_truncated: boolean;
  response_digest?: string;
  request_digest?: string;
}

/** One receipt with everything it proves. */
export interface PostDetail extends OpenRecord {
  post: Post;
  attempts: Attempt[];
  approval?: Approval;
  requested_by: ActorRef;
  /** The exact body that was or will be sent. */
  payload: string;
}

export interface ExternalAction extends OpenRecord {
  action_id: string;
  operation: string;
  status: string;
  created_at_ms: number;
  updated_at_ms: number;
  source_kind?: string;
  source_id?: string;
  routine_run_id?: string;
  context_run_id?: string;
  capability_id?: string;
  provider?: string;
  target?: string;
  approval_state?: string;
  idempotency_key?: string;
  receipt?: JsonObject;
  error?: string;
  metadata?: JsonObject;
}

/** Parts that approve, publish, triage and replay answers share; null until triage made them. */
export interface TriageParts {
  issue_draft: IssueDraft | null;
  duplicate_summary: DuplicateSummary | null;
  duplicate_matches: JsonObject[] | null;
  triage_summary_artifact: ArtifactRef | null;
  issue_draft_artifact: ArtifactRef | null;
  duplicate_matches_artifact: ArtifactRef | null;
}

export interface ApproveResponse extends TriageParts, OpenRecord {
  ok: true;
  draft: Draft;
  action: string;
  failure_pattern_memory: JsonObject | null;
  post?: Post | null;
  external_action?: ExternalAction | JsonObject | null;
  /** Queued because publish_on_approval is on; empty otherwise. */
  deliveries?: Post[];
  publish_error?: string;
  /** How many people it takes and how many are missing; with any missing the action is `approval_recorded`. */
  approvals?: { needed: number; missing: number };
}

export interface DenyResponse extends OpenRecord {
  ok: true;
  draft: Draft;
}

/** Which destinations to force; the route decides when neither is given. */
export interface PublishRequest extends OpenRecord {
  destination_id?: string | null;
  destination_ids?: string[] | null;
  /** How long it can be undone before it leaves, ms, at most a minute. The call waits for no receipt then. */
  grace_ms?: number | null;
}

/** What became of each post that was to be undone. */
export interface UndonePosts extends OpenRecord {
  posts: Array<{ post_id: string; outcome: Open<"undone" | "already_left"> }>;
  undone: number;
}

/** What publishing answers, without what was sent: looking for a match delivers nothing. */
export interface RecheckResponse extends TriageParts, OpenRecord {
  ok: true;
  draft: Draft;
  action: string;
  triage_summary: TriageSummary | null;
  post_id: string | null;
  issue_number: number | null;
  issue_url: string | null;
  comment_id: string | null;
  comment_url: string | null;
  /** The first requested destination's. */
  post: Post | null;
}

export interface PublishResponse extends RecheckResponse {
  external_action?: ExternalAction | JsonObject | null;
  /** One a destination. */
  deliveries?: Post[];
  /** Why it stopped for approval, naming what changed. */
  reasons?: Reason[];
}
