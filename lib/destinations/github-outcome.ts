import type { Exchange, PublishOutcome } from "@/lib/domain/delivery";
import { type Reason, reason } from "@/lib/domain/reason";
import type { SafeResponse } from "@/lib/net/safe-fetch";
import { cutText, storableText } from "./bounded-json";
import type { GithubReply } from "./github-client";

/**
 * What a request was for. `create` and `comment` make something: where it cannot be ruled out that they did, the outcome is
 * ambiguous and nobody repeats it blindly (D-10, W-42). The others may be asked again.
 */
export type GithubCall = "create" | "comment" | "read" | "sign_in";

export type GithubFailure = Exclude<PublishOutcome, { outcome: "published" }>;

const secondaryLimitWaitMs = 60_000;
const excerptMax = 4_096;

/**
 * Why a request did not do what it was for; the only place that reads GitHub's status codes.
 *
 * refused by policy, 3xx, 4xx: certain that nothing was made -> rejected, or retryable for rate limits and 425.
 * not connected: retryable. No reply, 408, 5xx, a 2xx that cannot be read: ambiguous for what makes something.
 */
export function githubFailure(reply: GithubReply, call: GithubCall, nowMs: number): GithubFailure {
  const { result } = reply;
  const exchange = exchangeOf(reply);
  switch (result.outcome) {
    case "refused_by_policy":
      return { outcome: "rejected", reason: result.reason };
    case "connect_error":
      return { outcome: "retryable", reason: result.reason, exchange };
    case "lost_reply":
      return uncertain(call, result.reason, exchange);
    case "response":
      return answered(result, call, exchange, nowMs);
  }
}

/** A 2xx whose body says nothing usable: for what makes something, nobody can tell what was made. */
export function unreadableReply(reply: GithubReply, call: GithubCall): GithubFailure {
  const words = "GitHub's answer could not be read: it was cut off, too long or not what its API sends.";
  return uncertain(call, reason("reply_unreadable", words), exchangeOf(reply));
}

function uncertain(call: GithubCall, why: Reason, exchange: Exchange, retryAfterMs?: number): GithubFailure {
  const isEffect = call === "create" || call === "comment";
  if (isEffect) return { outcome: "ambiguous", reason: why, exchange };
  return { outcome: "retryable", reason: why, retryAfterMs, exchange };
}

function answered(
  response: SafeResponse,
  call: GithubCall,
  exchange: Exchange,
  nowMs: number,
): GithubFailure {
  const { status } = response;
  if (status >= 500 || status === 408) {
    const words = `GitHub answered ${status}; whether it did anything is not known from that.`;
    return uncertain(call, reason("server_error", words, { status }), exchange, response.retryAfterMs);
  }
  if (status < 300)
    return uncertain(call, reason("reply_unreadable", `GitHub answered ${status}.`), exchange);
  const wait = rateLimitWaitMs(response, nowMs);
  if (wait !== null) {
    const words = `GitHub answered ${status}: its rate limit is used up; the delivery waits and is tried again.`;
    const why = reason("rate_limited", words, { status });
    return { outcome: "retryable", reason: why, retryAfterMs: wait, exchange };
  }
  if (status === 425) {
    const why = reason("http_status", "GitHub answered 425: too early.", { status });
    return { outcome: "retryable", reason: why, retryAfterMs: response.retryAfterMs, exchange };
  }
  const isDisabled = status === 410 && call === "create";
  return {
    outcome: "rejected",
    reason: refusal(response, call),
    ...(isDisabled && { disableDestination: true }),
    exchange,
  };
}

/**
 * How long a rate limit asks to wait, in ms, or null when it is none. GitHub says so by 429, or by 403 with headers or words;
 * the reset is read by its own clock.
 */
function rateLimitWaitMs(response: SafeResponse, nowMs: number): number | null {
  const { status, headers, body, retryAfterMs } = response;
  if (status !== 429 && status !== 403) return null;
  const isSpent = headers["x-ratelimit-remaining"] === "0";
  const isNamed = /secondary rate limit|rate limit exceeded|abuse detection/i.test(body);
  if (status === 403 && retryAfterMs === undefined && !isSpent && !isNamed) return null;
  if (retryAfterMs !== undefined) return retryAfterMs;
  const resetS = Number(headers["x-ratelimit-reset"]);
  if (!isSpent || !Number.isFinite(resetS) || resetS <= 0) return secondaryLimitWaitMs;
  const serverNowMs = Date.parse(headers.date ?? "");
  return Math.max(1_000, resetS * 1_000 - (Number.isNaN(serverNowMs) ? nowMs : serverNowMs));
}

