import type { JsonObject } from "./config";
import { isMaskedUrl } from "./config-mask";
import { triageModelFaults } from "./model-settings";

/** One or more ASCII letters, digits, `.`, `_`, `-`. */
export function isSlug(id: string): boolean {
  return /^[A-Za-z0-9._-]{1,200}$/.test(id);
}

/**
 * The written forms of a secret reference (D-33): `env:NAME`, `env://NAME`, `${env:NAME}`, bare `NAME`, `file:NAME`.
 * Whether the name may be read, and holds anything, is the resolver's to say.
 */
export function isSecretReference(reference: string): boolean {
  return secretForms.some((form) => form.test(reference));
}

const secretForms = [
  /^env:(?:\/\/)?[A-Z0-9_]{1,128}$/,
  /^\$\{env:[A-Z0-9_]{1,128}\}$/,
  /^[A-Z0-9_]{1,128}$/,
  /^file:[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/,
];

export type WebhookUrlCheck =
  | { ok: true; origin: string; insecure: boolean }
  | { ok: false; code: "url_invalid" | "url_scheme" | "url_credentials" | "url_masked" };

/** Syntax alone; where the address leads is checked when connecting. */
export function checkWebhookUrl(text: string): WebhookUrlCheck {
  if (isMaskedUrl(text)) return { ok: false, code: "url_masked" };
  if (!URL.canParse(text)) return { ok: false, code: "url_invalid" };
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return { ok: false, code: "url_scheme" };
  if (url.username !== "" || url.password !== "") return { ok: false, code: "url_credentials" };
  return { ok: true, origin: url.origin, insecure: url.protocol === "http:" };
}

/** An absolute POSIX path without `.`, `..` or doubled slashes; null when it is relative or climbs above the root. */
export function resolvePath(path: string): string | null {
  if (!path.startsWith("/")) return null;
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.pop() === undefined) return null;
  }
  return `/${kept.join("/")}`;
}

/** Is `path` below `root`, by name alone? Links are followed, and checked, when the file is opened. */
export function isInside(root: string, path: string): boolean {
  return path !== root && path.startsWith(root === "/" ? root : `${root}/`);
}

export type ModelPolicyFault = { path: string; message: string };

/** `default_model` and each of `role_models` name a provider and a model, `triage` what it may use; anything else is left alone. */
export function modelPolicyFaults(policy: JsonObject): ModelPolicyFault[] {
  const faults: ModelPolicyFault[] = [];
  if (isGiven(policy.default_model)) faults.push(...modelFaults("default_model", policy.default_model));
  const roles = policy.role_models;
  if (isGiven(roles) && !isObject(roles)) {
    faults.push({ path: "role_models", message: "must be an object of models by role" });
  } else if (isObject(roles)) {
    for (const [role, model] of Object.entries(roles))
      faults.push(...modelFaults(`role_models.${role}`, model));
  }
  return [...faults, ...triageModelFaults(policy.triage)];
}

function modelFaults(path: string, model: unknown): ModelPolicyFault[] {
  if (!isObject(model)) return [{ path, message: "must be an object with provider_id and model_id" }];
  return ["provider_id", "model_id"]
    .filter((field) => typeof model[field] !== "string" || model[field].trim() === "")
    .map((field) => ({ path: `${path}.${field}`, message: "must be a text that is not blank" }));
}

const isGiven = (value: unknown) => value !== undefined && value !== null;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
