import { clockTime, durationWords } from "@/components/layout/format-time";
import type { AxisAttempt } from "@/components/state/attempt-axis";
import type { AttemptOutcome } from "@/components/state/attempt-timeline";
import type { AttemptWire, PostWire } from "@/lib/contracts/post";

const phrases: Record<number, string> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  301: "Moved",
  302: "Found",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  425: "Too Early",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

const codeWords: Record<string, string> = {
  timeout: "Timed out",
  connect_timeout: "No connection in time",
  dns_failed: "Host not found",
  connection_refused: "Connection refused",
  unreachable: "Unreachable",
  tls_failed: "TLS failed",
  connect_failed: "Connection failed",
  connection_lost: "Connection lost",
  malformed_reply: "Not an HTTP answer",
};

/** "503 Service Unavailable", "Timed out", or what was written where nothing was called. */
export function attemptTitle(attempt: AttemptWire): string {
  if (attempt.status_code !== undefined) {
    return [attempt.status_code, phrases[attempt.status_code]].filter(Boolean).join(" ");
  }
  const code = attempt.reason?.code;
  if (code && Object.hasOwn(codeWords, code)) return codeWords[code] ?? code;
  if (attempt.outcome === "published") return "Recorded here";
  if (code) return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");
  return attempt.outcome === "ambiguous" ? "No certain answer" : "Failed";
}

/** "320 ms", "2.1 s", "3 min". */
export function spanWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return durationWords(ms);
}

/** How it ended on this screen: the last failed attempt of a delivery that gave up is a failure, not a retry. */
export function attemptOutcome(
  attempt: AttemptWire,
  isLast: boolean,
  state: PostWire["state"],
): AttemptOutcome {
  switch (attempt.outcome) {
    case "published":
      return "published";
    case "ambiguous":
      return "ambiguous";
    case "rejected":
      return "failed";
    case "blocked":
      return "blocked";
    case "retryable":
      return isLast && (state === "failed" || state === "blocked") ? "failed" : "retry";
  }
}

/** What followed an attempt: the wait before the next one, or nothing more. */
export function waitAfter(
  attempt: AttemptWire,
  next: AttemptWire | undefined,
  post: PostWire,
  now: number | null,
): string {
  const endedAt = attempt.started_at_ms + attempt.duration_ms;
  if (next) return `next after ${spanWords(Math.max(0, next.started_at_ms - endedAt))}`;
  if (post.state === "retrying" && post.next_attempt_at_ms !== undefined && now !== null) {
    const left = post.next_attempt_at_ms - now;
    return left > 0 ? `next in ${spanWords(left)}` : "next is due";
  }
  if (post.state === "ambiguous" && post.reconcile_at_ms !== undefined && now !== null) {
    const left = post.reconcile_at_ms - now;
    return left > 0 ? `asked about in ${spanWords(left)}` : "is being asked about";
  }
  if (post.state === "sending") return "another is under way";
  if (post.state === "failed" && attempt.outcome === "retryable") return "the last one allowed";
  return "";
}

/** The attempts against true time, from the first one's start. */
export function axisOf(attempts: readonly AttemptWire[], state: PostWire["state"]): AxisAttempt[] {
  const start = attempts[0]?.started_at_ms ?? 0;
  return attempts.map((attempt, index) => {
    const next = attempts[index + 1];
    const waitMs = next ? next.started_at_ms - attempt.started_at_ms - attempt.duration_ms : 0;
    return {
      id: String(attempt.attempt),
      startMs: attempt.started_at_ms - start,
      durationMs: attempt.duration_ms,
      outcome: attemptOutcome(attempt, !next, state),
      ...(waitMs > 0 && { waitNote: `waits ${spanWords(waitMs)}` }),
    };
  });
}

/** The axis as a sentence, for those who do not see it. */
export function axisLabel(attempts: readonly AttemptWire[], timeZone: string): string {
  const start = attempts[0]?.started_at_ms ?? 0;
  return attempts
    .map((attempt) => {
      const after = attempt.started_at_ms - start;
      const when = after === 0 ? clockTime(start, timeZone) : `after ${spanWords(after)}`;
      return `Attempt ${attempt.attempt}, ${when}: ${attemptTitle(attempt)}, took ${spanWords(attempt.duration_ms)}`;
    })
    .join(". ");
}
