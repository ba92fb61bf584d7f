import type { Route } from "./config";
import { type ConditionField, conditionFields } from "./route-condition";
import type { RouteFacts } from "./route-facts";
import { type EqualityMatcher, isEquality, type Matcher, matchersOf } from "./route-matcher";
import { normaliseList } from "./text";

/** A route with everything worked out that does not depend on the record. */
export type CompiledRoute = {
  route: Route;
  /** In the order they are told. */
  matchers: readonly Matcher[];
  /** The same, those that cost least first. */
  cheapestFirst: readonly Matcher[];
  /** What a match is called (contract 5.6). */
  reason: string;
  destinationIds: readonly string[];
  isShadow: boolean;
};

export type RouteTable = {
  /** In the order they are tried, disabled ones included. */
  ordered: readonly CompiledRoute[];
  /** Places in `ordered` of the enabled routes that could match, in order; the others certainly do not. */
  candidates: (facts: Pick<RouteFacts, "keys">) => readonly number[];
};

/** A table lives as long as the routes it was made of; nobody changes those, a change makes new ones. */
const tables = new WeakMap<readonly Route[], RouteTable>();

/** The table of a configuration's routes, made once for each list of routes. */
export function compileRoutes(routes: readonly Route[]): RouteTable {
  const known = tables.get(routes);
  if (known) return known;
  const ordered = inOrder(routes).map(compileRoute);
  const table = { ordered, candidates: candidateSearch(ordered) };
  tables.set(routes, table);
  return table;
}

/** Priority from high to low, then name, then id. */
export function inOrder(routes: readonly Route[]): Route[] {
  return [...routes].sort(
    (left, right) =>
      right.priority - left.priority ||
      compare(left.name, right.name) ||
      compare(left.routeId, right.routeId),
  );
}

function compileRoute(route: Route): CompiledRoute {
  const matchers = matchersOf(route);
  return {
    route,
    matchers,
    cheapestFirst: [...matchers].sort((left, right) => cost(left) - cost(right)),
    reason: matchReason(matchers),
    destinationIds: normaliseList(route.destinationIds),
    isShadow: route.mode === "shadow",
  };
}

/** Does everything the route asks for hold? */
export function holds({ cheapestFirst }: CompiledRoute, facts: RouteFacts): boolean {
  return cheapestFirst.every((matcher) => matcher.judge(facts) === "holds");
}

function cost({ op }: Matcher): number {
  switch (op) {
    case "equals":
    case "at_least":
    case "at_most":
      return 0;
    case "within":
      return 1;
    case "prefix":
      return 2;
    case "glob":
      return 3;
    case "regex":
      return 4;
  }
}

function matchReason(matchers: readonly Matcher[]): string {
  if (matchers.length === 0) return "catch_all_route";
  const used = new Set<string>(matchers.map((matcher) => matcher.name));
  const names = [...conditionFields, "active_windows"].filter((name) => used.has(name));
  return `matched_${names.join("_")}`;
}

/**
 * An index of one equality condition a route, the rarest it has: a record leads to the few routes whose key it carries,
 * and to those that have no such condition.
 */
function candidateSearch(ordered: readonly CompiledRoute[]): RouteTable["candidates"] {
  const enabled = ordered.flatMap((compiled, place) => (compiled.route.enabled ? [{ compiled, place }] : []));
  const frequency = new Map<string, number>();
  for (const { compiled } of enabled) {
    for (const matcher of compiled.matchers.filter(isEquality)) {
      for (const key of matcher.wants) {
        const name = `${matcher.name} ${key}`;
        frequency.set(name, (frequency.get(name) ?? 0) + 1);
      }
    }
  }
  const index = new Map<ConditionField, Map<string, number[]>>();
  const rest: number[] = [];
  for (const { compiled, place } of enabled) {
    const rarest = rarestOf(compiled.matchers.filter(isEquality), frequency);
    if (!rarest) rest.push(place);
    else for (const key of rarest.wants) placesOf(index, rarest.name, key).push(place);
  }
  return (facts) => {
    const found: number[] = [];
    for (const [field, byKey] of index) {
      for (const key of facts.keys(field)) found.push(...(byKey.get(key) ?? []));
    }
    if (found.length === 0) return rest;
    // A route that lists two tags of the record is found twice.
    return [...new Set([...found, ...rest])].sort((left, right) => left - right);
  };
}

function rarestOf(
  matchers: readonly EqualityMatcher[],
  frequency: ReadonlyMap<string, number>,
): EqualityMatcher | null {
  let best: { matcher: EqualityMatcher; shared: number } | null = null;
  for (const matcher of matchers) {
    const shared = matcher.wants.reduce(
      (sum, key) => sum + (frequency.get(`${matcher.name} ${key}`) ?? 0),
      0,
    );
    if (!best || shared < best.shared) best = { matcher, shared };
  }
  return best?.matcher ?? null;
}

function placesOf(
  index: Map<ConditionField, Map<string, number[]>>,
  field: ConditionField,
  key: string,
): number[] {
  const byKey = index.get(field) ?? new Map<string, number[]>();
  const places = byKey.get(key) ?? [];
  index.set(field, byKey.set(key, places));
  return places;
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
