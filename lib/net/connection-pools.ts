import { createHash } from "node:crypto";
import { Agent } from "undici";
import type { AddressPolicy } from "./address-policy";
import {
  type ConnectorOptions,
  type ConnectTimings,
  createPinnedConnector,
  type Resolve,
  resolveWithSystem,
} from "./pinned-connector";
import type { ClientTls } from "./safe-request";

export type ConnectionOptions = {
  resolve?: Resolve;
  /** PEM certificates trusted besides the public roots. */
  ca?: readonly string[];
  connectTimeoutMs?: number;
  /** Per origin. More requests than this wait their turn inside their own timeout. */
  connectionCountMax?: number;
};

/**
 * One connection pool per address policy and client certificate: a connection that one destination's opt-in allowed, or
 * that was opened in one destination's name, must never carry the request of another.
 */
export function createConnectionPools(options: ConnectionOptions) {
  const agents = new Map<string, Agent>();
  // undici writes the waiting request inside the connector's callback, so this is set for exactly that request.
  let justOpened: ConnectTimings | undefined;
  let isClosed = false;

  const onConnected: ConnectorOptions["onConnected"] = (timings, handOver) => {
    justOpened = timings;
    try {
      handOver();
    } finally {
      justOpened = undefined;
    }
  };
  const endAll = async (end: (agent: Agent) => Promise<void>) => {
    isClosed = true;
    await Promise.all([...agents.values()].map(end));
    agents.clear();
  };

  return {
    /** @throws what makes a certificate or a key unusable; `CLIENT_CLOSED` after the end. */
    poolFor: (policy: AddressPolicy, tls?: ClientTls): Agent => {
      if (isClosed) throw Object.assign(new Error("closed"), { code: "CLIENT_CLOSED" });
      const reach = policy.allowPrivateNetworks ? `private ${policy.privateNetworks.join(" ")}` : "public";
      const key = tls ? `${reach} as ${fingerprintOf(tls)}` : reach;
      const agent = agents.get(key) ?? createAgent(policy, options, onConnected, tls);
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

const fingerprintOf = ({ cert, key, ca = "" }: ClientTls) =>
  createHash("sha256").update(cert).update("\0").update(key).update("\0").update(ca).digest("hex");

function createAgent(
  policy: AddressPolicy,
  options: ConnectionOptions,
  onConnected: ConnectorOptions["onConnected"],
  tls?: ClientTls,
): Agent {
  return new Agent({
    connect: createPinnedConnector({
      // Copied, so that a caller changing its policy object later does not change what this pool may reach.
      policy: {
        allowPrivateNetworks: policy.allowPrivateNetworks,
        privateNetworks: [...policy.privateNetworks],
      },
      resolve: options.resolve ?? resolveWithSystem,
      timeoutMs: options.connectTimeoutMs ?? 10_000,
      ca: tls?.ca ? [...(options.ca ?? []), tls.ca] : options.ca,
      client: tls && { cert: tls.cert, key: tls.key },
      onConnected,
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
}
