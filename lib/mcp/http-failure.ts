import type { Exchange } from "@/lib/domain/delivery";
import type { McpFailure } from "@/lib/domain/mcp";
import { reason } from "@/lib/domain/reason";
import { storable, truncate, truncationMark } from "@/lib/domain/text";
import type { SafeResponse, SafeResult } from "@/lib/net/safe-fetch";

export const excerptMax = 1_000;
const rateLimitWaitMs = 60_000;

/** Why a reply is no answer to a call, or null when its status says that it is one. */
export function failureOf(result: SafeResult, requestDigest: string): McpFailure | null {
  const exchange = exchangeOf(result, requestDigest);
  switch (result.outcome) {
    case "refused_by_policy":
      return { effect: "refused", reason: result.reason };
    case "connect_error":
      return { effect: "not_sent", reason: result.reason, exchange };
    case "lost_reply":
      return { effect: "unknown", reason: result.reason, exchange };
    case "response":
      return statusFailure(result, exchange);
  }
}

function statusFailure(response: SafeResponse, exchange: Exchange): McpFailure | null {
  const { status, retryAfterMs } = response;
  const say = (code: string, words: string) => reason(code, words, { status });
  if (status >= 200 && status < 300) return bodyFailure(response, exchange);
  if (status >= 300 && status < 400) {
    const words = `The MCP server answered ${status}, a redirect; redirects are never followed.`;
    return { effect: "refused", reason: say("redirect_refused", words), exchange };
  }
  if (status === 401 || status === 403) {
    const words = `The MCP server answered ${status}: somebody has to sign in, or its secret has to be renewed.`;
    return { effect: "sign_in", reason: say("sign_in_required", words), exchange };
  }
  if (status === 429) {
    const why = say("rate_limited", "The MCP server's rate limit is used up; the delivery waits.");
    return { effect: "not_sent", reason: why, retryAfterMs: retryAfterMs ?? rateLimitWaitMs, exchange };
  }
  if (status === 425) return { effect: "not_sent", reason: say("http_status", answered(status)), exchange };
  if (status === 404) {
    const words = "The MCP server answered 404: its address is wrong, or it ended the session.";
    return { effect: "refused", reason: say("http_status", words), exchange };
  }
  if (status === 410) {
    const words = "The MCP server answered 410: it is gone for good.";
    return { effect: "refused", reason: say("gone", words), gone: true, exchange };
  }
  if (status === 408 || status >= 500) {
    const words = `${answered(status)}; whether it did anything is not known from that.`;
    return { effect: "unknown", reason: say("server_error", words), retryAfterMs, exchange };
  }
  return { effect: "refused", reason: say("http_status", `${answered(status)} and refused.`), exchange };
}

const answered = (status: number) => `The MCP server answered ${status}`;

function bodyFailure({ truncated, bodyError }: SafeResponse, exchange: Exchange): McpFailure | null {
  return truncated ? { effect: "unknown", reason: bodyError ?? tooLong, exchange } : null;
}

const tooLong = reason("reply_unreadable", "The MCP server's answer is longer than is read of one.");

export const unreadable = (exchange: Exchange): McpFailure => ({
  effect: "unknown",
  reason: reason(
    "reply_unreadable",
    "The MCP server's answer could not be read: it is no answer to the call.",
  ),
  exchange,
});

/** The excerpt is as received: the pipeline redacts it before it is stored or shown (W-44). */
export function exchangeOf(result: SafeResult, requestDigest: string): Exchange {
  if (result.outcome === "refused_by_policy") return {};
  const timings = Object.fromEntries(
    Object.entries(result.timings).map(([name, ms]) => [name, Math.round(ms * 10) / 10]),
  );
  if (result.outcome !== "response") return { requestDigest, timings };
  return {
    statusCode: result.status,
    ...excerptOf(result.body, result.truncated),
    responseDigest: result.digest,
    ...{ requestDigest, timings },
  };
}

export function excerptOf(text: string, truncated = false) {
  const clean = storable(text);
  const isLong = clean.length > excerptMax;
  return {
    responseExcerpt: isLong ? truncate(clean, excerptMax - truncationMark.length) : clean,
    responseTruncated: truncated || isLong,
  };
}
