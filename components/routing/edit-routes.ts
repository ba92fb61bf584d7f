import type { ConfigSection } from "@/components/settings/config-section";
import { slugFor } from "@/components/settings/slug";
import type { RouteWire } from "@/lib/contracts/config";
import { type ConditionField, conditions } from "./conditions";

export const routingKeys = ["routes", "default_destination_ids"] as const;
export type RoutingSection = ConfigSection<(typeof routingKeys)[number]>;

const step = 10;

/** The order in which routes are tried: highest priority first, then by name and id, as the router does. */
export function inOrder(routes: readonly RouteWire[]): RouteWire[] {
  return [...routes].sort(
    (left, right) =>
      right.priority - left.priority ||
      compare(left.name, right.name) ||
      compare(left.route_id, right.route_id),
  );
}

/** A new route is tried last, so that it changes nothing for the others until somebody moves it. */
export function newRoute(routes: readonly RouteWire[]): RouteWire {
  const lowest = routes.length > 0 ? Math.min(...routes.map((route) => route.priority)) : step * 2;
  const lists = Object.fromEntries(conditions.map(({ field }) => [field, [] as string[]])) as Record<
    ConditionField,
    string[]
  >;
  const taken = routes.map((route) => route.route_id);
  return {
    ...lists,
    route_id: slugFor("", taken, "route"),
    name: "",
    enabled: true,
    priority: lowest - step,
    destination_ids: [],
    approval_policy: "inherit",
  };
}

export function replaceRoute(routes: readonly RouteWire[], id: string, route: RouteWire): RouteWire[] {
  return routes.with(
    routes.findLastIndex((each) => each.route_id === id),
    route,
  );
}

/**
 * The four settings beyond the contract are absent where unset. A row that leaves one out keeps what is saved, so turning it
 * off must be said, and only then.
 */
export function tidyRoute(route: RouteWire, saved: RouteWire | undefined): RouteWire {
  const { conditions: rows, active_windows, continue: goesOn, mode, ...rest } = route;
  return {
    ...rest,
    ...((rows?.length || saved?.conditions) && { conditions: rows ?? [] }),
    ...((active_windows?.length || saved?.active_windows) && { active_windows: active_windows ?? [] }),
    ...((goesOn || saved?.continue) && { continue: goesOn ?? false }),
    ...((mode === "shadow" || saved?.mode) && { mode: mode ?? "live" }),
  };
}

/**
 * The route tried at another place. Only its own priority changes while there is room between its neighbours; otherwise
 * all are numbered anew, in tens.
 */
export function moveTo(routes: readonly RouteWire[], id: string, place: number): RouteWire[] {
  const moved = routes.find((route) => route.route_id === id);
  if (!moved) return [...routes];
  const others = inOrder(routes.filter((route) => route.route_id !== id));
  const at = Math.max(0, Math.min(place, others.length));
  const above = others[at - 1]?.priority;
  const below = others[at]?.priority;
  const priority = between(above, below);
  if (priority !== null) return replaceRoute(routes, id, { ...moved, priority });
  const order = others.toSpliced(at, 0, moved).map((route) => route.route_id);
  return routes.map((route) => ({
    ...route,
    priority: (order.length - order.indexOf(route.route_id)) * step,
  }));
}

function between(above: number | undefined, below: number | undefined): number | null {
  if (above === undefined) return below === undefined ? 0 : below + step;
  if (below === undefined) return above - step;
  const middle = Math.floor((above + below) / 2);
  return middle < above && middle > below ? middle : null;
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
