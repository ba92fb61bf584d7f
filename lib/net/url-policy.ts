import { isIPv4 } from "node:net";
import { domainToASCII } from "node:url";
import { type AddressPolicy, judgeAddress } from "./address-policy";
import type { NetReason } from "./net-reason";

export type UrlPolicy = AddressPolicy & {
  allowInsecureHttp: boolean;
  /** Exact host names; empty means any. */
  allowedHosts: readonly string[];
};

export type UrlVerdict = { ok: true; url: URL } | { ok: false; reasons: NetReason[] };

const urlLengthMax = 2_048;

/**
 * The ports web receivers use. Any other would let a URL reach databases, mail and admin ports of public machines;
 * a destination opted in to private networks is a development set-up, where receivers listen anywhere.
 */
const publicPorts = new Set(["", "80", "443", "8080", "8443"]);

/** Suffixes that only ever name something inside somebody's network. */
const localSuffixes = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "private",
  "lan",
  "home",
  "corp",
  "home.arpa",
];

/**
 * What can be said of a URL without asking the network; every reason at once, so that a form can show them all.
 * Literal addresses are judged here too, names only when they are resolved to connect (safe-fetch.ts).
 */
export function checkUrl(raw: string, policy: UrlPolicy): UrlVerdict {
  const parsed = parseUrl(raw);
  if ("code" in parsed) return { ok: false, reasons: [parsed] };
  const { url, writtenHost, hasCredentials } = parsed;
  const host = url.hostname;
  const found = [
    schemeReason(url, policy),
    hasCredentials
      ? reason("url_credentials", "The URL carries credentials; use a secret reference instead.")
      : null,
    canonicalHostReason(host, writtenHost),
    localNameReason(host, policy),
    literalAddressReason(host, policy),
    allowedHostReason(host, policy),
    portReason(url, policy),
  ];
  const reasons = found.filter((item) => item !== null);
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, url };
}

type ParsedUrl = { url: URL; writtenHost: string; hasCredentials: boolean };

function parseUrl(raw: string): ParsedUrl | NetReason {
  if (raw.length > urlLengthMax) {
    return reason("url_too_long", `The URL is longer than ${urlLengthMax} characters.`);
  }
  // The URL parser repairs spaces, tabs, newlines and backslashes silently; what a person read is not what it means.
  if (/[\s\\]|\p{Cc}|\p{Cf}/u.test(raw)) {
    return reason("url_malformed", "The URL contains spaces, backslashes or invisible characters.");
  }
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(raw)?.[1];
  if (authority === undefined) return reason("url_malformed", "The URL does not begin with https://.");
  const afterCredentials = authority.slice(authority.lastIndexOf("@") + 1);
  const writtenHost = afterCredentials.replace(/:\d*$/, "");
  if (writtenHost === "") return reason("url_host_missing", "The URL names no host.");
  try {
    const url = new URL(raw);
    if (url.hostname === "") return reason("url_host_missing", "The URL names no host.");
    // `name.` and `name` are one host; one spelling keeps allow-lists, certificates and pools honest.
    if (url.hostname.endsWith(".")) url.hostname = url.hostname.slice(0, -1);
    if (/^\.|\.\.|\.$/.test(url.hostname)) return reason("url_malformed", "The host has an empty part.");
    url.hash = "";
    return { url, writtenHost, hasCredentials: authority.includes("@") };
  } catch {
    return reason("url_malformed", "The URL cannot be parsed.");
  }
}

function schemeReason(url: URL, policy: UrlPolicy): NetReason | null {
  if (url.protocol === "https:") return null;
  if (url.protocol !== "http:") return reason("url_scheme", "Only https URLs are allowed.");
  if (policy.allowInsecureHttp) return null;
  return reason("url_insecure", "The URL is http; only https is allowed unless allow_insecure_http is set.");
}

/** Decimal, octal, hex, short, percent-encoded and full-width spellings of an address serve only to mislead. */
function canonicalHostReason(host: string, writtenHost: string): NetReason | null {
  const written = writtenHost.toLowerCase().replace(/\.$/, "");
  const disguised = writtenHost.includes("%") || (isIPv4(host) && written !== host);
  if (!disguised) return null;
  return reason("url_host_disguised", "The host is an encoded or unusual spelling; write it plainly.");
}

function localNameReason(host: string, policy: UrlPolicy): NetReason | null {
  if (policy.allowPrivateNetworks || isLiteralAddress(host)) return null;
  const isLocal =
    !host.includes(".") || localSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
  if (!isLocal) return null;
  return reason("url_host_local", `The host ${shown(host)} names something on a local network.`);
}

function literalAddressReason(host: string, policy: UrlPolicy): NetReason | null {
  if (!isLiteralAddress(host)) return null;
  const verdict = judgeAddress(bareHost(host), policy);
  return verdict.allowed ? null : verdict.reason;
}

function allowedHostReason(host: string, policy: UrlPolicy): NetReason | null {
  if (policy.allowedHosts.length === 0) return null;
  if (policy.allowedHosts.some((entry) => sameHost(entry, host))) return null;
  return reason(
    "url_host_not_allowed",
    `The host ${shown(host)} is not in this destination's allowed_hosts.`,
  );
}

function portReason(url: URL, policy: UrlPolicy): NetReason | null {
  if (url.port === "0") return reason("url_port", "Port 0 is not allowed.");
  if (policy.allowPrivateNetworks || publicPorts.has(url.port)) return null;
  return reason("url_port", `Port ${url.port} is not allowed; use 443, 8443, 80 or 8080.`);
}

/** Exact, without wildcards. An entry may be written in Unicode; hosts are compared as the network sees them. */
function sameHost(entry: string, host: string): boolean {
  const plain = entry.trim().toLowerCase().replace(/\.$/, "");
  return plain !== "" && (plain === host || plain === bareHost(host) || domainToASCII(plain) === host);
}

export function isLiteralAddress(host: string): boolean {
  return isIPv4(host) || host.startsWith("[");
}

/** `[::1]` as `::1`. */
export function bareHost(host: string): string {
  return host.startsWith("[") ? host.slice(1, -1) : host;
}

function shown(host: string): string {
  return host.slice(0, 120);
}

function reason(code: string, message: string): NetReason {
  return { code, message };
}

/**
 * Private machines only inside the networks that the host opens (D-34), and plain http only to those: nothing in the panel can
 * open either. Where none is open, a private address is refused for what it is and not for its scheme.
 */
export function urlPolicyFor(url: string, privateNetworks: readonly string[]): UrlPolicy {
  const allowPrivateNetworks = privateNetworks.length > 0;
  const open = { allowInsecureHttp: true, allowPrivateNetworks: false, allowedHosts: [], privateNetworks };
  const verdict = checkUrl(url, open);
  const isPrivatePlace =
    !verdict.ok &&
    verdict.reasons.some(({ code }) => code === "url_host_local" || code.startsWith("address_"));
  return {
    allowInsecureHttp: isPrivatePlace,
    allowPrivateNetworks,
    allowedHosts: [],
    privateNetworks,
  };
}
