import { fieldRules } from "./route-facts";
import { isEquality, type Matcher } from "./route-matcher";
import type { CompiledRoute } from "./route-table";

/*
 * What can be said of two routes for every record there could be, without trying any. Both answers are sound and
 * conservative: a yes is certain, a no means that it is not known.
 */

/** Does whatever matches `narrow` match `wide` as well? */
export function takesAllOf(wide: CompiledRoute, narrow: CompiledRoute): boolean {
  // Asked for each pair of a table: loops, since the closures would cost more than the comparisons.
  for (const asked of wide.matchers) {
    let implied = false;
    for (const given of narrow.matchers) implied ||= implies(given, asked);
    if (!implied) return false;
  }
  return true;
}

/** Is there no record that matches both? */
export function neverBoth(one: CompiledRoute, other: CompiledRoute): boolean {
  return one.matchers.some((matcher) =>
    other.matchers.some((against) => excludes(matcher, against) || excludes(against, matcher)),
  );
}

/** If `given` holds, does `asked` hold too? */
function implies(given: Matcher, asked: Matcher): boolean {
  if (given.name !== asked.name || !given.valid || !asked.valid) return false;
  if (given.op === "within" || asked.op === "within") return isPart(given.wants, asked.wants);
  if (given.negated && asked.negated) return metImplies(asked, given);
  if (!given.negated && !asked.negated) return metImplies(given, asked);
  return asked.negated && excludes(given, { ...asked, negated: false });
}

/** The same of two conditions as if neither were negated. */
function metImplies(given: Matcher, asked: Matcher): boolean {
  const { meets } = asked;
  // An expression looks at what was written, not at keys: only another expression of the same words implies it.
  if (given.op === "equals") return meets !== null && given.wants.every(meets);
  if (given.op !== asked.op) return false;
  switch (given.op) {
    case "at_least":
      return bound(given) >= bound(asked);
    case "at_most":
      return bound(given) <= bound(asked);
    case "prefix":
      return given.wants.every((start) => asked.wants.some((wider) => start.startsWith(wider)));
    default:
      return isPart(given.wants, asked.wants);
  }
}

/** `given` names the values there are; none of them is what `asked` takes. Tags are several: others may be there too. */
function excludes(given: Matcher, asked: Matcher): boolean {
  if (!isEquality(given) || !given.valid || given.name !== asked.name) return false;
  const { meets, negated } = asked;
  if (meets === null || given.name === "route_tags") return false;
  return given.wants.every((key) => meets(key) === negated);
}

function bound({ name, wants }: Matcher): number {
  const rank = name === "active_windows" ? undefined : fieldRules[name].rank;
  return rank?.(wants[0] ?? "") ?? 0;
}

const isPart = (part: readonly string[], whole: readonly string[]) =>
  part.every((one) => whole.includes(one));
