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
  return address?.slice(0, 64) || "unknown";
}
