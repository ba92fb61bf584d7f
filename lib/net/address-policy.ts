import { isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import type { NetReason } from "./net-reason";
import { type Block, ipv4Blocks, ipv6Blocks } from "./special-purpose-blocks";

export type AddressPolicy = {
  /** The destination's development opt-in: loopback, RFC 1918 and unique-local addresses may be reached. */
  allowPrivateNetworks: boolean;
  /** The host's CIDRs (D-34). When there are any, an opted-in private address must lie inside one of them. */
  privateNetworks: readonly string[];
};

export type AddressVerdict = { allowed: true } | { allowed: false; reason: NetReason };

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type ParsedBlock = Block & { range: [Address, number] };

const parseBlocks = (blocks: readonly Block[]): ParsedBlock[] =>
  blocks.map((block) => ({ ...block, range: ipaddr.parseCIDR(block.cidr) }));
const parsedIpv4Blocks = parseBlocks(ipv4Blocks);
const parsedIpv6Blocks = parseBlocks(ipv6Blocks);
/** Everything IANA has given out for global unicast; IPv6 outside it is refused even when no block names it. */
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/** Whether a connection to this address is allowed. Anything that does not parse strictly is refused. */
export function judgeAddress(address: string, policy: AddressPolicy): AddressVerdict {
  const parsed = parseStrictly(address);
  if (!parsed) return refuse(address, "address_malformed", "not a plain IP address");
  const block = findBlock(parsed);
  if (!block) {
    if (parsed.kind() === "ipv6" && !isInside(parsed, globalUnicast)) {
      return refuse(address, "address_not_global", "outside global unicast space");
    }
    return { allowed: true };
  }
  if (!block.opens || !policy.allowPrivateNetworks) {
    return refuse(address, block.code, `${block.words}${embeddedWords(parsed, block)}`);
  }
  if (
    policy.privateNetworks.length > 0 &&
    !policy.privateNetworks.some((cidr) => isInsideCidr(parsed, cidr))
  ) {
    return refuse(
      address,
      "address_outside_private_networks",
      "outside the private networks this host allows",
    );
  }
  return { allowed: true };
}

/** node:net is strict where ipaddr.js accepts octal and short forms; a zone id (`%eth0`) is never a remote host. */
function parseStrictly(address: string): Address | null {
  if (isIPv4(address)) return ipaddr.IPv4.parse(address);
  if (isIPv6(address) && !address.includes("%")) return ipaddr.IPv6.parse(withoutDottedTail(address));
  return null;
}

/** ipaddr.js takes `::1.2.3.4` for a mapped address; the URL parser's hexadecimal spelling leaves no doubt. */
function withoutDottedTail(address: string): string {
  return address.includes(".") ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

function findBlock(address: Address): ParsedBlock | undefined {
  const blocks = address.kind() === "ipv4" ? parsedIpv4Blocks : parsedIpv6Blocks;
  return blocks.find((block) => isInside(address, block.range));
}

function isInside(address: Address, range: [Address, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}

/** A CIDR that does not parse allows nothing. */
function isInsideCidr(address: Address, cidr: string): boolean {
  try {
    return isInside(address, ipaddr.parseCIDR(cidr.trim()));
  } catch {
    return false;
  }
}

/** Names the IPv4 address a translated form hides. The form is refused whatever it hides. */
function embeddedWords(address: Address, block: Block): string {
  const bytes = address.toByteArray();
  const embedded = embeddedIpv4Bytes(bytes, block.code);
  if (!embedded) return "";
  const inner = new ipaddr.IPv4(embedded);
  const innerBlock = findBlock(inner);
  return ` for ${inner.toString()}${innerBlock ? `, ${innerBlock.words}` : ""}`;
}

function embeddedIpv4Bytes(bytes: number[], code: string): number[] | null {
  switch (code) {
    case "address_ipv4_mapped":
    case "address_ipv4_translated":
    case "address_ipv4_compatible":
    case "address_nat64":
      return bytes.slice(12);
    case "address_6to4":
      return bytes.slice(2, 6);
    case "address_teredo":
      return bytes.slice(12).map((byte) => byte ^ 0xff);
    default:
      return null;
  }
}

function refuse(address: string, code: string, words: string): AddressVerdict {
  const shown = address.slice(0, 60);
  return {
    allowed: false,
    reason: { code, message: `The address ${shown} is not allowed: ${words}.`, fields: { address: shown } },
  };
}
