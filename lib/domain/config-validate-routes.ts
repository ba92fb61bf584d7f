import { type ApprovalPolicy, type MonitorConfig, type Route, sourceKinds } from "./config";
import { validateId } from "./config-field-rules";
import type { Findings } from "./config-issue";
import { conditionLimits, type RouteCondition } from "./route-condition";
import { fieldRules } from "./route-facts";
import { compilePattern } from "./route-pattern";
import { isTimeZone, minutesOf } from "./route-window";
import { normaliseKey } from "./text";

const priorityMax = 2 ** 31 - 1;

/** Which of a route's own settings cannot be stored, and which lists nothing can meet. */
export function validateRoutes(
  config: MonitorConfig,
  destinationIds: ReadonlySet<string>,
  found: Findings,
): void {
  const seen = new Set<string>();
  const patterns = { count: 0 };
  config.routes.forEach((route, index) => {
    const path = `routes[${index}]`;
    validateId(`${path}.route_id`, route.routeId, seen, found);
    if (Math.abs(route.priority) > priorityMax) {
      found.error(`${path}.priority`, "priority_out_of_range", `priority must be within ${priorityMax}`);
    }
    route.conditions?.forEach((condition, place) => {
      validateCondition(`${path}.conditions[${place}]`, condition, patterns, found);
    });
    validateWindows(path, route, found);
    refuseNeverOfSeveral(path, route, found);
    warnUnknownDestinations(`${path}.destination_ids`, route.destinationIds, destinationIds, found);
    for (const dead of deadLists(route, config)) {
      found.warn(`${path}.${dead.field}`, dead.code, dead.message);
    }
  });
}

/** Two people must approve what nobody must approve: one of the two is a mistake, and a guess would be the wrong one. */
export function refuseNeverOfSeveral(
  path: string,
  row: { approvalPolicy: ApprovalPolicy; approvalsRequired?: number; approvers?: readonly string[] },
  found: Findings,
): void {
  if (row.approvalPolicy !== "never") return;
  if (row.approvers) {
    const message =
      "approval_policy says never, yet people are named who must approve; choose one of the two";
    found.error(`${path}.approvers`, "approvals_contradict_policy", message);
  }
  if ((row.approvalsRequired ?? 1) < 2) return;
  const message = `approval_policy says never, yet ${row.approvalsRequired} people must approve; choose one of the two`;
  found.error(`${path}.approvals_required`, "approvals_contradict_policy", message);
}

export function warnUnknownDestinations(
  path: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
  found: Findings,
): void {
  ids.forEach((id, index) => {
    if (!known.has(id)) found.warn(`${path}[${index}]`, "destination_unknown", "No destination has this id.");
  });
}

type DeadList = { field: string; code: "project_unknown" | "source_kind_unknown"; message: string };

/** Lists that no record can meet: the route saves, and never matches. */
export function deadLists(route: Route, config: Pick<MonitorConfig, "monitoredProjects">): DeadList[] {
  const dead: DeadList[] = [];
  const { matchProjectIds, matchSourceKinds } = route;
  if (matchProjectIds.length > 0) {
    const projects = new Set(config.monitoredProjects.map((project) => normaliseKey(project.projectId)));
    if (!matchProjectIds.some((id) => projects.has(normaliseKey(id)))) {
      const message = "No monitored project has such an id: the route matches nothing.";
      dead.push({ field: "match_project_ids", code: "project_unknown", message });
    }
  }
  const kinds: readonly (string | null)[] = sourceKinds;
  const known = matchSourceKinds.some((kind) =>
    kinds.includes(normaliseKey(kind)?.replaceAll("-", "_") ?? null),
  );
  if (matchSourceKinds.length > 0 && !known) {
    const message = "None of these is a source kind: the route matches nothing.";
    dead.push({ field: "match_source_kinds", code: "source_kind_unknown", message });
  }
  return dead;
}

function validateCondition(
  path: string,
  condition: RouteCondition,
  patterns: { count: number },
  found: Findings,
): void {
  const { field, op, values = [] } = condition;
  if (op === "at_least" || op === "at_most") {
    validateBound(path, condition, found);
    return;
  }
  if (values.length === 0) {
    found.error(`${path}.values`, "values_required", `${op} needs values, any of which is enough`);
  } else if (field === "occurrence_count") {
    if (op !== "equals") {
      found.error(`${path}.op`, "op_not_for_field", "occurrence_count takes equals, at_least and at_most");
    } else if (!values.every((value) => isCount(value))) {
      found.error(`${path}.values`, "count_invalid", "A count is a whole number from 1 on");
    }
  } else if (op === "regex") {
    validatePatterns(`${path}.values`, values, patterns, found);
  }
}

/** Of the ops with an order. */
function validateBound(path: string, { field, op, value, values }: RouteCondition, found: Findings): void {
  const { rank } = fieldRules[field];
  if (!rank) {
    const ordered = "risk_level, level, confidence and occurrence_count have an order";
    found.error(`${path}.op`, "op_not_for_field", `${op} is not for ${field}: ${ordered}`);
  } else if (values !== undefined) {
    found.error(`${path}.values`, "values_not_for_op", `${op} takes one value, in \`value\``);
  } else if (value === undefined) {
    found.error(`${path}.value`, "value_required", `${op} needs a value`);
  } else if (field === "occurrence_count") {
    if (!isCount(value)) found.error(`${path}.value`, "count_invalid", "A count is a whole number from 1 on");
  } else if (rank(String(value)) === 0) {
    found.error(`${path}.value`, "level_unknown", `${value} has no place in the order of ${field}`);
  }
}

const isCount = (value: string | number) => /^[1-9]\d{0,14}$/.test(String(value));

function validatePatterns(
  path: string,
  values: readonly string[],
  patterns: { count: number },
  found: Findings,
): void {
  values.forEach((pattern, index) => {
    patterns.count += 1;
    if (patterns.count > conditionLimits.patternsInTable) {
      // Said once, and nothing more is compiled: the number is what is wrong.
      if (patterns.count > conditionLimits.patternsInTable + 1) return;
      const message = `All routes together have at most ${conditionLimits.patternsInTable} regular expressions`;
      found.error(`${path}[${index}]`, "patterns_too_many", message);
      return;
    }
    const compiled = compilePattern(pattern);
    if (compiled.ok) return;
    const { message, position } = compiled.fault;
    found.error(`${path}[${index}]`, "pattern_invalid", `${message}, at character ${position}`);
  });
}

function validateWindows(path: string, route: Route, found: Findings): void {
  route.activeWindows?.forEach((window, index) => {
    const at = `${path}.active_windows[${index}]`;
    if (!isTimeZone(window.zone)) {
      found.error(`${at}.zone`, "zone_unknown", "Not an IANA time zone, such as Europe/Berlin or UTC");
    }
    for (const end of ["from", "to"] as const) {
      if (minutesOf(window[end]) !== null) continue;
      found.error(`${at}.${end}`, "time_invalid", "Write HH:MM, from 00:00 to 24:00");
    }
  });
}
