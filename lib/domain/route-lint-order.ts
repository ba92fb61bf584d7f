import type { PlacedRoute, RouteFinding } from "./route-lint";
import { neverBoth } from "./route-overlap";

/**
 * Routes whose order, or whose name, says less than people read into it. The order among routes of one priority is that
 * of their names, and of their ids where the names are the same too.
 */
export function lintOrder(ordered: readonly PlacedRoute[]): RouteFinding[] {
  const byName = new Map<string, PlacedRoute>();
  const findings: RouteFinding[] = [];
  ordered.forEach((placed, index) => {
    const { route } = placed.compiled;
    const namesake = byName.get(route.name);
    if (!namesake) byName.set(route.name, placed);
    else findings.push(namesakes(namesake, placed));
    // Only the next one of the same priority: one finding a pair of neighbours, not one for all pairs.
    const next = ordered[index + 1];
    if (!next || next.compiled.route.priority !== route.priority || next.compiled.route.name === route.name)
      return;
    if (neverBoth(placed.compiled, next.compiled)) return;
    const message = `${route.name} and ${next.compiled.route.name} share priority ${route.priority}: their names decide which is tried first.`;
    findings.push({
      ...{ code: "priority_shared", severity: "info", message, path: `${next.path}.priority` },
      ...{ routeId: next.compiled.route.routeId, otherRouteId: route.routeId },
    });
  });
  return findings;
}

function namesakes(first: PlacedRoute, second: PlacedRoute): RouteFinding {
  const [one, other] = [first.compiled.route, second.compiled.route];
  const about = { path: `${second.path}.name`, routeId: other.routeId, otherRouteId: one.routeId };
  if (one.priority === other.priority && !neverBoth(first.compiled, second.compiled)) {
    const message = `Two routes called ${one.name} share priority ${one.priority}: only their ids decide which is tried first.`;
    return { ...about, code: "order_ambiguous", severity: "warning", message };
  }
  const message = `Two routes are called ${one.name}: a trace or a receipt does not tell them apart.`;
  return { ...about, code: "name_ambiguous", severity: "info", message };
}
