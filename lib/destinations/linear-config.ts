import type { Destination, JsonObject } from "@/lib/domain/config";
import { filesOverMcp } from "@/lib/domain/issue-way";
import { type Reason, reason } from "@/lib/domain/reason";
import { checkUrl, type UrlPolicy } from "@/lib/net/url-policy";
import type { AdapterContext } from "./destination";
import { templateProblems } from "./issue-template";

export type LinearConfig = {
  /** Key (`SHOP`) or name of the team, and name or slug id of the project, as Linear shows them. */
  team: string;
  project: string;
  apiUrl: string;
  policy: UrlPolicy;
  keyReference: string;
  labels: string[];
  titlePrefix: string;
  bodyTemplate: string;
  timeoutMs: number;
  /** What is wrong with the row itself; such a destination is not ready. */
  problems: Reason[];
};

export const defaultLinearUrl = "https://api.linear.app/graphql";
const defaultLabels = ["incident-monitor"];

/**
 * `linear_team`, `linear_project` and, of `config`: api_key_ref; api_url; labels; title_prefix; body_template; timeout_ms;
 * allow_insecure_http; allow_private_networks.
 */
export function readLinearConfig(
  destination: Destination,
  privateNetworks: readonly string[] = [],
): LinearConfig {
  const config = destination.config ?? {};
  const problems: Reason[] = [];
  const team = readName(destination.linearTeam, "linear_team", "No Linear team is set.", problems);
  const project = readName(
    destination.linearProject,
    "linear_project",
    "No Linear project is set.",
    problems,
  );
  const bodyTemplate = readText(config, "body_template", 8_000, problems);
  problems.push(...templateProblems(bodyTemplate));
  const keyReference = readText(config, "api_key_ref", 200, problems);
  if (keyReference === "" && !filesOverMcp(destination)) {
    const words = "No Linear API key is set: give config.api_key_ref (env:NAME or file:NAME).";
    problems.push(reason("api_key_ref_missing", words));
  }
  return {
    ...{ team, project, keyReference, bodyTemplate },
    apiUrl: readText(config, "api_url", 500, problems) || defaultLinearUrl,
    policy: {
      // Only a real `true` opens anything; "true" or 1 in a hand-edited config does not.
      allowInsecureHttp: config.allow_insecure_http === true,
      allowPrivateNetworks: config.allow_private_networks === true,
      allowedHosts: [],
      privateNetworks,
    },
    labels: readLabels(config, problems),
    titlePrefix: readText(config, "title_prefix", 60, problems),
    timeoutMs: readTimeout(config.timeout_ms),
    problems,
  };
}

/** Everything that stands in the way, without asking the network. */
export function linearReadiness(
  destination: Destination,
  context: Pick<AdapterContext, "resolveSecret" | "privateNetworks">,
): Reason[] {
  const config = readLinearConfig(destination, context.privateNetworks);
  const missing = [...config.problems];
  const verdict = checkUrl(config.apiUrl, config.policy);
  if (!verdict.ok) missing.push(...verdict.reasons);
  if (config.keyReference !== "") {
    const key = readLinearKey(config.keyReference, context);
    if (!key.ok) missing.push(key.reason);
  }
  return missing;
}

export function readLinearKey(
  reference: string,
  context: Pick<AdapterContext, "resolveSecret">,
): { ok: true; key: string } | { ok: false; reason: Reason } {
  const resolved = context.resolveSecret(reference);
  if (!resolved.ok) return resolved;
  const key = resolved.values[0]?.trim() ?? "";
  if (/^[\x21-\x7e]{1,1024}$/.test(key)) return { ok: true, key };
  const words = "The secret behind config.api_key_ref is not a Linear API key.";
  return { ok: false, reason: reason("api_key_malformed", words) };
}

function readName(given: string | undefined, field: string, missing: string, problems: Reason[]): string {
  const name = given?.trim() ?? "";
  if (name === "") problems.push(reason(`${field}_missing`, missing));
  else if (name.length > 200 || /\p{Cc}/u.test(name)) {
    problems.push(reason(`${field}_malformed`, `${field} is not a name.`));
  }
  return name;
}

function readText(config: JsonObject, key: string, lengthMax: number, problems: Reason[]): string {
  const value = config[key];
  if (value === undefined || value === null) return "";
  if (typeof value === "string" && value.length <= lengthMax) return value.trim();
  problems.push(reason(`${key}_malformed`, `config.${key} is not text of at most ${lengthMax} characters.`));
  return "";
}

function readLabels(config: JsonObject, problems: Reason[]): string[] {
  const value = config.labels;
  if (value === undefined || value === null) return defaultLabels;
  const isLabels =
    Array.isArray(value) &&
    value.length <= 20 &&
    value.every((each) => typeof each === "string" && /^[^\p{Cc}]{1,80}$/u.test(each.trim()));
  if (isLabels) return [...new Set(value.map((each) => String(each).trim()))];
  problems.push(reason("labels_malformed", "config.labels is not a list of at most 20 label names."));
  return [];
}

function readTimeout(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return 10_000;
  return Math.min(15_000, Math.max(250, Math.round(value)));
}
