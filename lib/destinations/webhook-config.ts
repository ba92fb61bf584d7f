import type { Destination, JsonObject } from "@/lib/domain/config";
import { type Reason, reason } from "@/lib/domain/reason";
import type { UrlPolicy } from "@/lib/net/url-policy";
import { boundText } from "./bounded-json";

export type WebhookConfig = {
  url: string;
  secretReference: string;
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
  return {
    url: destination.webhookUrl?.trim() ?? "",
    secretReference: destination.webhookSecretRef?.trim() ?? "",
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
    problems: hosts
      ? []
      : [reason("allowed_hosts_malformed", "config.allowed_hosts is not a list of host names.")],
  };
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
  try {
    const parsed = new URL(url);
    if (!parsed.host) return null;
    return boundText(`${parsed.protocol}//${parsed.host}${parsed.pathname}`, targetRefMax);
  } catch {
    return null;
  }
}
