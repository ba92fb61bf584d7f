import { RE2JS } from "re2js";
import { canonicalJson } from "./canonical-json";
import type { Fingerprint, IdentityPart } from "./fingerprint";
import type { SightingAttribute } from "./sighting";

/** Parts that a rule may leave out of an identity. */
export const ignorableParts = ["template", "cause", "frames", "event", "component", "file"] as const;
export type IgnorablePart = (typeof ignorableParts)[number];

/** What must hold of an identity for a rule to touch it; all that is said. Nothing said: every identity of the project. */
export type GroupingMatch = {
  type?: string;
  event?: string;
  component?: string;
  /** RE2, found anywhere in the message's template. */
  message?: string;
};

export type GroupingEffect =
  | { kind: "ignore"; parts: IgnorablePart[] }
  /** RE2 over the message's template: what it finds counts as one and the same. */
  | { kind: "variable"; pattern: string }
  | { kind: "add"; attribute: SightingAttribute }
  | { kind: "group"; key: string };

/** Changes the identities of one project; `projectId` null: of what belongs to none. */
export type IdentityRule = {
  kind: "identity";
  projectId: string | null;
  match: GroupingMatch;
  effect: GroupingEffect;
};

/** Sightings of one identity that have this value are another incident. */
export type SplitRule = {
  kind: "split";
  scopeKey: string;
  version: number;
  fingerprint: string;
  attribute: SightingAttribute;
  value: string;
};

export type GroupingRule = IdentityRule | SplitRule;

type CompiledRule = { holds: (parts: readonly IdentityPart[]) => boolean; apply: Apply };
type Apply = (parts: IdentityPart[], facts: SightingFacts) => IdentityPart[];
export type SightingFacts = Readonly<Record<string, string>>;

/** Rules made ready once for many sightings. */
export type Grouping = {
  /** By project; the empty string for what belongs to none. */
  identity: ReadonlyMap<string, readonly CompiledRule[]>;
  /** By scope, version and fingerprint. */
  splits: ReadonlyMap<string, readonly SplitRule[]>;
};

export const noGrouping: Grouping = { identity: new Map(), splits: new Map() };

/** In the order in which they were applied. @throws never: a pattern that is not one finds nothing. */
export function compileGrouping(rules: readonly GroupingRule[]): Grouping {
  const identity = new Map<string, CompiledRule[]>();
  const splits = new Map<string, SplitRule[]>();
  for (const rule of rules) {
    if (rule.kind === "split") add(splits, splitKey(rule.scopeKey, rule.version, rule.fingerprint), rule);
    else add(identity, rule.projectId ?? "", { holds: matcherOf(rule.match), apply: effectOf(rule.effect) });
  }
  return { identity, splits };
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const held = map.get(key);
  if (held) held.push(value);
  else map.set(key, [value]);
}

const splitKey = (scopeKey: string, version: number, value: string) => `${scopeKey}\n${version}\n${value}`;

export type Regrouped = Pick<Fingerprint, "value" | "parts">;

/**
 * The identity of a sighting under the rules. One that no rule touches keeps its fingerprint, so that its incident goes on.
 */
export function regroup(
  fingerprint: Pick<Fingerprint, "version" | "value" | "parts">,
  place: { projectId: string | null; scopeKey: string },
  facts: SightingFacts,
  { identity, splits }: Grouping,
  sha256: (text: string) => string,
): Regrouped {
  let { parts, value } = fingerprint;
  const rules = identity.get(place.projectId ?? "");
  if (rules) {
    const before = parts;
    for (const rule of rules) if (rule.holds(parts)) parts = rule.apply(parts, facts);
    if (parts !== before) value = hashOf(parts, fingerprint.version, sha256);
  }
  if (splits.size > 0) {
    const split = splits
      .get(splitKey(place.scopeKey, fingerprint.version, value))
      ?.find((each) => facts[each.attribute] === each.value);
    if (split) {
      parts = [...parts, splitPart(split)];
      value = hashOf(parts, fingerprint.version, sha256);
    }
  }
  return { parts, value };
}

const hashOf = (parts: readonly IdentityPart[], version: number, sha256: (text: string) => string) =>
  sha256(canonicalJson({ parts, v: version }));

