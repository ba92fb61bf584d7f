import type { Exchange, PublishOutcome } from "@/lib/domain/delivery";
import { type Reason, reason } from "@/lib/domain/reason";
import type { SafeResponse, SafeResult } from "@/lib/net/safe-fetch";
import { storableText } from "./bounded-json";

/** Which answers mean "later": the only place of this kind that reads status codes. */
function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/**
 * What an attempt came to. A lost reply may be retried because body and key are identical: a receiver that keeps keys
 * acts once (D-10). A status line is enough to judge by; a body that broke off after it changes nothing.
 */
export function webhookOutcome(
  result: SafeResult,
  published: (exchange: Exchange, status: number) => PublishOutcome,
): PublishOutcome {
  switch (result.outcome) {
    case "refused_by_policy":
      return { outcome: "rejected", reason: result.reason };
    case "connect_error":
    case "lost_reply":
      return { outcome: "retryable", reason: result.reason, exchange: { timings: timings(result) } };
    case "response":
      return answered(result, published);
  }
}

function answered(
  response: SafeResponse,
  published: (exchange: Exchange, status: number) => PublishOutcome,
): PublishOutcome {
  const { status } = response;
  const exchange = exchangeOf(response);
  if (status >= 200 && status < 300) return published(exchange, status);
  if (isRetryableStatus(status)) {
    const why = reason("http_status", `The receiver answered ${status}; the delivery is tried again.`, {
      status,
    });
    return { outcome: "retryable", reason: why, retryAfterMs: response.retryAfterMs, exchange };
  }
  if (status === 410) {
    const why = reason("destination_gone", "The receiver answered 410: it wants no more deliveries.", {
      status,
    });
    return { outcome: "rejected", reason: why, disableDestination: true, exchange };
  }
  return { outcome: "rejected", reason: rejection(response), exchange };
}

function rejection(response: SafeResponse): Reason {
  const { status } = response;
  if (status >= 400)
    return reason("http_status", `The receiver answered ${status} and refused the delivery.`, { status });
  const host = redirectHost(response.headers.location);
  return reason(
    "redirect_refused",
    `The receiver answered ${status}, a redirect${host ? ` to ${host}` : ""}; redirects are never followed.`,
    { status },
  );
}

/** Only the host: a location's path and query are the receiver's words and may carry tokens. */
function redirectHost(location: string | undefined): string | null {
  try {
    return location ? new URL(location).host.slice(0, 120) || null : null;
  } catch {
    return null;
  }
}

/** The excerpt is as received. The pipeline redacts it before it is stored or shown (W-44). */
function exchangeOf(response: SafeResponse): Exchange {
  return {
    statusCode: response.status,
    responseExcerpt: storableText(response.body),
    responseTruncated: response.truncated,
    responseDigest: response.digest,
    timings: timings(response),
  };
}

function timings(result: Exclude<SafeResult, { outcome: "refused_by_policy" }>): Record<string, number> {
  const known = Object.entries(result.timings).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return Object.fromEntries(known.map(([name, ms]) => [name, Math.round(ms * 10) / 10]));
}
