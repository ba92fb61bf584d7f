import { canonicalJson } from "./canonical-json";
import type { Destination, MonitorConfig } from "./config";

/** One difference between two configurations, fit to be stored and shown: no URL, secret reference or config value. */
export type ConfigChange = {
  /** Wire words: `safety_defaults.retention_days`, `destinations.ops.webhook_url`. */
  path: string;
  kind: "added" | "removed" | "changed";
  before?: unknown;
  after?: unknown;
};

/** Shown as `set` or not at all: they may carry or lead to a secret, or are somebody's own data. */
const presenceOnly = new Set([
  "webhookUrl",
  "webhookSecretRef",
  "config",
  "modelPolicy",
  "authorizationMarker",
  "allowedValues",
]);
const storeOwned = new Set(["version", "updatedAtMs"]);
const idOf: Record<string, string> = {
  destinations: "destinationId",
  routes: "routeId",
  monitoredProjects: "projectId",
  logSources: "sourceId",
  redactionProfiles: "profileId",
  retentionProfiles: "profileId",
};

/** What changed, field by field; whole rows where they came or went. Lists of rows are matched by id. */
export function diffConfig(before: MonitorConfig, after: MonitorConfig): ConfigChange[] {
  return diffObjects("", before, after);
}

type Fields = Record<string, unknown>;

function diffObjects(prefix: string, before: object, after: object): ConfigChange[] {
  const old = before as Fields;
  const current = after as Fields;
  const fields = [...new Set([...Object.keys(old), ...Object.keys(current)])].sort();
  return fields
    .filter((field) => !storeOwned.has(field))
    .flatMap((field) => diffField(`${prefix}${snake(field)}`, field, old[field], current[field]));
}

function diffField(path: string, field: string, before: unknown, after: unknown): ConfigChange[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null) && isSet(before) === isSet(after))
    return [];
  const idField = idOf[field];
  if (idField) return diffRows(path, idField, (before ?? []) as Fields[], (after ?? []) as Fields[]);
  if (!presenceOnly.has(field) && isObject(before) && isObject(after)) {
    return diffObjects(`${path}.`, before, after);
  }
  return [change(path, shown(field, before), shown(field, after))];
}

function diffRows(path: string, idField: string, before: Fields[], after: Fields[]): ConfigChange[] {
  const old = new Map(before.map((row) => [row[idField], row]));
  const current = new Map(after.map((row) => [row[idField], row]));
  const removed = before
    .filter((row) => !current.has(row[idField]))
    .map((row) => change(`${path}.${row[idField]}`, shown("", row), undefined));
  const others = after.flatMap((row) => {
    const was = old.get(row[idField]);
    const rowPath = `${path}.${row[idField]}`;
    return was ? diffObjects(`${rowPath}.`, was, row) : [change(rowPath, undefined, shown("", row))];
  });
  return [...removed, ...others, ...diffOrder(path, idField, before, after)];
}

/** Order matters: it decides between routes of one priority. Rows that came or went do not count as moves. */
function diffOrder(path: string, idField: string, before: Fields[], after: Fields[]): ConfigChange[] {
  const ids = (rows: Fields[], others: Fields[]) => {
    const known = new Set(others.map((row) => row[idField]));
    return rows.map((row) => row[idField]).filter((id) => known.has(id));
  };
  const was = ids(before, after);
  const is = ids(after, before);
  return canonicalJson(was) === canonicalJson(is) ? [] : [change(path, was, is)];
}

function change(path: string, before: unknown, after: unknown): ConfigChange {
  if (before === undefined) return { path, kind: "added", after };
  if (after === undefined) return { path, kind: "removed", before };
  return { path, kind: "changed", before, after };
}

/** A value as a change may show it, in wire words, with what must stay out of records reduced to its presence. */
function shown(field: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (presenceOnly.has(field)) return "set";
  if (Array.isArray(value)) return value.map((item) => shown("", item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [snake(name), shown(name, member)]));
}

const isSet = (value: unknown) => value !== undefined;
const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const pathsShown = 5;

/** One line for a list of revisions. */
export function summariseChanges(changes: readonly ConfigChange[]): string {
  const paths = changes.slice(0, pathsShown).map((one) => `${one.kind} ${one.path}`);
  const more = changes.length - paths.length;
  return more > 0 ? `${paths.join(", ")} and ${more} more` : paths.join(", ");
}

/** What the audit keeps of a saved configuration (reference 7.5): presence, counts, ids and decisions. */
export function summariseConfig(config: MonitorConfig): Record<string, unknown> {
  return {
    enabled: config.enabled,
    paused: config.paused,
    version: config.version,
    destination_count: config.destinations.length,
    route_count: config.routes.length,
    monitored_project_count: config.monitoredProjects.length,
    log_source_count: config.monitoredProjects.reduce((sum, project) => sum + project.logSources.length, 0),
    default_destination_ids: config.defaultDestinationIds,
    destinations: config.destinations.map(summariseDestination),
    routes: config.routes.map((route) => ({
      route_id: route.routeId,
      priority: route.priority,
      enabled: route.enabled,
      destination_ids: route.destinationIds,
      approval_policy: route.approvalPolicy,
      ...(route.approvers && { approvers: route.approvers }),
      match_source_kinds: route.matchSourceKinds,
      match_tenant_ids: route.matchTenantIds,
      match_workspace_ids: route.matchWorkspaceIds,
    })),
    project_ids: config.monitoredProjects.map((project) => project.projectId),
    safety_defaults: shown("", config.safetyDefaults),
  };
}

function summariseDestination(destination: Destination) {
  return {
    destination_id: destination.destinationId,
    kind: destination.kind,
    enabled: destination.enabled,
    require_approval: destination.requireApproval,
    has_webhook_url: destination.webhookUrl !== undefined,
    has_webhook_secret_ref: destination.webhookSecretRef !== undefined,
    has_mcp_tool: destination.mcpTool !== undefined,
    has_custom_config: destination.config !== undefined,
  };
}