export const splitPart = ({ attribute, value }: Pick<SplitRule, "attribute" | "value">): IdentityPart => ({
  name: "split",
  value: `${attribute}=${value}`,
});

/** The identity of what a split takes out of an incident. */
export function splitIdentity(
  of: Pick<Fingerprint, "version" | "parts">,
  split: Pick<SplitRule, "attribute" | "value">,
  sha256: (text: string) => string,
): Regrouped {
  const parts = [...of.parts, splitPart(split)];
  return { parts, value: hashOf(parts, of.version, sha256) };
}

function matcherOf(match: GroupingMatch): CompiledRule["holds"] {
  const pattern = match.message ? compiled(match.message) : null;
  if (match.message && !pattern) return () => false;
  return (parts) =>
    (match.type === undefined || partOf(parts, "type") === match.type) &&
    (match.event === undefined || partOf(parts, "event") === match.event.toLowerCase()) &&
    (match.component === undefined || partOf(parts, "component") === match.component) &&
    (pattern === null || pattern.matcher(partOf(parts, "template") ?? "").find());
}

const partOf = (parts: readonly IdentityPart[], name: IdentityPart["name"]) =>
  parts.find((part) => part.name === name)?.value;

function effectOf(effect: GroupingEffect): Apply {
  switch (effect.kind) {
    case "ignore": {
      const ignored: ReadonlySet<string> = new Set(effect.parts);
      return (parts) => {
        const kept = parts.filter((part) => !ignored.has(part.name));
        // An identity of nothing would be one with everything.
        return kept.length === 0 || kept.length === parts.length ? parts : kept;
      };
    }
    case "variable": {
      const pattern = compiled(effect.pattern);
      if (!pattern) return (parts) => parts;
      return (parts) => {
        const template = partOf(parts, "template");
        if (template === undefined) return parts;
        const value = pattern.matcher(template).replaceAll("<any>", true);
        return value === template ? parts : parts.map((p) => (p.name === "template" ? { ...p, value } : p));
      };
    }
    case "add":
      return (parts, facts) => {
        const value = facts[effect.attribute];
        if (value === undefined) return parts;
        return withPart(parts, { name: "attribute", value: `${effect.attribute}=${value}` });
      };
    case "group":
      return (parts) => [{ name: "group", value: effect.key }, ...parts.filter(isSplit)];
  }
}

const isSplit = (part: IdentityPart) => part.name === "split";

/** What was split off stays behind everything else: at intake it is added last. */
const withPart = (parts: readonly IdentityPart[], added: IdentityPart) => [
  ...parts.filter((part) => !isSplit(part)),
  added,
  ...parts.filter(isSplit),
];

function compiled(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

export type GroupingIssue = { field: string; message: string };

const patternMax = 300;
const keyMax = 200;

/** What a person has to mend before a rule can be tried. */
export function groupingIssues({ match, effect }: Pick<IdentityRule, "match" | "effect">): GroupingIssue[] {
  const issues: GroupingIssue[] = [];
  const pattern = (field: string, text: string) => {
    if (text.length > patternMax) issues.push({ field, message: `At most ${patternMax} characters` });
    else if (text.trim() === "" || !compiled(text))
      issues.push({ field, message: "This is no regular expression (RE2 syntax)" });
    else if (compiled(text)?.matcher("").find())
      issues.push({ field, message: "It finds nothing as well: it would hold everywhere" });
  };
  if (match.message !== undefined) pattern("match.message", match.message);
  const says = Object.values(match).some((value) => value !== undefined);
  switch (effect.kind) {
    case "ignore":
      if (effect.parts.length === 0)
        issues.push({ field: "effect.parts", message: "Name at least one part" });
      break;
    case "variable":
      pattern("effect.pattern", effect.pattern);
      break;
    case "group":
      if (effect.key.trim() === "" || effect.key.length > keyMax)
        issues.push({ field: "effect.key", message: `Between 1 and ${keyMax} characters` });
      if (!says)
        issues.push({ field: "match", message: "Say what it holds for, or all failures become one" });
      break;
    case "add":
      break;
  }
  return issues;
}
