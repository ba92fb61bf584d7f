import { createPrivateKey } from "node:crypto";
import { type Destination, type JsonObject, unassignedRepo } from "@/lib/domain/config";
import { filesOverMcp } from "@/lib/domain/issue-way";
import { type Reason, reason } from "@/lib/domain/reason";
import { checkUrl, type UrlPolicy } from "@/lib/net/url-policy";
import type { AdapterContext } from "./destination";
import { templateProblems } from "./issue-template";

/** How GitHub is signed in to; references, never values. */
export type GithubAuth =
  | { kind: "token"; reference: string }
  | { kind: "app"; appId: string; installationId: string; keyReference: string };

/** The values behind it, read anew for each call. */
export type GithubCredentials =
  | { kind: "token"; token: string }
  | { kind: "app"; appId: string; installationId: string; privateKey: string };

export type GithubConfig = {
  owner: string;
  repo: string;
  /** `owner/repo`, as people and receipts name the target. */
  slug: string;
  /** No slash at its end. */
  apiBaseUrl: string;
  /** Where the issues' pages are: https://github.com, or the Enterprise Server's own origin. */
  webOrigin: string;
  policy: UrlPolicy;
  /** null where it is not set up, and where an MCP server files the issues. */
  auth: GithubAuth | null;
  labels: string[];
  assignees: string[];
  titlePrefix: string;
  bodyTemplate: string;
  timeoutMs: number;
  /** What is wrong with the row itself; such a destination is not ready. */
  problems: Reason[];
};

const defaultApiBaseUrl = "https://api.github.com";
const defaultLabels = ["incident-monitor"];

/**
 * `repo` and, of `config`: token_ref, or app_id + installation_id + private_key_ref; api_base_url; labels; assignees;
 * title_prefix; body_template; timeout_ms; allow_insecure_http; allow_private_networks.
 */
export function readGithubConfig(
  destination: Destination,
  privateNetworks: readonly string[] = [],
): GithubConfig {
  const config = destination.config ?? {};
  const problems: Reason[] = [];
  const slug = destination.repo?.trim() ?? "";
  const [owner = "", repo = ""] = slug.split("/");
  problems.push(...repoProblems(slug));
  const policy: UrlPolicy = {
    // Only a real `true` opens anything; "true" or 1 in a hand-edited config does not.
    allowInsecureHttp: config.allow_insecure_http === true,
    allowPrivateNetworks: config.allow_private_networks === true,
    allowedHosts: [],
    privateNetworks,
  };
  const api = readApiBaseUrl(config, problems);
  return {
    owner,
    repo,
    slug,
    ...api,
    policy,
    auth: filesOverMcp(destination) ? null : readAuth(config, problems),
    labels: readNames(config, "labels", /^[^\p{Cc}]{1,50}$/u, 20, problems) ?? defaultLabels,
    assignees: readNames(config, "assignees", /^[A-Za-z0-9-]{1,39}(\[bot\])?$/, 10, problems) ?? [],
    titlePrefix: readText(config, "title_prefix", 60, problems),
    bodyTemplate: readTemplate(config, problems),
    timeoutMs: readTimeout(config),
    problems,
  };
}

/** Everything that stands in the way, without asking the network. */
export function githubReadiness(
  destination: Destination,
  context: Pick<AdapterContext, "resolveSecret" | "privateNetworks">,
): Reason[] {
  const config = readGithubConfig(destination, context.privateNetworks);
  const missing = [...config.problems];
  if (config.apiBaseUrl !== "") {
    const verdict = checkUrl(config.apiBaseUrl, config.policy);
    if (!verdict.ok) missing.push(...verdict.reasons);
  }
  if (config.auth) {
    const credentials = readGithubCredentials(config.auth, context);
    if (!credentials.ok) missing.push(credentials.reason);
  }
  return missing;
}

export function readGithubCredentials(
  auth: GithubAuth,
  context: Pick<AdapterContext, "resolveSecret">,
): { ok: true; credentials: GithubCredentials } | { ok: false; reason: Reason } {
  const resolved = context.resolveSecret(auth.kind === "token" ? auth.reference : auth.keyReference);
  if (!resolved.ok) return resolved;
  const value = resolved.values[0]?.trim() ?? "";
  if (auth.kind === "token") {
    if (/^[\x21-\x7e]{1,1024}$/.test(value))
      return { ok: true, credentials: { kind: "token", token: value } };
    return refuse("token_malformed", "The secret behind config.token_ref is not a GitHub token.");
  }
  // Keys kept in an environment variable are often written on one line.
  const privateKey = value.replaceAll("\\n", "\n");
  if (!isRsaKey(privateKey)) {
    const words = "The secret behind config.private_key_ref is not an RSA private key in PEM form.";
    return refuse("private_key_malformed", words);
  }
  const { appId, installationId } = auth;
  return { ok: true, credentials: { kind: "app", appId, installationId, privateKey } };
}

