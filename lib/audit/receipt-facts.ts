import { canonicalJson } from "@/lib/domain/canonical-json";
import type { DeliveryAttempt, Receipt } from "@/lib/domain/records";
import { toHex } from "./bytes";
import type { Sha256 } from "./hash";

/** What a receipt says of one delivery, besides what its audit entry says itself: its digest is in that entry. No content, no target, no title. */
export type SentFacts = {
  post_id: string;
  operation: string;
  status: "posted" | "failed" | "blocked";
  external_id: string | null;
  external_url: string | null;
  /** SHA-256 of the key: enough for whoever holds it to say that it is the same. */
  idempotency_key_digest: string;
};

/** What one attempt came to, likewise. `reason_code`: a code of ours, never the other side's words. */
export type AttemptFacts = {
  attempt: number;
  started_at_ms: number;
  duration_ms: number;
  outcome: string;
  reason_code: string | null;
  status_code: number | null;
  request_digest: string | null;
  response_digest: string | null;
};

type Sent = { postId: string; operation: string; idempotencyKey: string };

export const sentFacts = (
  sha256: Sha256,
  { postId, operation, idempotencyKey }: Sent,
  { status, externalId, externalUrl }: Receipt,
): SentFacts => ({
  ...{ post_id: postId, operation, status, external_id: externalId, external_url: externalUrl },
  idempotency_key_digest: toHex(sha256(idempotencyKey)),
});

export const attemptFacts = (attempt: DeliveryAttempt): AttemptFacts => ({
  ...{ attempt: attempt.attempt, started_at_ms: attempt.startedAtMs, duration_ms: attempt.durationMs },
  ...{ outcome: attempt.outcome, reason_code: attempt.reason?.code ?? null, status_code: attempt.statusCode },
  ...{ request_digest: attempt.requestDigest ?? null, response_digest: attempt.responseDigest },
});

/** As the audit entry holds it: SHA-256 over the facts in canonical form. */
export const digestOfFacts = (sha256: Sha256, facts: unknown): string => toHex(sha256(canonicalJson(facts)));

/** Binds the words of an approval to its entry, which does not repeat them. */
export const digestOfReason = (sha256: Sha256, approvalId: string, reason: string): string =>
  toHex(sha256(`${approvalId}\n${reason}`));
