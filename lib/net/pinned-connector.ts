import { promises as dns, type LookupAddress } from "node:dns";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import type { buildConnector } from "undici";
import { type AddressPolicy, judgeAddress } from "./address-policy";
import type { NetReason } from "./net-reason";

/** Every address of a host name. Injectable so that tests can play a hostile name server. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export type ConnectTimings = { dns: number; connect: number; tls?: number };

/** Carries the policy's reason through the HTTP client to the result. */
export class AddressRefusedError extends Error {
  readonly code = "ADDRESS_REFUSED";
  constructor(readonly reason: NetReason) {
    super(reason.message);
  }
}

export class ConnectTimeoutError extends Error {
  readonly code = "CONNECT_TIMEOUT";
}

export type ConnectorOptions = {
  policy: AddressPolicy;
  resolve: Resolve;
  timeoutMs: number;
  /** Trusted besides the public roots. */
  ca?: readonly string[];
  /** Shown to servers that ask who is calling. */
  client?: { cert: string; key: string };
  /** Called right before the request that waited for this connection is written to it. */
  onConnected: (timings: ConnectTimings, handOver: () => void) => void;
};

export const resolveWithSystem: Resolve = (hostname) => dns.lookup(hostname, { all: true });

/**
 * Opens connections only to addresses that were judged: the name is resolved once, every answer must pass, and the
 * socket is given exactly those answers. A name that changes its answer afterwards changes nothing.
 */
export function createPinnedConnector(options: ConnectorOptions): buildConnector.connector {
  // Made once: reading all the public roots takes longer than a handshake.
  const roots = options.ca && [...rootCertificates, ...options.ca];
  const secureContext =
    roots || options.client ? createSecureContext({ ca: roots, ...options.client }) : undefined;
  return (target, callback) => {
    openSocket(target, options, secureContext).then(
      ({ socket, timings }) => options.onConnected(timings, () => callback(null, socket)),
      (error: Error) => callback(error, null),
    );
  };
}

export type PlainSocketOptions = {
  host: string;
  port: number;
  policy: AddressPolicy;
  timeoutMs: number;
  resolve?: Resolve;
};

/**
 * A TCP connection for what is not HTTP, under the same judgement of addresses: the name is resolved once, every answer must
 * pass, and exactly those are connected to. Whoever gets it speaks its own protocol, TLS included, and closes it.
 *
 * @throws AddressRefusedError, ConnectTimeoutError, or the system's own error
 */
export async function openPlainSocket(options: PlainSocketOptions): Promise<Socket> {
  const { host, port, policy, timeoutMs, resolve = resolveWithSystem } = options;
  const deadline = performance.now() + timeoutMs;
  const addresses = await withDeadline(resolveAndJudge(host, { policy, resolve }), deadline);
  const socket = createSocket({ hostname: host, port: String(port) }, addresses, undefined, false);
  await withDeadline(waitUntilConnected(socket, false), deadline, () => socket.destroy());
  return socket;
}

async function openSocket(
  target: buildConnector.Options,
  options: ConnectorOptions,
  secureContext: SecureContext | undefined,
) {
  const startedAt = performance.now();
  const deadline = startedAt + options.timeoutMs;
  const addresses = await withDeadline(resolveAndJudge(target.hostname, options), deadline);
  const resolvedAt = performance.now();
  const isTls = target.protocol === "https:";
  const socket = createSocket(target, addresses, secureContext, isTls);
  const milestones = await withDeadline(waitUntilConnected(socket, isTls), deadline, () => socket.destroy());
  const timings: ConnectTimings = {
    dns: resolvedAt - startedAt,
    connect: milestones.connectedAt - resolvedAt,
    tls: isTls ? milestones.readyAt - milestones.connectedAt : undefined,
  };
  return { socket, timings };
}

async function resolveAndJudge(
  hostname: string,
  options: Pick<ConnectorOptions, "policy" | "resolve">,
): Promise<LookupAddress[]> {
  const family = isIP(hostname);
  const answers = family ? [{ address: hostname, family }] : await options.resolve(hostname);
  if (answers.length === 0) {
    throw Object.assign(new Error("the name has no address"), { code: "ENOTFOUND" });
  }
  for (const answer of answers) {
    const verdict = judgeAddress(answer.address, options.policy);
    if (!verdict.allowed) throw new AddressRefusedError(verdict.reason);
  }
  return answers;
}

function createSocket(
  target: Pick<buildConnector.Options, "hostname" | "port" | "servername">,
  addresses: LookupAddress[],
  secureContext: SecureContext | undefined,
  isTls: boolean,
): Socket {
  const shared = {
    host: target.hostname,
    port: Number(target.port) || (isTls ? 443 : 80),
    lookup: pinnedLookup(addresses),
    autoSelectFamily: addresses.length > 1,
  };
  const socket = isTls
    ? connectTls({
        ...shared,
        servername: target.servername || (isIP(target.hostname) ? "" : target.hostname),
        ALPNProtocols: ["http/1.1"],
        minVersion: "TLSv1.2",
        // Said outright because NODE_TLS_REJECT_UNAUTHORIZED in the environment would switch it off.
        rejectUnauthorized: true,
        secureContext,
      })
    : connectTcp(shared);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
}

/** Node asks for one address or for all, depending on how it means to connect; it gets the judged ones either way. */
function pinnedLookup(addresses: LookupAddress[]) {
  return (
    _hostname: string,
    lookupOptions: { all?: boolean },
    done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ) => {
    const [first] = addresses;
    if (lookupOptions.all) done(null, addresses);
    else done(null, first?.address ?? "", first?.family);
  };
}

function waitUntilConnected(socket: Socket, isTls: boolean) {
  return new Promise<{ connectedAt: number; readyAt: number }>((resolve, reject) => {
    let connectedAt = 0;
    // Stays attached: a later error without a listener would end the process before undici adds its own.
    socket.on("error", reject);
    socket.once("connect", () => {
      connectedAt = performance.now();
      if (!isTls) resolve({ connectedAt, readyAt: connectedAt });
    });
    socket.once("secureConnect", () => resolve({ connectedAt, readyAt: performance.now() }));
    socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
  });
}

async function withDeadline<T>(work: Promise<T>, deadline: number, onTimeout?: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        onTimeout?.();
        reject(new ConnectTimeoutError("connecting took too long"));
      },
      Math.max(0, deadline - performance.now()),
    );
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
