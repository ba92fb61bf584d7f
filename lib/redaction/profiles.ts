import type { RE2JS } from "re2js";
import type { SafetyDefaults } from "@/lib/domain/config";
import {
  compilePattern,
  findRedactionProfile,
  type PersonalClass,
  personalClasses,
  type RedactionPattern,
  type RedactionProfileRow,
} from "@/lib/domain/redaction-profile";
import type { Span } from "./spans";

export type CompiledPattern = { readonly kind: string; readonly expression: RE2JS };

/** What a source or a destination wants hidden. Secrets always are; a profile can only add to them. */
export type RedactionProfile = {
  readonly name: string;
  readonly personalData: readonly PersonalClass[];
  readonly extraPatterns?: readonly CompiledPattern[];
  /** In lower case. Spared by personal data and own patterns, never by the rules for secrets. */
  readonly allowedValues?: ReadonlySet<string>;
};

export const builtInProfiles = {
  standard: { name: "standard", personalData: [] },
  strict: { name: "strict", personalData: personalClasses },
} as const satisfies Record<string, RedactionProfile>;

export type ProfileResolution = {
  profile: RedactionProfile;
  /** `broken_profile`: a pattern of it cannot be read any more. */
  reason: "named" | "unnamed" | "unknown_profile" | "broken_profile";
};

type Safety = Pick<SafetyDefaults, "redactionProfiles">;

/**
 * No name means the standard. A name nobody knows, or a profile that cannot be run, gets the strictest there is: every
 * class and every pattern of every profile, nothing spared; and says so.
 */
export function resolveProfile(name: string | null | undefined, safety: Safety): ProfileResolution {
  const wanted = name?.trim() ?? "";
  if (wanted === "") return { profile: builtInProfiles.standard, reason: "unnamed" };
  const found = findRedactionProfile(safety, wanted);
  if (found === "standard" || found === "strict") return { profile: builtInProfiles[found], reason: "named" };
  if (!found) return { profile: strictest(safety), reason: "unknown_profile" };
  const profile = compiledProfile(found);
  return profile ? { profile, reason: "named" } : { profile: strictest(safety), reason: "broken_profile" };
}

/** As `resolveProfile`, for whom it makes no difference why. */
export function profileNamed(name: string | null | undefined, safety: Safety): RedactionProfile {
  return resolveProfile(name, safety).profile;
}

/** Rows are read anew with each configuration, and mean the same: compiled once for what they say. */
const compiled = new Map<string, RedactionProfile | null>();
const compiledMax = 200;

function compiledProfile(row: RedactionProfileRow): RedactionProfile | null {
  const key = JSON.stringify(row);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  if (compiled.size >= compiledMax) compiled.clear();
  const patterns = compilePatterns(row.patterns ?? []);
  const profile = patterns && {
    name: row.profileId,
    personalData: row.personalData,
    extraPatterns: patterns,
    allowedValues: new Set((row.allowedValues ?? []).map((value) => value.toLowerCase())),
  };
  compiled.set(key, profile);
  return profile;
}

function compilePatterns(rows: readonly RedactionPattern[]): CompiledPattern[] | null {
  const patterns = rows.flatMap((row): CompiledPattern[] => {
    const expression = compilePattern(row);
    return expression ? [{ kind: `custom_${row.name}`, expression }] : [];
  });
  return patterns.length === rows.length ? patterns : null;
}

function strictest({ redactionProfiles }: Safety): RedactionProfile {
  const all = (redactionProfiles ?? []).flatMap((row) => compiledProfile(row)?.extraPatterns ?? []);
  return all.length === 0 ? builtInProfiles.strict : { ...builtInProfiles.strict, extraPatterns: all };
}

export function findCustom(text: string, patterns: readonly CompiledPattern[]): Span[] {
  const spans: Span[] = [];
  for (const { kind, expression } of patterns) {
    const matcher = expression.matcher(text);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) spans.push({ start: matcher.start(), end: matcher.end(), kind });
    }
  }
  return spans;
}

/** Which rules a marker's kind belongs to. */
export function findingRule(kind: string): "secret" | "personal_data" | "pattern" {
  if (kind.startsWith("custom_")) return "pattern";
  return personalClasses.some((each) => each === kind) ? "personal_data" : "secret";
}

/** Whether a profile spares what was found: the value itself, or an address of a domain that is written `@domain`. */
export function isAllowed(value: string, allowed: ReadonlySet<string>): boolean {
  const lowered = value.toLowerCase();
  const at = lowered.lastIndexOf("@");
  return allowed.has(lowered) || (at > 0 && allowed.has(lowered.slice(at)));
}
