import { defaultConfig, type MonitorConfig } from "./config";
import {
  additiveFields,
  completeDestination,
  completeProject,
  completeReassessment,
  completeRoute,
  completeSafetyDefaults,
  type Given,
  type GivenDestination,
  type GivenLogSource,
  type GivenProject,
  type GivenRoute,
} from "./config-defaults";
import { normaliseConfig } from "./config-normalise";

/** What a writer asks for. `version` and `updatedAtMs` are the store's own. */
export type ConfigPatch = Omit<
  Given<MonitorConfig>,
  | "version"
  | "updatedAtMs"
  | "monitoredProjects"
  | "destinations"
  | "routes"
  | "safetyDefaults"
  | "reassessment"
> & {
  monitoredProjects?: GivenProject[] | null;
  destinations?: GivenDestination[] | null;
  routes?: GivenRoute[] | null;
  safetyDefaults?: Given<MonitorConfig["safetyDefaults"]> | null;
  reassessment?: Given<MonitorConfig["reassessment"]> | null;
};

const mergedOneByOne = ["monitoredProjects", "destinations", "routes", "safetyDefaults", "reassessment"];

/**
 * The top-level merge of D-18: a present key replaces that key whole, an absent key is kept, null asks for the
 * default. `triageTimeoutMs` is the exception, where null is the value "no deadline". The result is normalised.
 */
export function mergeConfig(stored: MonitorConfig, patch: ConfigPatch): MonitorConfig {
  const merged: Record<string, unknown> = { ...stored };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || mergedOneByOne.includes(key)) continue;
    if (value !== null || key === "triageTimeoutMs") merged[key] = value;
    else merged[key] = defaultConfig[key as keyof MonitorConfig];
  }
  const lists = {
    monitoredProjects: mergeProjects(stored, patch.monitoredProjects),
    destinations: mergeDestinations(stored, patch.destinations),
    routes: mergeRoutes(stored, patch.routes),
    safetyDefaults: mergeSafetyDefaults(stored, patch.safetyDefaults),
    reassessment:
      patch.reassessment === undefined ? stored.reassessment : completeReassessment(patch.reassessment ?? {}),
  };
  return normaliseConfig({ ...(merged as MonitorConfig), ...lists });
}

function mergeDestinations(stored: MonitorConfig, given: ConfigPatch["destinations"]) {
  if (given === undefined) return stored.destinations;
  const known = byId(stored.destinations, (row) => row.destinationId);
  return (given ?? []).map((row) =>
    completeDestination(carry(additiveFields.destinations, known.get(row.destinationId.trim()), row)),
  );
}

function mergeRoutes(stored: MonitorConfig, given: ConfigPatch["routes"]) {
  if (given === undefined) return stored.routes;
  const known = byId(stored.routes, (row) => row.routeId);
  return (given ?? []).map((row) =>
    completeRoute(carry(additiveFields.routes, known.get(row.routeId.trim()), row)),
  );
}

function mergeProjects(stored: MonitorConfig, given: ConfigPatch["monitoredProjects"]) {
  if (given === undefined) return stored.monitoredProjects;
  const known = byId(stored.monitoredProjects, (row) => row.projectId);
  return (given ?? []).map((row) => {
    const before = known.get(row.projectId.trim());
    const sources = byId(before?.logSources ?? [], (source) => source.sourceId);
    const logSources = (row.logSources ?? []).map(
      (source): GivenLogSource =>
        carry(additiveFields.logSources, sources.get(source.sourceId.trim()), source),
    );
    return completeProject({ ...carry(additiveFields.monitoredProjects, before, row), logSources });
  });
}

function mergeSafetyDefaults(stored: MonitorConfig, given: ConfigPatch["safetyDefaults"]) {
  if (given === undefined) return stored.safetyDefaults;
  // Null for the whole key is a reset: nothing is carried over then.
  if (given === null) return completeSafetyDefaults({});
  return completeSafetyDefaults(carry(additiveFields.safetyDefaults, stored.safetyDefaults, given));
}

/** A field beyond the contract that a row leaves out keeps its stored value; an explicit null clears it. */
function carry<Row extends object>(
  fields: readonly PropertyKey[],
  stored: object | undefined,
  given: Row,
): Row {
  if (!stored) return given;
  const kept = fields.filter((field) => (given as Record<PropertyKey, unknown>)[field] === undefined);
  const values = kept.map((field) => [field, (stored as Record<PropertyKey, unknown>)[field]]);
  return { ...given, ...Object.fromEntries(values) };
}

function byId<Row>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [idOf(row), row]));
}
