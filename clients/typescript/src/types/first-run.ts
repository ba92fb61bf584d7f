import type { OpenRecord } from "./values.js";

/** Sightings of one source, a count a bar. `source`: a log source's id, or how the reports came in. */
export interface SourceSeries extends OpenRecord {
  project_id?: string;
  source: string;
  total: number;
  counts: number[];
}

export type TrendWindow = "24h" | "7d" | "30d";

/** Bars are `bucket_ms` wide and begin at `from_ms`. */
export interface Trends extends OpenRecord {
  window: TrendWindow;
  now_ms: number;
  from_ms: number;
  bucket_ms: number;
  buckets: number;
  occurrences: { total: number; sources: SourceSeries[]; others?: SourceSeries; others_count: number };
  decisions: {
    decided: number;
    median_ms?: number;
    p90_ms?: number;
    bars: { at_ms: number; decided: number; median_ms?: number; p90_ms?: number }[];
  };
  deliveries: {
    destination_id: string;
    published: number;
    failed: number;
    ambiguous: number;
    counts: { published: number; failed: number; ambiguous: number }[];
  }[];
  /** Only the newest decisions or deliveries of the window were looked at. */
  partial: boolean;
}

/** A delivery that the built-in receiver took. */
export interface TestReception extends OpenRecord {
  delivery_id: string;
  idempotency_key: string;
  event: string;
  draft_id?: string;
  signature: "valid";
  body_bytes: number;
  /** SHA-256 of the bytes that arrived, hex. */
  body_digest: string;
  arrivals: number;
  signed_at_ms: number;
  received_at_ms: number;
}

export interface TestReceiver extends OpenRecord {
  url: string;
  destination_id?: string;
  routed: boolean;
  test_reports: { draft_id: string; incident_id: string; project_id?: string; created_at_ms: number }[];
  receptions: TestReception[];
}

export interface TestReceiverResponse extends OpenRecord {
  test_receiver: TestReceiver;
}

export type NoticeKind = "approvals" | "failures" | "break_glass";

/** What is told outside the panel, and how often. `version` is of what was read. */
export interface NotificationSettings {
  enabled: boolean;
  kinds: NoticeKind[];
  minimum_risk: "any" | "low" | "medium" | "high" | "critical";
  /** A recipient gets at most one message in so many minutes: 1 to 1440. */
  interval_minutes: number;
  webhook_destination_id: string | null;
  version: number;
}

export interface Notifications extends OpenRecord {
  settings: NotificationSettings;
  /** The host's mail server; absent where it has none. */
  mail_host?: string;
  webhooks: { destination_id: string; name: string }[];
  messages: {
    notification_id: string;
    channel: "email" | "webhook";
    recipient: string;
    counts: Record<NoticeKind, number>;
    state: "due" | "sending" | "sent" | "failed";
    attempts: number;
    reason?: string;
    created_at_ms: number;
    ended_at_ms?: number;
  }[];
}
