import type { Destination, JsonObject } from "@/lib/domain/config";
import { type Reason, reason } from "@/lib/domain/reason";
import { testReceiverUrl } from "@/lib/domain/test-receiver";
import type { UrlPolicy } from "@/lib/net/url-policy";
import { boundText } from "./bounded-json";

export type WebhookConfig = {
  url: string;
  secretReference: string;
  /** `thin`: ids and digests alone; the receiver reads the rest over the API with a credential of its own. */
  mode: "full" | "thin";
  /** More headers by name, each value a secret reference (D-33). */
  headerReferences: Readonly<Record<string, string>>;
  /** PEM by reference, for receivers that ask who is calling. */
  clientTls: { cert: string; key: string; ca: string | null } | null;
  policy: UrlPolicy;
  timeoutMs: number;
  payloadByteLimit: number;
  responseByteLimit: number;
  /** What is wrong with the config object itself; such a destination is not ready. */
  problems: Reason[];
};

/** Contract 8.2 with its aliases and clamps. Attempts are the worker's business and are read in the pipeline (D-11). */
export function readWebhookConfig(
  destination: Destination,
  privateNetworks: readonly string[] = [],
): WebhookConfig {
  const config = destination.config ?? {};
  const hosts = readAllowedHosts(config);
  const problems = hosts
    ? []
    : [reason("allowed_hosts_malformed", "config.allowed_hosts is not a list of host names.")];
  const mode = readMode(config, problems);
  const headerReferences = readHeaders(config, problems);
  const clientTls = readClientTls(config, problems);
  return {
    url: destination.webhookUrl?.trim() ?? "",
    secretReference: destination.webhookSecretRef?.trim() ?? "",
    ...{ mode, headerReferences, clientTls },
    policy: {
      // Only a real `true` opens anything; "true" or 1 in a hand-edited config does not.
      allowInsecureHttp: config.allow_insecure_http === true,
      allowPrivateNetworks: config.allow_private_networks === true,
      allowedHosts: hosts ?? [],
      privateNetworks,
    },
    timeoutMs: readNumber(config, ["timeout_ms"], 5_000, 250, 15_000),
    payloadByteLimit: readNumber(config, ["payload_byte_limit", "max_payload_bytes"], 65_536, 1_024, 262_144),
    responseByteLimit: readNumber(config, ["response_byte_limit", "max_response_bytes"], 4_096, 512, 16_384),
    problems,
  };
}

function readMode(config: JsonObject, problems: Reason[]): "full" | "thin" {
  const mode = config.payload_mode ?? "full";
  if (mode === "full" || mode === "thin") return mode;
  problems.push(reason("payload_mode_unknown", "config.payload_mode is full or thin."));
  return "thin";
}

/** Ours, or the client's own: a destination that set them could unsign a delivery or smuggle a second request. */
const reservedHeader =
  /^(?:x-tandem-|webhook-|proxy-)|^(?:content-type|content-length|user-agent|idempotency-key|accept-encoding|host|connection|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
const headerCountMax = 20;

function readHeaders(config: JsonObject, problems: Reason[]): Record<string, string> {
  const given = config.headers;
  if (given === undefined || given === null) return {};
  if (typeof given !== "object" || Array.isArray(given)) {
    problems.push(
      reason("headers_malformed", "config.headers is not an object of secret references by name."),
    );
    return {};
  }
  const entries = Object.entries(given);
  if (entries.length > headerCountMax) {
    problems.push(reason("headers_malformed", `config.headers holds more than ${headerCountMax} headers.`));
  }
  for (const [name, reference] of entries) {
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name) || typeof reference !== "string") {
      problems.push(
        reason("headers_malformed", "A header of config.headers has no usable name or reference."),
      );
    } else if (reservedHeader.test(name)) {
      problems.push(reason("header_reserved", `The header ${name} is set by the delivery itself.`, { name }));
    }
  }
  return problems.length > 0 ? {} : Object.fromEntries(entries);
}

function readClientTls(config: JsonObject, problems: Reason[]): WebhookConfig["clientTls"] {
  const text = (key: string) => {
    const value = config[key];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  };
  const [cert, key, ca] = ["client_cert_ref", "client_key_ref", "server_ca_ref"].map(text);
  if (!cert && !key && !ca) return null;
  if (cert && key) return { cert, key, ca: ca ?? null };
  const words = "Mutual TLS needs both config.client_cert_ref and config.client_key_ref.";
  problems.push(reason("client_tls_incomplete", words));
  return null;
}

/** null when the list cannot be understood: reading that as "no restriction" would open what was meant to be shut. */
function readAllowedHosts(config: JsonObject): string[] | null {
  const value = config.allowed_hosts ?? config.host_allowlist;
  if (value === undefined || value === null) return [];
  const list = typeof value === "string" ? [value] : value;
  if (!Array.isArray(list)) return null;
  return list.every((item) => typeof item === "string" && item.trim() !== "") ? list : null;
}

function readNumber(config: JsonObject, keys: string[], fallback: number, min: number, max: number): number {
  for (const key of keys) {
    const value = config[key];
    if (typeof value === "number" && Number.isFinite(value)) {
      return Math.min(Math.max(Math.round(value), min), max);
    }
  }
  return fallback;
}

const targetRefMax = 500;

/** scheme://host[:port]/path. Never the query, where receivers like to put tokens. Null when it does not parse. */
export function webhookTargetRef(url: string): string | null {
  if (url === testReceiverUrl) return testReceiverUrl;
  try {
    const parsed = new URL(url);
    if (!parsed.host) return null;
    return boundText(`${parsed.protocol}//${parsed.host}${parsed.pathname}`, targetRefMax);
  } catch {
    return null;
  }
}
