import { Agent, type Dispatcher } from "undici";
import { Exchange } from "./exchange";
import {
  type ConnectTimings,
  createPinnedConnector,
  type Resolve,
  resolveWithSystem,
} from "./pinned-connector";
import { checkRequest, type SafeFetch, type SafeRequest } from "./safe-request";
import { checkUrl, type UrlPolicy } from "./url-policy";

export type { SafeFetch, SafeRequest, SafeResponse, SafeResult, Timings } from "./safe-request";

export type SafeFetchOptions = {
  resolve?: Resolve;
  /** PEM certificates trusted besides the public roots. */
  ca?: readonly string[];
  connectTimeoutMs?: number;
  /** Per origin. More requests than this wait their turn inside their own timeout. */
  connectionCountMax?: number;
  nowMs?: () => number;
};

/** `close` waits for what is under way; `destroy` does not. Requests after either end as connect_error. */
export type ClosableSafeFetch = SafeFetch & { close: () => Promise<void>; destroy: () => Promise<void> };

const timeoutCeilingMs = 120_000;
const responseByteCeiling = 10 * 1_048_576;

/**
 * The only outbound HTTP of the product (D-35): the URL is checked, every address is checked where the connection is
 * made, redirects are never followed, no proxy of the environment is used, and everything is bounded.
 */
export function createSafeFetch(options: SafeFetchOptions = {}): ClosableSafeFetch {
  const pools = createPools(options);

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
      pools.poolFor(request.policy).dispatch(dispatchOptions(verdict.url, request), exchange);
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

/**
 * One connection pool per address policy: a connection that one destination's opt-in allowed must never carry the
 * request of a destination without it.
 */
function createPools(options: SafeFetchOptions) {
  const agents = new Map<string, Agent>();
  // undici writes the waiting request inside the connector's callback, so this is set for exactly that request.
  let justOpened: ConnectTimings | undefined;
  let isClosed = false;

  const createAgent = (policy: UrlPolicy) =>
    new Agent({
      connect: createPinnedConnector({
        policy: {
          allowPrivateNetworks: policy.allowPrivateNetworks,
          privateNetworks: policy.privateNetworks,
        },
        resolve: options.resolve ?? resolveWithSystem,
        timeoutMs: options.connectTimeoutMs ?? 10_000,
        ca: options.ca,
        onConnected: (timings, handOver) => {
          justOpened = timings;
          try {
            handOver();
          } finally {
            justOpened = undefined;
          }
        },
      }),
      connections: options.connectionCountMax ?? 64,
      pipelining: 1,
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 60_000,
      // Long-lived connections are replaced, so that a moved name is followed, and judged again, within minutes.
      clientTtl: 300_000,
      maxHeaderSize: 16_384,
      // The exchange has one timer for everything; undici's own would only add smaller ones.
      headersTimeout: 0,
      bodyTimeout: 0,
    });

  const endAll = async (end: (agent: Agent) => Promise<void>) => {
    isClosed = true;
    await Promise.all([...agents.values()].map(end));
    agents.clear();
  };

  return {
    poolFor: (policy: UrlPolicy): Agent => {
      if (isClosed) throw Object.assign(new Error("closed"), { code: "CLIENT_CLOSED" });
      const key = policy.allowPrivateNetworks ? `private ${policy.privateNetworks.join(" ")}` : "public";
      const agent = agents.get(key) ?? createAgent(policy);
      agents.set(key, agent);
      return agent;
    },
    takeConnectTimings: (): ConnectTimings | undefined => {
      const taken = justOpened;
      justOpened = undefined;
      return taken;
    },
    close: () => endAll((agent) => agent.close()),
    destroy: () => endAll((agent) => agent.destroy()),
  };
}
