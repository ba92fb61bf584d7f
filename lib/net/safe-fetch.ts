import type { Dispatcher } from "undici";
import { type ConnectionOptions, createConnectionPools } from "./connection-pools";
import { Exchange } from "./exchange";
import { checkRequest, type SafeFetch, type SafeRequest } from "./safe-request";
import { checkUrl } from "./url-policy";

export type {
  ClientTls,
  SafeFetch,
  SafeRequest,
  SafeResponse,
  SafeResult,
} from "./safe-request";

export type SafeFetchOptions = ConnectionOptions & { nowMs?: () => number };

/** `close` waits for what is under way; `destroy` does not. Requests after either end as connect_error. */
export type ClosableSafeFetch = SafeFetch & { close: () => Promise<void>; destroy: () => Promise<void> };

const timeoutCeilingMs = 120_000;
const responseByteCeiling = 10 * 1_048_576;

/**
 * The only outbound HTTP of the product (D-35): the URL is checked, every address is checked where the connection is
 * made, redirects are never followed, no proxy of the environment is used, and everything is bounded.
 */
export function createSafeFetch(options: SafeFetchOptions = {}): ClosableSafeFetch {
  const pools = createConnectionPools(options);

  const safeFetch: SafeFetch = async (request) => {
    const verdict = checkUrl(request.url, request.policy);
    if (!verdict.ok) {
      const [first] = verdict.reasons;
      const reason = first ?? { code: "url_malformed", message: "The URL is not allowed." };
      return { outcome: "refused_by_policy", reason };
    }
    const invalid = checkRequest(request);
    if (invalid) return { outcome: "refused_by_policy", reason: invalid };
    const exchange = new Exchange({
      host: verdict.url.hostname,
      request: withCeilings(request),
      nowMs: options.nowMs ?? Date.now,
      takeConnectTimings: pools.takeConnectTimings,
    });
    if (exchange.settled) return exchange.result;
    try {
      pools.poolFor(request.policy, request.tls).dispatch(dispatchOptions(verdict.url, request), exchange);
    } catch (error) {
      exchange.fail(error);
    }
    return exchange.result;
  };
  return Object.assign(safeFetch, { close: pools.close, destroy: pools.destroy });
}

function dispatchOptions(url: URL, request: SafeRequest): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: request.method,
    // Nothing is decompressed here, so nothing compressed is asked for.
    headers: { "accept-encoding": "identity", ...request.headers },
    body: request.body ?? null,
  };
}

function withCeilings(request: SafeRequest): SafeRequest {
  return {
    ...request,
    timeoutMs: Math.min(Math.max(1, request.timeoutMs), timeoutCeilingMs),
    responseByteLimit: Math.min(Math.max(0, request.responseByteLimit), responseByteCeiling),
  };
}
