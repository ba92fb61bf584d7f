import { issuePath } from "@/components/settings/issue-paths";
import type { ConfigWire, RouteWire } from "@/lib/contracts/config";
import { type RouteFindingWire, routeLintCodeSchema } from "@/lib/contracts/route-lint";
import type { ConfigIssue } from "@/lib/queries/config";
import type { ConditionField } from "./conditions";

type NoteCode = RouteFindingWire["code"] | "log_source_unknown";

/** Something the table of routes does that its author hardly meant. Saving is not stopped by it. */
export type RouteNote = {
  key: string;
  code: NoteCode;
  severity: RouteFindingWire["severity"];
  message: string;
  /** The route it is about; absent when it is about the table. */
  routeId?: string;
  /** The route that stands in its way. */
  otherRouteId?: string;
  /** The list it is about. */
  field?: ConditionField;
};

const words: Record<NoteCode, { title: string; fix: string }> = {
  route_unreachable: { title: "Never reached.", fix: "Move it above that route." },
  route_shadowed: { title: "Shadowed.", fix: "Move it above that route, or let that one ask for more." },
  approval_weaker: {
    title: "A weaker approval counts.",
    fix: "Move it above that route, or make that one as strict.",
  },
  no_default: { title: "No default.", fix: "Choose default destinations." },
  route_sends_nowhere: { title: "Leads nowhere.", fix: "Choose a destination here, or a default one." },
  destination_unknown: { title: "Unknown destination.", fix: "Take it out, or add it in Destinations." },
  destination_disabled: {
    title: "Disabled destination.",
    fix: "Enable it in Destinations, or send elsewhere.",
  },
  destination_unused: { title: "Unused destination.", fix: "Send something there, or disable it." },
  source_reaches_nothing: {
    title: "A source reaches nothing.",
    fix: "Allow more destinations in Sources, or choose a default it may reach.",
  },
  order_ambiguous: { title: "Order by chance.", fix: "Give one of them another priority." },
  name_ambiguous: { title: "Same name twice.", fix: "Rename one of them." },
  priority_shared: { title: "Shared priority.", fix: "Give one of them another priority." },
  window_never_opens: { title: "Never open.", fix: "For a whole day say 00:00 to 24:00." },
  project_unknown: { title: "Dead.", fix: "Correct the id, or add the project in Sources." },
  source_kind_unknown: { title: "Dead.", fix: "Choose one of the source kinds." },
  log_source_unknown: { title: "Dead.", fix: "Correct the id, or add the log source in Sources." },
};

export const noteTitle = ({ code }: Pick<RouteNote, "code">) => words[code].title;
export const noteFix = ({ code }: Pick<RouteNote, "code">) => words[code].fix;

/** Codes that moving the route above the other one answers. */
export const moveFixes: readonly NoteCode[] = ["route_unreachable", "route_shadowed", "approval_weaker"];

/** Of the saved routes: everything the server has to say. */
export function notesOfFindings(
  findings: readonly RouteFindingWire[],
  routes: readonly RouteWire[],
): RouteNote[] {
  return findings.map(({ code, severity, path, message, route_id, other_route_id }) => ({
    ...placed(path, code, message, routes),
    severity,
    ...(route_id && { routeId: route_id }),
    ...(other_route_id && { otherRouteId: other_route_id }),
  }));
}

/** Of routes that are not saved: the warnings about routing of a check. They name the other route in words alone. */
export function notesOfWarnings(warnings: readonly ConfigIssue[], routes: readonly RouteWire[]): RouteNote[] {
  return warnings.flatMap(({ path, code, message }): RouteNote[] => {
    const known = routeLintCodeSchema.safeParse(code);
    if (!known.success) return [];
    const note = placed(path, known.data, message, routes);
    const other = routes.find(
      ({ route_id, name }) => route_id !== note.routeId && name !== "" && namesOther(message, name),
    );
    const named = moveFixes.includes(known.data) && other ? { otherRouteId: other.route_id } : {};
    return [{ ...note, ...named }];
  });
}

/** The two ways in which the server's sentences name the route that stands in the way. */
const namesOther = (message: string, name: string) =>
  message.includes(`oute ${name} `) || message.includes(` go by ${name}, `);

function placed(path: string, code: NoteCode, message: string, routes: readonly RouteWire[]): RouteNote {
  const [, index, field] = /^routes\[(\d+)\](?:\.(match_\w+))?/.exec(issuePath(path)) ?? [];
  const route = index === undefined ? undefined : routes[Number(index)];
  return {
    key: `${path} ${code}`,
    code,
    severity: code === "approval_weaker" || code === "route_sends_nowhere" ? "error" : "warning",
    message: message.replaceAll("`", ""),
    ...(route && { routeId: route.route_id }),
    ...(field && { field: field as ConditionField }),
  };
}

/** Log sources that no project has: the one thing about a list that the server leaves unsaid. */
export function deadLogSources(
  routes: readonly RouteWire[],
  projects: ConfigWire["monitored_projects"],
): RouteNote[] {
  const existing = projects.flatMap((project) => project.log_sources.map((source) => key(source.source_id)));
  return routes.flatMap((route): RouteNote[] => {
    const wanted = route.match_log_source_ids;
    const dead = wanted.length > 0 && !wanted.some((id) => existing.includes(key(id)));
    if (!route.enabled || !dead) return [];
    const code = "log_source_unknown" as const;
    const message = `There is no log source ${wanted.join(" or ")}: the route matches nothing.`;
    const about = { routeId: route.route_id, field: "match_log_source_ids" as const };
    return [{ key: `${route.route_id} ${code}`, code, severity: "warning", message, ...about }];
  });
}

const key = (value: string) => value.trim().toLowerCase();

/** The place above which a route must go, where moving is the fix. */
export function placeAbove(note: RouteNote, ordered: readonly RouteWire[]): number | undefined {
  if (!moveFixes.includes(note.code) || !note.otherRouteId) return undefined;
  const place = ordered.findIndex((route) => route.route_id === note.otherRouteId);
  const own = ordered.findIndex((route) => route.route_id === note.routeId);
  return place !== -1 && place < own ? place : undefined;
}
