import { storable } from "@/lib/domain/text";
import { builtInProfiles } from "@/lib/redaction/profiles";
import { redactJson } from "@/lib/redaction/redact-json";
import { redactText } from "@/lib/redaction/redact-text";
import { classifyKey } from "@/lib/redaction/secret-keys";

const { standard } = builtInProfiles;

/**
 * What somebody typed (names, reasons, notes, filters), with whatever looks like a secret taken out before a verb sees it:
 * people paste tokens into every field there is. A member that is there to carry a credential (`password`, `token`) is left
 * alone, whatever is in it; member names and numbers are too. Plain values and a copy: the input is not changed.
 */
export function withoutTypedSecrets<T>(input: T): T {
  return walk(input, isCredential) as T;
}

/** Every text of what another system said, whatever its member is called: shapes and names stay as they are. */
export function withoutHeardSecrets<T>(said: T): T {
  return walk(said, () => false) as T;
}

function walk(value: unknown, stays: (name: string) => boolean): unknown {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) return value.map((each) => walk(each, stays));
  if (value === null || typeof value !== "object") return value;
  const { constructor } = Object.getPrototypeOf(value) ?? { constructor: Object };
  if (constructor !== Object) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, stays(name) ? member : walk(member, stays)]),
  );
}

const isCredential = (name: string) => classifyKey(name) !== undefined;

/** The same for what goes out: nothing is meant to carry a credential there, so a member with a secret's name loses its value. */
export function withoutShownSecrets(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactJson(value, standard).value as Record<string, unknown>;
}

/** One text, for wherever something from outside goes on as words: problems, names from other systems. */
export function withoutSecrets(text: string): string {
  const { text: redacted, redactions } = redactText(text, standard);
  return redactions.length === 0 ? text : storable(redacted);
}
