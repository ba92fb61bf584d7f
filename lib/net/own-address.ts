import { isIP } from "node:net";

/** Where a listener on this is reached from the same machine. */
const reachedAt: Readonly<Record<string, string>> = {
  "0.0.0.0": "127.0.0.1",
  "::": "::1",
  localhost: "127.0.0.1",
};

/**
 * The address at which this machine reaches its own listener: as it stands in a URL, and as the CIDR block that holds it
 * alone (null for a name). Undefined: both loopback addresses.
 */
export function ownAddress(host: string | undefined): { urlHost: string; network: string | null } {
  const address = host === undefined ? "127.0.0.1" : (reachedAt[host] ?? host);
  const version = isIP(address);
  if (version === 0) return { urlHost: address, network: null };
  return version === 6
    ? { urlHost: `[${address}]`, network: `${address}/128` }
    : { urlHost: address, network: `${address}/32` };
}
