import { createHash } from "node:crypto";
import type { Exchange, PublishOutcome } from "@/lib/domain/delivery";
import { type Reason, reason } from "@/lib/domain/reason";
import type { SafeResponse, SafeResult } from "@/lib/net/safe-fetch";
import { cutText, storableText } from "./bounded-json";
import type { AdapterContext } from "./destination";
import type { LinearConfig } from "./linear-config";

export type LinearFailure = Exclude<PublishOutcome, { outcome: "published" }>;
export type LinearReply<Data> =
  | { ok: true; data: Data; exchange: Exchange }
  | { ok: false; failure: LinearFailure };

/** What a request was for: one that writes may have written whatever came back, and is then ambiguous (D-10). */
export type LinearCall = "read" | "write";

const responseByteLimit = 4 * 1_048_576;
const excerptMax = 4_096;
const rateLimitWaitMs = 60_000;

/** One GraphQL request; never repeated here. Linear's own words are not passed on, only its codes. */
export async function askLinear<Data>(
  config: LinearConfig,
  key: string,
  call: LinearCall,
  query: string,
  variables: Record<string, unknown>,
  context: Pick<AdapterContext, "fetch" | "signal">,
): Promise<LinearReply<Data>> {
  const body = JSON.stringify({ query, variables });
  const result = await context.fetch({
    url: config.apiUrl,
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "incident-monitor/0.1 (+linear)",
      // A personal key goes bare; a token of an application as a bearer (developers.linear.app, "Authentication").
      authorization: key.startsWith("lin_api_") ? key : `Bearer ${key}`,
    },
    body,
    policy: config.policy,
    timeoutMs: config.timeoutMs,
    requestByteLimit: 1_048_576,
    responseByteLimit,
    signal: context.signal,
  });
  const exchange = exchangeOf(result, body);
  switch (result.outcome) {
    case "refused_by_policy":
      return failed({ outcome: "rejected", reason: result.reason });
    case "connect_error":
      return failed({ outcome: "retryable", reason: result.reason, exchange });
    case "lost_reply":
      return failed(uncertain(call, result.reason, exchange));
    case "response":
      return answered<Data>(result, call, exchange);
  }
}

const failed = (failure: LinearFailure) => ({ ok: false, failure }) as const;

/** An answer that Linear understood, whose data cannot be what was asked for. */
export function unreadable(call: LinearCall, exchange: Exchange): LinearFailure {
  const words = "Linear's answer could not be read: it was cut off, too long or not what its API sends.";
  return uncertain(call, reason("reply_unreadable", words), exchange);
}

function uncertain(call: LinearCall, why: Reason, exchange: Exchange, retryAfterMs?: number): LinearFailure {
  if (call === "write") return { outcome: "ambiguous", reason: why, exchange };
  return { outcome: "retryable", reason: why, retryAfterMs, exchange };
}

/** GraphQL says what is wrong in `errors`, mostly under 200 and 400; a status above says that nobody read the request. */
function answered<Data>(response: SafeResponse, call: LinearCall, exchange: Exchange): LinearReply<Data> {
  const { status } = response;
  const parsed = parse(response);
  const [error] = parsed?.errors ?? [];
  const code = error ? codeOf(error) : null;
  if (status === 429 || code === "RATELIMITED") {
    const why = reason("rate_limited", "Linear's rate limit is used up; the delivery waits.", { status });
    return failed({ outcome: "retryable", reason: why, retryAfterMs: waitOf(response), exchange });
  }
  if (status === 425) {
    const why = reason("http_status", "Linear answered 425: too early.", { status });
    return failed({ outcome: "retryable", reason: why, exchange });
  }
  if (status >= 500 || status === 408) {
    const words = `Linear answered ${status}; whether it did anything is not known from that.`;
    const why = reason("server_error", words, { status });
    return failed(uncertain(call, why, exchange, response.retryAfterMs));
  }
  if (status === 401 || status === 403 || code === "AUTHENTICATION_ERROR" || code === "FORBIDDEN") {
    const words =
      "Linear refused the API key: it is wrong, revoked, or may not write to this team; renew it.";
    return failed({ outcome: "rejected", reason: reason("unauthorised", words, { status }), exchange });
  }
  if (error) {
    // Errors beside data may mean that the write was made; without data nothing was.
    if (parsed?.data && call === "write") return failed(unreadable(call, exchange));
    const words = `Linear refused the request${code ? ` (${code})` : ""}.`;
    const isTheirs = code === "INTERNAL_SERVER_ERROR";
    const why = reason("linear_refused", words, { status, code });
    return failed(isTheirs ? uncertain(call, why, exchange) : { outcome: "rejected", reason: why, exchange });
  }
  if (status >= 400) {
    const words = `Linear answered ${status} and refused the request.`;
    return failed({ outcome: "rejected", reason: reason("http_status", words, { status }), exchange });
  }
  if (status >= 300) {
    const words = `Linear answered ${status}, a redirect; redirects are never followed.`;
    return failed({ outcome: "rejected", reason: reason("redirect_refused", words, { status }), exchange });
  }
  if (!parsed?.data) return failed(unreadable(call, exchange));
  return { ok: true, data: parsed.data as Data, exchange };
}

type Parsed = { data: unknown; errors: unknown[] };

function parse({ body, truncated }: SafeResponse): Parsed | null {
  if (truncated) return null;
  try {
    const value: unknown = JSON.parse(body);
    if (value === null || typeof value !== "object") return null;
    const { data, errors } = value as { data?: unknown; errors?: unknown };
    return { data: data ?? null, errors: Array.isArray(errors) ? errors : [] };
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string | null {
  const { code, type } = (error as { extensions?: { code?: unknown; type?: unknown } })?.extensions ?? {};
  const named = [code, type].find((each) => typeof each === "string" && /^[\w -]{1,60}$/.test(each));
  return typeof named === "string" ? named.trim().toUpperCase().replace(/[ -]+/g, "_") : null;
}

/** Linear tells when its window ends in epoch milliseconds; only so much of it is believed. */
function waitOf({ headers, retryAfterMs }: SafeResponse): number {
  if (retryAfterMs !== undefined) return retryAfterMs;
  const resetMs = Number(headers["x-ratelimit-requests-reset"]);
  const serverMs = Date.parse(headers.date ?? "");
  if (!Number.isFinite(resetMs) || Number.isNaN(serverMs)) return rateLimitWaitMs;
  return Math.min(3_600_000, Math.max(1_000, resetMs - serverMs));
}

/** The excerpt is as received. The pipeline redacts it before it is stored or shown (W-44). */
function exchangeOf(result: SafeResult, body: string): Exchange {
  if (result.outcome === "refused_by_policy") return {};
  const requestDigest = createHash("sha256").update(body).digest("hex");
  const timings = Object.fromEntries(
    Object.entries(result.timings).map(([name, ms]) => [name, Math.round(ms * 10) / 10]),
  );
  if (result.outcome !== "response") return { requestDigest, timings };
  const text = storableText(result.body);
  return {
    statusCode: result.status,
    responseExcerpt: cutText(text, excerptMax),
    responseTruncated: result.truncated || text.length > excerptMax,
    responseDigest: result.digest,
    ...{ requestDigest, timings },
  };
}
