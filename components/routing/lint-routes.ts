import { andWords } from "@/components/settings/words";
import type { ConfigWire, DestinationWire, RouteWire } from "@/lib/contracts/config";
import { type ConditionField, hasMoreConditions, isCatchAll, setConditions } from "./conditions";

export type RouteLint = {
  code: "shadowed" | "dead" | "unknown_destination" | "disabled_destination" | "no_destination";
  title: string;
  text: string;
  /** The place to move to, where moving is the fix. */
  moveAbove?: number;
  /** The condition it is about. */
  field?: ConditionField;
};

type Known = Pick<ConfigWire, "destinations" | "monitored_projects" | "default_destination_ids">;

/** What a route of the list (in its order) does that its author hardly meant. Saving is not stopped by it. */
export function lintRoute(ordered: readonly RouteWire[], index: number, known: Known): RouteLint[] {
  const route = ordered[index];
  if (!route?.enabled) return [];
  return [shadowLint(ordered, index), deadLint(route, known), ...destinationLints(route, known)].filter(
    (lint) => lint !== null,
  );
}

function shadowLint(ordered: readonly RouteWire[], index: number): RouteLint | null {
  const route = ordered[index];
  const shadow = ordered.findIndex(
    (earlier, at) => at < index && earlier.enabled && route && takesAllOf(earlier, route),
  );
  const earlier = ordered[shadow];
  if (!earlier) return null;
  const all = isCatchAll(earlier);
  return {
    code: "shadowed",
    title: "Shadowed.",
    text: all
      ? `Route ${shadow + 1} has no conditions and takes every record before it.`
      : `Everything it would match is taken by route ${shadow + 1}.`,
    moveAbove: shadow,
  };
}

/** Does whatever meets `route` meet `earlier` as well, and end there? Conditions besides the lists are not compared here. */
function takesAllOf(earlier: RouteWire, route: RouteWire): boolean {
  if (hasMoreConditions(earlier) || earlier.continue || earlier.mode === "shadow") return false;
  return setConditions(earlier).every(({ field }) => {
    const wanted = keys(earlier[field]);
    const given = keys(route[field]);
    return given.length > 0 && given.every((value) => wanted.includes(value));
  });
}

function deadLint(route: RouteWire, { monitored_projects: projects }: Known): RouteLint | null {
  const sources = projects.flatMap((project) => project.log_sources.map((source) => source.source_id));
  const lists: [ConditionField, string, string[]][] = [
    ["match_project_ids", "project", projects.map((project) => project.project_id)],
    ["match_log_source_ids", "log source", sources],
  ];
  for (const [field, word, existing] of lists) {
    const gone = route[field].filter((id) => !keys(existing).includes(id.trim().toLowerCase()));
    if (gone.length > 0 && gone.length === route[field].length) {
      const text = `There is no ${word} ${andWords(gone)}, so no record can match.`;
      return { code: "dead", title: "Dead.", text, field };
    }
  }
  return null;
}

function destinationLints(route: RouteWire, known: Known): RouteLint[] {
  const ids = route.destination_ids;
  if (ids.length === 0 && known.default_destination_ids.length === 0) {
    const text = "It names no destination and there is no default, so what it matches is blocked.";
    return [{ code: "no_destination", title: "Leads nowhere.", text }];
  }
  const rows = new Map(known.destinations.map((row) => [row.destination_id, row]));
  const lints: RouteLint[] = [];
  const unknown = ids.filter((id) => !rows.has(id));
  if (unknown.length > 0) {
    const text = `${andWords(unknown)} does not exist; what goes there is blocked.`;
    lints.push({ code: "unknown_destination", title: "Unknown destination.", text });
  }
  const off = ids.filter((id) => isOff(rows.get(id)));
  if (off.length > 0) {
    const text = `${andWords(off)} is disabled; deliveries to it are blocked.`;
    lints.push({ code: "disabled_destination", title: "Disabled destination.", text });
  }
  return lints;
}

const isOff = (row: DestinationWire | undefined) => row !== undefined && !row.enabled;
const keys = (values: readonly string[]) => values.map((value) => value.trim().toLowerCase());
