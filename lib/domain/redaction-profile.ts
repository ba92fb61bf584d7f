import { RE2JS } from "re2js";
import type { Destination, MonitorConfig, SafetyDefaults } from "./config";

/** What a profile may take out besides secrets. Secrets, keys and card numbers go under every profile. */
export const personalClasses = ["email", "phone_number", "iban", "ip_address"] as const;
export type PersonalClass = (typeof personalClasses)[number];

export type RedactionPattern = { name: string; pattern: string; ignoreCase?: boolean };

/** A profile that an admin wrote. `allowedValues` spare personal data and own patterns, never a secret. */
export type RedactionProfileRow = {
  profileId: string;
  personalData: PersonalClass[];
  patterns?: RedactionPattern[];
  allowedValues?: string[];
};

/** Profiles that are always there: secrets alone, and everything that is known. */
export const builtInRedactionProfiles = ["standard", "strict"] as const;
export const redactionPatternLengthMax = 500;

type Safety = Pick<SafetyDefaults, "redactionProfiles">;

/** A profile by its name: one that an admin wrote, one that is always there, or null for one that nobody made. */
export function findRedactionProfile(
  { redactionProfiles }: Safety,
  name: string,
): RedactionProfileRow | (typeof builtInRedactionProfiles)[number] | null {
  if (name === "standard" || name === "strict") return name;
  return redactionProfiles?.find(({ profileId }) => profileId === name) ?? null;
}

/** The name of the profile by which what goes to a destination is redacted: its own, else the default. */
export function outboundProfileName(
  { config }: Pick<Destination, "config">,
  { safetyDefaults }: Pick<MonitorConfig, "safetyDefaults">,
): string {
  const named = config?.redaction_profile;
  return (typeof named === "string" && named.trim()) || safetyDefaults.redactionProfile;
}

/**
 * What that profile does, as a value to be hashed into what an approval binds (D-06): a profile that was given other
 * rules is another one. null for the standard one, so that what was approved before profiles could be written still stands.
 */
export function outboundRules(
  destination: Pick<Destination, "config">,
  config: Pick<MonitorConfig, "safetyDefaults">,
): unknown {
  const name = outboundProfileName(destination, config);
  if (name === "standard") return null;
  const found = findRedactionProfile(config.safetyDefaults, name);
  // An unknown name gets every rule there is, so any of them is a part of it.
  return found ?? [name, config.safetyDefaults.redactionProfiles ?? []];
}

/** A destination with what its redaction does now: a profile with other rules makes it another destination (D-06). */
export function withOutboundRules(
  destination: Destination,
  config: Pick<MonitorConfig, "safetyDefaults">,
): Destination & { outboundRules?: unknown } {
  const rules = outboundRules(destination, config);
  return rules === null ? destination : { ...destination, outboundRules: rules };
}

export type PatternFault = {
  code: "bad_name" | "bad_syntax" | "too_long" | "matches_nothing" | "matches_words";
  message: string;
};

/** Ordinary words of a log line, each of which a pattern that is meant for something leaves alone. */
const ordinaryWords = ["failed", "orders", "timeout", "error in module", "2026", "GET /orders 200"];

/** Why a pattern cannot be used, or null. RE2's syntax: no look-around, no back-references, time linear in the text. */
export function patternFault(given: RedactionPattern): PatternFault | null {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(given.name)) {
    const message = "A name is made of lower-case letters, digits and underscores, at most 31.";
    return { code: "bad_name", message };
  }
  if (given.pattern.length > redactionPatternLengthMax) {
    return { code: "too_long", message: `A pattern has at most ${redactionPatternLengthMax} characters.` };
  }
  const expression = compilePattern(given);
  if (!expression) {
    return {
      code: "bad_syntax",
      message: "It cannot be read: RE2 syntax, without look-around and back-references.",
    };
  }
  if (given.pattern === "" || expression.matches("")) {
    return { code: "matches_nothing", message: "It matches an empty text, so it would match everywhere." };
  }
  if (ordinaryWords.every((text) => expression.matcher(text).find())) {
    return { code: "matches_words", message: "It matches ordinary words: nothing readable would be left." };
  }
  return null;
}

/** null: it cannot be read. */
export function compilePattern({ pattern, ignoreCase }: RedactionPattern): RE2JS | null {
  try {
    return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return null;
  }
}
