import type { DestinationKind } from "./config";
import type { FoundIssue } from "./found-issue";
import type { LearnedFacts } from "./memory";
import type { Reason } from "./reason";

/**
 * One attempt series to one destination.
 *
 * due -> sending -> published | retrying | failed | ambiguous | blocked; retrying -> sending.
 * failed, blocked -> due (a person publishes again); due, retrying -> cancelled. published is final.
 */
export type DeliveryState =
  | "due"
  | "sending"
  | "retrying"
  | "published"
  | "failed"
  | "ambiguous"
  | "blocked"
  | "cancelled";

export const endedStates: readonly DeliveryState[] = [
  "published",
  "failed",
  "ambiguous",
  "blocked",
  "cancelled",
];

/** What an adapter says of one attempt. It never throws for something the other side did. */
export type PublishOutcome =
  | {
      outcome: "published";
      externalId?: string;
      externalUrl?: string;
      externalTitle?: string;
      /** What was done instead of the operation asked for: a comment, or a match that needed nothing. */
      operation?: string;
      /** The issue that was made or commented on; `externalId` then is the issue or the comment. */
      issueExternalId?: string;
      /** What was there already of the same failure. */
      match?: FoundIssue;
      /** Kind-specific facts for the receipt; no secrets, no payload. */
      receipt: Record<string, unknown>;
      /** A record that must be committed with the receipt (telemetry, memory): never written by the adapter. */
      localRecord?: LocalRecord;
      exchange?: Exchange;
    }
  | { outcome: "retryable"; reason: Reason; retryAfterMs?: number; exchange?: Exchange }
  | { outcome: "rejected"; reason: Reason; disableDestination?: boolean; exchange?: Exchange }
  /** Nothing can be tried before a person acts: sign in at an MCP server, decide on a closed match. Never retried blindly. */
  | { outcome: "blocked"; reason: Reason; exchange?: Exchange; match?: FoundIssue }
  /** `issueExternalId`: the issue that a comment may have reached. */
  | { outcome: "ambiguous"; reason: Reason; exchange?: Exchange; issueExternalId?: string };

export type LocalRecord =
  | { kind: "telemetry"; recordId: string; path: string; record: Record<string, unknown> }
  | {
      kind: "memory";
      recordId: string;
      category: string;
      fingerprint: string;
      summary: string;
      facts: Record<string, unknown>;
    };

/** What was seen on the wire in one attempt. Excerpts are bounded and redacted before they are stored. */
export type Exchange = {
  statusCode?: number;
  responseExcerpt?: string;
  responseTruncated?: boolean;
  responseDigest?: string;
  /** SHA-256 of the bytes sent. */
  requestDigest?: string;
  /** Milliseconds from the attempt's start, where known: dns, connect, tls, firstByte, total. */
  timings?: Record<string, number>;
};

/** What an adapter is asked to send. `body` is byte for byte what an approval froze plus its envelope. */
export type PublishRequest = {
  deliveryId: string;
  postId: string;
  idempotencyKey: string;
  kind: DestinationKind;
  targetRef: string;
  operation: string;
  body: string;
  payloadDigest: string;
  attempt: number;
  nowMs: number;
  routeId?: string;
  routeMatchReason?: string;
  /** For kinds that remember: what the rows say about the failure at this moment. */
  learned?: LearnedFacts;
  /** True for the Test button: the body says so and no incident text is in it. */
  test?: boolean;
  /** For kinds that name what they send: another event than an incident's. */
  event?: string;
};

export type NextStep =
  | { state: "published" }
  | { state: "retrying"; delayMs: number; reason: Reason }
  | { state: "failed"; reason: Reason; gaveUp: boolean; disableDestination: boolean }
  | { state: "blocked"; reason: Reason }
  | { state: "ambiguous"; reason: Reason };

/** Mean waits of 1 s, 4.6 s, 21 s, 99 s, 8 min, 35 min, 2.7 h, 13 h, 59 h: ten attempts span about 75 h (D-11). */
const firstDelayMs = 1_000;
const growth = 4.63;

/**
 * The wait before the attempt after `attempt` (1-based), with full jitter: uniform between 0 and twice the mean.
 * The receiver's Retry-After wins when it asks for longer, up to a day.
 */
export function retryDelayMs(attempt: number, random: number, retryAfterMs = 0): number {
  const meanMs = firstDelayMs * growth ** (attempt - 1);
  return Math.max(Math.round(random * 2 * meanMs), Math.min(retryAfterMs, 86_400_000));
}

/** What a delivery becomes after an attempt. `random` in [0, 1) is given so that this stays pure. */
export function afterAttempt(
  outcome: PublishOutcome,
  attempt: number,
  attemptCountMax: number,
  random: number,
): NextStep {
  switch (outcome.outcome) {
    case "published":
      return { state: "published" };
    case "ambiguous":
      return { state: "ambiguous", reason: outcome.reason };
    case "blocked":
      return { state: "blocked", reason: outcome.reason };
    case "rejected":
      return {
        state: "failed",
        reason: outcome.reason,
        gaveUp: false,
        disableDestination: outcome.disableDestination ?? false,
      };
    case "retryable":
      if (attempt >= attemptCountMax) {
        return { state: "failed", reason: outcome.reason, gaveUp: true, disableDestination: false };
      }
      return {
        state: "retrying",
        delayMs: retryDelayMs(attempt, random, outcome.retryAfterMs),
        reason: outcome.reason,
      };
  }
}
