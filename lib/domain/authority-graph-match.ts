import type { MonitoredSourceRow } from "./authority-topology";
import type { Route } from "./config";
import type { ConditionField, RouteCondition } from "./route-condition";
import { normaliseKey } from "./text";

/**
 * May this route match something that comes from there? Only what a source fixes counts: what a report says of itself may
 * be anything. null: a report of no project.
 */
export function mayMatch(route: Route, source: MonitoredSourceRow | null): boolean {
  const fixed = fixedBy(source);
  const tags = source?.defaultRouteTags ?? [];
  return (
    holdsOne(route.matchProjectIds, fixed.project_id) &&
    holdsOne(route.matchLogSourceIds, fixed.log_source_id) &&
    holdsOne(route.matchTenantIds, fixed.tenant_id) &&
    holdsOne(route.matchWorkspaceIds, fixed.workspace_id) &&
    holdsOne(route.matchEventSchemaVersions, fixed.event_schema_version) &&
    (source === null || holdsOne(route.matchSourceKinds, fixed.source_kind)) &&
    (route.matchRouteTags.length === 0 || tags.some((tag) => holdsOne(route.matchRouteTags, tag))) &&
    (route.conditions ?? []).every((condition) => mayHold(condition, fixed))
  );
}

/** Nothing gets past it: it asks for nothing, at any hour, and ends the search. */
export function tookEverything(route: Route): boolean {
  const asks = Object.entries(route).some(
    ([name, value]) => name.startsWith("match") && Array.isArray(value) && value.length > 0,
  );
  return !asks && !route.conditions?.length && !route.activeWindows?.length && !route.continue;
}

type Fixed = Partial<Record<ConditionField, string | null>>;

const fixedBy = (source: MonitoredSourceRow | null) =>
  ({
    project_id: source?.projectId ?? null,
    // Keys of a project without log sources report as `external`; a project's own row stands for them.
    log_source_id: source ? (source.sourceId ?? "external") : null,
    tenant_id: source?.tenantId ?? null,
    workspace_id: source?.workspaceId ?? null,
    event_schema_version: source?.eventSchemaVersion ?? null,
    source_kind: source?.sourceKind ?? null,
  }) satisfies Fixed;

function holdsOne(list: readonly string[], value: string | null): boolean {
  if (list.length === 0) return true;
  const wanted = normaliseKey(value);
  return wanted !== null && list.some((each) => normaliseKey(each) === wanted);
}

/** Equality over what is fixed can be told; everything else may hold. */
function mayHold({ field, op, values, negate }: RouteCondition, fixed: Fixed): boolean {
  if (op !== "equals" || !Object.hasOwn(fixed, field)) return true;
  if (field === "source_kind" && fixed.source_kind === null) return true;
  const held = (values ?? []).length > 0 && holdsOne(values ?? [], fixed[field] ?? null);
  return held !== (negate ?? false);
}
