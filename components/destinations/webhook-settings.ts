import type { DestinationWire } from "@/lib/contracts/config";

type JsonObject = NonNullable<DestinationWire["config"]>;

export type NumberSetting = {
  key: "timeout_ms" | "max_attempts" | "payload_byte_limit" | "response_byte_limit";
  label: string;
  help: string;
  unit: string;
  fallback: number;
  min: number;
  max: number;
};

/** The numbers of a webhook's `config`, with what holds when they are not set and what is taken at most. */
export const webhookNumbers: readonly NumberSetting[] = [
  {
    key: "timeout_ms",
    label: "Timeout",
    help: "An attempt that takes longer is tried again.",
    unit: "ms",
    fallback: 5_000,
    min: 250,
    max: 15_000,
  },
  {
    key: "max_attempts",
    label: "Attempts",
    help: "In all, first one included. 10 is about 75 h.",
    unit: "times",
    fallback: 10,
    min: 1,
    max: 50,
  },
  {
    key: "payload_byte_limit",
    label: "Largest payload",
    help: "A larger one is refused, not cut.",
    unit: "bytes",
    fallback: 65_536,
    min: 1_024,
    max: 262_144,
  },
  {
    key: "response_byte_limit",
    label: "Kept of the answer",
    help: "The rest of the response is not read.",
    unit: "bytes",
    fallback: 4_096,
    min: 512,
    max: 16_384,
  },
];

export function numberOf(config: JsonObject | undefined, key: string): number | undefined {
  const value = config?.[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function flagOf(config: JsonObject | undefined, key: string): boolean {
  return config?.[key] === true;
}

export function textOf(config: JsonObject | undefined, key: string): string | undefined {
  const value = config?.[key];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A list of texts, or undefined where none is set: an empty one is a choice. */
export function listOf(config: JsonObject | undefined, key: string): string[] | undefined {
  const value = config?.[key];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : undefined;
}

export function allowedHostsOf(config: JsonObject | undefined): string[] {
  const value = config?.allowed_hosts ?? config?.host_allowlist;
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((host): host is string => typeof host === "string") : [];
}

/** Headers by name, each a secret reference. */
export function headersOf(config: JsonObject | undefined): Record<string, string> {
  const value = config?.headers;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(
    (each): each is [string, string] => typeof each[1] === "string",
  );
  return Object.fromEntries(entries);
}

/** A setting of `config` written or, with undefined, taken out; an empty object is no config at all. */
export function withSetting(
  config: JsonObject | undefined,
  key: string,
  value: JsonObject[string] | undefined,
): JsonObject | undefined {
  const { [key]: _, ...rest } = config ?? {};
  const next = value === undefined ? rest : { ...rest, [key]: value };
  return Object.keys(next).length > 0 ? next : undefined;
}
