import { allowedHostsOf, flagOf } from "./webhook-settings";

type Config = Record<string, unknown> | undefined;
export type UrlCheck = {
  key: "scheme" | "credentials" | "address" | "host" | "port" | "redirects";
  result: "pass" | "fail" | "unknown";
  what: string;
  detail?: string;
  /** The host to allow, where that is the fix. */
  host?: string;
};

/** What can be said of a webhook's URL while it is typed. The server judges again, and binds the address at connect. */
export function urlChecks(text: string, config: Config): UrlCheck[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) {
    return [
      { key: "scheme", result: "fail", what: "Not a web address.", detail: "Write https://host/path." },
    ];
  }
  const openNetworks = flagOf(config, "allow_private_networks");
  const checks = [schemeCheck(url, config), addressCheck(url.hostname, openNetworks), hostCheck(url, config)];
  if (url.username || url.password) {
    checks.push({
      key: "credentials",
      result: "fail",
      what: "It carries a user name or password.",
      detail: "Take it out; the signature proves who sends.",
    });
  }
  if (!openNetworks && !["", "80", "443", "8080", "8443"].includes(url.port)) {
    const detail = "Public receivers listen on 443, 8443, 80 or 8080.";
    checks.push({ key: "port", result: "fail", what: `Port ${url.port} is not allowed.`, detail });
  }
  checks.push({ key: "redirects", result: "pass", what: "Redirects", detail: "are never followed" });
  return checks.filter((check) => check !== null);
}

function schemeCheck(url: URL, config: Config): UrlCheck | null {
  if (url.protocol === "https:") return { key: "scheme", result: "pass", what: "HTTPS" };
  if (flagOf(config, "allow_insecure_http")) {
    const detail = "allowed for development; anybody on the way can read it";
    return { key: "scheme", result: "pass", what: "Plain HTTP,", detail };
  }
  const detail = "Use https, or allow plain HTTP below for a development set-up.";
  return { key: "scheme", result: "fail", what: "Not HTTPS.", detail };
}

function addressCheck(host: string, openNetworks: boolean): UrlCheck {
  if (openNetworks) {
    const detail = "are allowed for development";
    return { key: "address", result: "pass", what: "Private addresses", detail };
  }
  if (isLocalHost(host)) {
    const detail = "Deliveries leave for public addresses only, unless allowed below.";
    return { key: "address", result: "fail", what: "A private address or local name.", detail };
  }
  const detail = "is looked up, checked to be public and pinned at each connect";
  return { key: "address", result: "unknown", what: "The address", detail };
}

function hostCheck(url: URL, config: Config): UrlCheck | null {
  const allowed = allowedHostsOf(config);
  if (allowed.length === 0) return null;
  const host = url.hostname;
  if (allowed.some((entry) => entry.trim().toLowerCase() === host)) {
    return { key: "host", result: "pass", what: "Host is allowed" };
  }
  const detail = "The list is on, so deliveries are refused.";
  return { key: "host", result: "fail", what: "Host is not among the allowed hosts.", detail, host };
}

const localName = /(^|\.)(localhost|localdomain|local|internal|intranet|private|lan|home|corp|home\.arpa)$/;
const privateV4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

function isLocalHost(host: string): boolean {
  if (host.startsWith("[")) return /^\[(::1?\]|f[cd]|fe[89ab]|::ffff:)/.test(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return privateV4.test(host);
  return !host.includes(".") || localName.test(host);
}

/** Leads the new address somewhere else than the saved one, so that its secret must be named again (D-33)? */
export function leadsElsewhere(saved: string | undefined, now: string | undefined): boolean {
  return Boolean(saved) && originOf(saved) !== originOf(now);
}

function originOf(text: string | undefined): string {
  return text && URL.canParse(text) ? new URL(text).origin : (text ?? "");
}
