import { RE2JS } from "re2js";
import type { Span } from "./spans";

export type CompiledPattern = { readonly kind: string; readonly expression: RE2JS };

/** What a source or a destination wants hidden. Secrets always are; a profile can only add to them. */
export type RedactionProfile = {
  readonly name: string;
  readonly pii: boolean;
  readonly ipAddresses?: boolean;
  readonly extraPatterns?: readonly CompiledPattern[];
};

export const builtInProfiles = {
  standard: { name: "standard", pii: false },
  strict: { name: "strict", pii: true },
} as const satisfies Record<string, RedactionProfile>;

export type ProfileResolution = {
  profile: RedactionProfile;
  reason: "named" | "unnamed" | "unknown_profile";
};

/** No name means the standard; a name nobody knows gets the strictest, and says so. */
export function resolveProfile(
  name: string | null | undefined,
  custom: readonly RedactionProfile[] = [],
): ProfileResolution {
  const wanted = name?.trim() ?? "";
  if (wanted === "") return { profile: builtInProfiles.standard, reason: "unnamed" };
  const known = [...Object.values<RedactionProfile>(builtInProfiles), ...custom];
  const profile = known.find((candidate) => candidate.name === wanted);
  return profile
    ? { profile, reason: "named" }
    : { profile: builtInProfiles.strict, reason: "unknown_profile" };
}

export type PatternSource = { name: string; pattern: string; ignoreCase?: boolean };
export type PatternProblem = {
  index: number;
  code: "bad_name" | "bad_syntax" | "too_long" | "too_many" | "matches_nothing";
  detail: string;
};
export type CompiledPatterns =
  | { ok: true; patterns: CompiledPattern[] }
  | { ok: false; problems: PatternProblem[] };

const patternCountMax = 50;
const patternLengthMax = 500;

/** Patterns people write run on RE2, whose time is linear in the text whatever they wrote. */
export function compilePatterns(sources: readonly PatternSource[]): CompiledPatterns {
  const patterns: CompiledPattern[] = [];
  const problems: PatternProblem[] = [];
  if (sources.length > patternCountMax) {
    return {
      ok: false,
      problems: [{ index: patternCountMax, code: "too_many", detail: `at most ${patternCountMax}` }],
    };
  }
  sources.forEach((source, index) => {
    const compiled = compilePattern(source);
    if ("expression" in compiled) patterns.push(compiled);
    else problems.push({ index, ...compiled });
  });
  return problems.length === 0 ? { ok: true, patterns } : { ok: false, problems };
}

function compilePattern(source: PatternSource): CompiledPattern | Omit<PatternProblem, "index"> {
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(source.name)) {
    return { code: "bad_name", detail: "lower-case letters, digits and underscores, at most 31" };
  }
  if (source.pattern.length > patternLengthMax)
    return { code: "too_long", detail: `at most ${patternLengthMax}` };
  try {
    const expression = RE2JS.compile(source.pattern, source.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    if (expression.matches("")) return { code: "matches_nothing", detail: "the pattern matches empty text" };
    return { kind: `custom_${source.name}`, expression };
  } catch (error) {
    return { code: "bad_syntax", detail: error instanceof Error ? error.message : "cannot be compiled" };
  }
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