function refuse(code: string, message: string): { ok: false; reason: Reason } {
  return { ok: false, reason: reason(code, message) };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

function repoProblems(slug: string): Reason[] {
  if (slug === "" || slug === unassignedRepo) {
    return [reason("repo_missing", "No GitHub repository is set: give it as owner/repo.")];
  }
  // Dots alone would climb out of the API's path.
  const isSlug = /^[A-Za-z0-9-]{1,100}\/[A-Za-z0-9._-]{1,100}$/.test(slug) && !/\/\.{1,2}$/.test(slug);
  return isSlug ? [] : [reason("repo_malformed", "The GitHub repository must be owner/repo.")];
}

function readApiBaseUrl(
  config: JsonObject,
  problems: Reason[],
): Pick<GithubConfig, "apiBaseUrl" | "webOrigin"> {
  const given = config.api_base_url;
  if (given === undefined || given === null || given === "") {
    return { apiBaseUrl: defaultApiBaseUrl, webOrigin: "https://github.com" };
  }
  const unusable = { apiBaseUrl: "", webOrigin: "" };
  if (typeof given !== "string" || !URL.canParse(given.trim())) {
    problems.push(reason("api_base_url_malformed", "config.api_base_url is not a URL."));
    return unusable;
  }
  const text = given.trim();
  const url = new URL(text);
  if (/[?#]/.test(text)) {
    problems.push(reason("api_base_url_malformed", "config.api_base_url must end with its path."));
    return unusable;
  }
  if (/^(www\.)?github\.com$/.test(url.hostname)) {
    const words = `config.api_base_url is GitHub's site, not its API: use ${defaultApiBaseUrl}.`;
    problems.push(reason("api_base_url_not_an_api", words));
    return unusable;
  }
  return { apiBaseUrl: text.replace(/\/+$/, ""), webOrigin: `${url.protocol}//${webHost(url)}` };
}

/** github.com and ghe.com keep their API on a host of its own; an Enterprise Server answers on one. */
function webHost(url: URL): string {
  const isSplit = url.hostname === "api.github.com" || /^api\.[^.]+\.ghe\.com$/.test(url.hostname);
  return isSplit ? url.host.replace(/^api\./, "") : url.host;
}

function readAuth(config: JsonObject, problems: Reason[]): GithubAuth | null {
  const text = (key: string) => {
    const value = config[key];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  };
  const reference = text("token_ref");
  const app = {
    app_id: text("app_id"),
    installation_id: text("installation_id"),
    private_key_ref: text("private_key_ref"),
  };
  const missing = Object.entries(app).filter(([, value]) => value === "");
  if (reference !== "" && missing.length < 3) {
    const words = "config has both token_ref and GitHub App settings: keep one of them.";
    problems.push(reason("github_auth_twice", words));
    return null;
  }
  if (reference !== "") return { kind: "token", reference };
  if (missing.length === 3) {
    const words = "No GitHub token is set: give config.token_ref (env:NAME or file:NAME), or a GitHub App.";
    problems.push(reason("token_ref_missing", words));
    return null;
  }
  for (const [key] of missing) {
    problems.push(reason(`${key}_missing`, `The GitHub App needs config.${key}.`));
  }
  if (app.app_id !== "" && !/^[A-Za-z0-9._-]{1,64}$/.test(app.app_id)) {
    problems.push(reason("app_id_malformed", "config.app_id is not the id of a GitHub App."));
  }
  if (app.installation_id !== "" && !/^[1-9]\d{0,14}$/.test(app.installation_id)) {
    problems.push(reason("installation_id_malformed", "config.installation_id is not a number."));
  }
  if (missing.length > 0) return null;
  const { app_id: appId, installation_id: installationId, private_key_ref: keyReference } = app;
  return { kind: "app", appId, installationId, keyReference };
}

function readNames(
  config: JsonObject,
  key: string,
  form: RegExp,
  countMax: number,
  problems: Reason[],
): string[] | null {
  const value = config[key];
  if (value === undefined || value === null) return null;
  const isList = Array.isArray(value) && value.every((each) => typeof each === "string");
  const names = isList ? [...new Set(value.map((each) => each.trim()))] : [];
  if (!isList || names.length > countMax || !names.every((name) => form.test(name))) {
    const words = `config.${key} is not a list of at most ${countMax} ${key} as GitHub names them.`;
    problems.push(reason(`${key}_malformed`, words));
    return [];
  }
  return names;
}

function readText(config: JsonObject, key: string, max: number, problems: Reason[]): string {
  const value = config[key] ?? "";
  if (typeof value === "string" && value.length <= max && !/\p{Cc}/u.test(value)) return value.trim();
  problems.push(reason(`${key}_malformed`, `config.${key} is not a line of at most ${max} characters.`));
  return "";
}

function readTemplate(config: JsonObject, problems: Reason[]): string {
  const value = config.body_template ?? "";
  if (typeof value !== "string") {
    problems.push(reason("body_template_malformed", "config.body_template is not text."));
    return "";
  }
  problems.push(...templateProblems(value));
  return value;
}

function readTimeout({ timeout_ms }: JsonObject): number {
  if (typeof timeout_ms !== "number" || !Number.isFinite(timeout_ms)) return 10_000;
  return Math.min(Math.max(Math.round(timeout_ms), 1_000), 60_000);
}
