/** Set by server.ts from the socket on every request, over whatever a client sent under this name. */
export const peerAddressHeader = "x-incident-monitor-peer";

/**
 * Whose attempts are counted together. We speak plain http, so an https public URL means a TLS proxy in front, and the
 * last hop is what that proxy saw. Without one, a forwarded address is only somebody's word.
 */
export function clientAddress(header: (name: string) => string | undefined, publicUrl: string): string {
  const lastHop = header("x-forwarded-for")?.split(",").at(-1)?.trim();
  const peer = header(peerAddressHeader)?.trim();
  const address = publicUrl.startsWith("https://") ? lastHop || peer : peer || lastHop;
  return address ? networkOf(address.slice(0, 64)) : "unknown";
}

/** Whoever has one address of the public IPv6 space has the 2^64 beside it: all of them are one caller. A port is nobody. */
function networkOf(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  if (!bare.includes(":") || !URL.canParse(`http://[${bare}]`)) return bare;
  // A socket of both families tells of an IPv4 caller so.
  const ipv4 = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  if (ipv4) return ipv4;
  const groups = groupsOf(bare);
  return /^[23]/.test(groups[0] ?? "") && groups[0]?.length === 4
    ? `${groups.slice(0, 4).join(":")}::/64`
    : bare;
}

/** Its eight groups, each without leading zeros, as the URL parser writes them. */
function groupsOf(address: string): string[] {
  const [left = "", right] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const parts = (text: string) => (text === "" ? [] : text.split(":"));
  if (right === undefined) return parts(left);
  const zeros = new Array<string>(8 - parts(left).length - parts(right).length).fill("0");
  return [...parts(left), ...zeros, ...parts(right)];
}
