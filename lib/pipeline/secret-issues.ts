import type { Issue } from "@/lib/domain/config-issue";
import { builtInProfiles } from "@/lib/redaction/profiles";
import { redactJson } from "@/lib/redaction/redact-json";
import { redactText } from "@/lib/redaction/redact-text";

const { standard } = builtInProfiles;

/** Receivers put tokens into a webhook's address: it is shown to those alone who may configure (config-mask.ts). */
const exempt: ReadonlySet<string> = new Set(["webhookUrl"]);
/** An expression that looks for secrets reads like one to the rules that go by a name: `password=\\S+`. */
const patterns: ReadonlySet<string> = new Set(["ignorePatterns", "triggerPatterns", "values"]);
const byName: ReadonlySet<string> = new Set(
  "password secret token authorization api_key cookie credential code signature".split(" "),
);
const reference = /^(?:env:|file:|\$\{env:)|^[A-Z0-9_]{1,128}$|^$/;

type Found = { path: string; text: string };

/**
 * Secrets that a setting would keep for everybody who may read it: pasted into names, notes, tags, templates, or as a value
 * where a reference belongs. Named by their place alone, in the wire's words, at most 20. What was stored before is not held
 * against a new change.
 */
export function secretIssues(given: object, stored: object = {}): Issue[] {
  const found = secretsOf(given);
  if (found.length === 0) return [];
  const before = new Set(secretsOf(stored).map((each) => each.text));
  const message =
    "This looks like a secret. Keep it on the host and give its reference: env:NAME or file:NAME.";
  return found
    .filter(({ text }) => !before.has(text))
    .slice(0, 20)
    .map(({ path }) => ({ path, code: "looks_secret", message }));
}

function secretsOf(value: object): Found[] {
  const found: Found[] = [];
  walk(value, "", "", found);
  return found;
}

function walk(value: unknown, path: string, name: string, found: Found[]): void {
  if (exempt.has(name)) return;
  if (typeof value === "string") {
    if (isSecret(value, name)) found.push({ path, text: value });
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => walk(each, `${path}[${index}]`, name, found));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const safeKey = redactText(key, standard).text;
      const place = below(path, safeKey);
      if (safeKey !== key) found.push({ path: place, text: key });
      else walk(member, place, key, found);
    }
  }
}

function isSecret(text: string, name: string): boolean {
  const { redactions } = redactText(text, standard);
  if (redactions.some(({ kind }) => !patterns.has(name) || !byName.has(kind))) return true;
  if (patterns.has(name) || reference.test(text.trim())) return false;
  return redactJson({ [name]: text }, standard).redactions.length > 0;
}

/** In the wire's words; members of free objects are snake_case already. */
function below(path: string, key: string): string {
  const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return path === "" ? name : `${path}.${name}`;
}