/** Words that say what to do about it. None of GitHub's own words are repeated but names of fields. */
function refusal(response: SafeResponse, call: GithubCall): Reason {
  const { status, headers, body } = response;
  const say = (code: string, words: string) => reason(code, words, { status });
  if (status < 400) return redirected(response);
  switch (status) {
    case 401:
      return call === "sign_in"
        ? say("app_key_refused", "GitHub refused the App's key: check app_id, and renew the key (401).")
        : say("unauthorised", "GitHub refused the token: it is wrong, expired or revoked; renew it (401).");
    case 403:
      return forbidden(headers["x-github-sso"], body, call);
    case 404:
      return notFound(call);
    case 410:
      return call === "comment"
        ? say("issue_gone", "The issue is gone (410).")
        : say("issues_disabled", "Issues are switched off in this repository (410).");
    case 422:
      return invalidField(body);
    default:
      return say("http_status", `GitHub answered ${status} and refused the request.`);
  }
}

function forbidden(sso: string | undefined, body: string, call: GithubCall): Reason {
  const say = (code: string, words: string) => reason(code, words, { status: 403 });
  if (sso?.startsWith("required")) {
    return say("sso_required", "The token must be authorised for the organisation's single sign-on (403).");
  }
  if (/archived/i.test(body))
    return say("repo_archived", "The repository is archived: it takes no issues (403).");
  if (call === "comment" && /locked/i.test(body)) {
    return say("issue_locked", "The issue is locked: it takes no comments (403).");
  }
  if (/suspended/i.test(body)) {
    return say("app_suspended", "The GitHub App's installation is suspended; unsuspend it (403).");
  }
  const words = "GitHub answered 403: the token or App lacks a permission; it needs Issues: read and write.";
  return say("permission_missing", words);
}

function notFound(call: GithubCall): Reason {
  const say = (code: string, words: string) => reason(code, words, { status: 404 });
  if (call === "sign_in") {
    return say("app_installation_not_found", "GitHub knows no such installation of this App (404).");
  }
  if (call === "comment") return say("issue_gone", "The issue is gone, or the token may not see it (404).");
  return say(
    "repo_not_found",
    "GitHub knows no such repository, or the token may not see it (404): check repo, and the token's repositories.",
  );
}

/** `errors[0].field` is GitHub's own vocabulary (title, labels, assignees, ...): letters, bounded. */
function invalidField(body: string): Reason {
  const errors = (parseObject(body)?.errors ?? []) as unknown;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const named = (key: string) => {
    const value =
      first !== null && typeof first === "object" ? (first as Record<string, unknown>)[key] : null;
    return typeof value === "string" && /^[a-z_]{1,40}$/i.test(value) ? value : null;
  };
  const field = named("field");
  const code = named("code");
  const words = field
    ? `GitHub refused the field ${field}${code ? ` (${code})` : ""}; see the destination's settings (422).`
    : "GitHub refused the issue as invalid and named no field (422).";
  return reason("validation_failed", words, { status: 422, field, code });
}

function redirected({ status, headers }: SafeResponse): Reason {
  const host = redirectHost(headers.location);
  const words =
    `GitHub answered ${status}, a redirect${host ? ` to ${host}` : ""}; redirects are never followed. ` +
    "The repository was probably renamed or moved: set its new owner/repo.";
  return reason("redirect_refused", words, { status });
}

/** Only the host: a location's path and query are the other side's words. */
function redirectHost(location: string | undefined): string | null {
  if (!location || !URL.canParse(location)) return null;
  return new URL(location).host.slice(0, 120) || null;
}

/** The excerpt is as received. The pipeline redacts it before it is stored or shown (W-44). */
export function exchangeOf({ result, requestDigest }: GithubReply): Exchange {
  if (result.outcome === "refused_by_policy") return {};
  const timings = Object.fromEntries(
    Object.entries(result.timings).map(([name, ms]) => [name, Math.round(ms * 10) / 10]),
  );
  if (result.outcome !== "response") return { requestDigest, timings };
  const body = storableText(result.body);
  return {
    statusCode: result.status,
    responseExcerpt: cutText(body, excerptMax),
    responseTruncated: result.truncated || body.length > excerptMax,
    responseDigest: result.digest,
    requestDigest,
    timings,
  };
}

/** The whole body of a good answer as JSON; null for anything else. */
export function readJson({ result }: GithubReply): unknown {
  if (result.outcome !== "response" || result.truncated) return null;
  if (result.status < 200 || result.status >= 300) return null;
  try {
    return JSON.parse(result.body);
  } catch {
    return null;
  }
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
