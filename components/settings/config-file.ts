import { type ConfigPatchWire, type ConfigWire, configPatchSchema } from "@/lib/contracts/config";
import type { ConfigIssue } from "@/lib/queries/config";
import { type ConfigKey, sameJson } from "./config-section";

export const configFileBytesMax = 2 * 1024 * 1024;
const kind = "incident_monitor_configuration";

type WriteInput = {
  config: ConfigWire;
  keys: readonly ConfigKey[];
  /** Where it was exported, so that a reader knows what it was taken from. */
  origin: string;
  nowMs: number;
};

/**
 * The configuration as a file: the body of a PATCH with a few words about itself, so a script can send it as it is.
 * Secrets are references; the version is left out, since a file is not an edit of what is stored somewhere else.
 */
export function writeConfigFile({ config, keys, origin, nowMs }: WriteInput): string {
  const chosen = keys.filter((key) => config[key] !== undefined).map((key) => [key, config[key]]);
  const file = {
    kind,
    exported_at: new Date(nowMs).toISOString(),
    exported_from: origin,
    incident_monitor: Object.fromEntries(chosen),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export function configFileName(part: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().slice(0, 16).replaceAll(":", "").replace("T", "-");
  return `incident-monitor-${part}-${stamp}.json`;
}

export type ConfigFile =
  | {
      ok: true;
      patch: ConfigPatchWire;
      /** Settings of the file that this version does not know, by path. They are left out. */
      unknown: string[];
      exportedAt?: string;
      exportedFrom?: string;
    }
  | { ok: false; issues: ConfigIssue[] };

/** Reads what `writeConfigFile` wrote, or the bare configuration somebody wrote by hand. */
export function readConfigFile(text: string): ConfigFile {
  if (new Blob([text]).size > configFileBytesMax)
    return refused("", "too_large", "The file is larger than 2 MiB.");
  const parsed = parseJson(text);
  if (parsed === null) return refused("", "not_json", "The file is not a JSON object.");
  const given = isObject(parsed.incident_monitor) ? parsed.incident_monitor : parsed;
  const { updated_at_ms: _version, ...settings } = given;
  const shape = configPatchSchema.safeParse(settings);
  if (!shape.success) {
    const issues = shape.error.issues.map(({ path, code, message }) => ({
      path: path.join("."),
      code,
      message,
    }));
    return { ok: false, issues };
  }
  if (Object.keys(shape.data).length === 0) {
    return refused("", "nothing_known", "There is no setting of Incident Monitor in this file.");
  }
  return {
    ok: true,
    patch: shape.data,
    unknown: droppedPaths(settings, shape.data),
    ...(typeof parsed.exported_at === "string" && { exportedAt: parsed.exported_at }),
    ...(typeof parsed.exported_from === "string" && { exportedFrom: parsed.exported_from }),
  };
}

function refused(path: string, code: string, message: string): ConfigFile {
  return { ok: false, issues: [{ path, code, message }] };
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** What was given and is gone after the schema: it drops keys it does not know. */
function droppedPaths(given: unknown, kept: unknown, at = ""): string[] {
  if (Array.isArray(given)) {
    const rows = Array.isArray(kept) ? kept : [];
    return given.flatMap((row, index) => droppedPaths(row, rows[index], `${at}[${index}]`));
  }
  if (!isObject(given)) return [];
  const known = isObject(kept) ? kept : {};
  return Object.keys(given).flatMap((key) => {
    const path = at ? `${at}.${key}` : key;
    return Object.hasOwn(known, key) ? droppedPaths(given[key], known[key], path) : [path];
  });
}

const rowIds = {
  monitored_projects: "project_id",
  destinations: "destination_id",
  routes: "route_id",
} as const;

/**
 * `replace`: the file's lists are the whole lists. `add`: rows the file has are put over those of the same id, others stay
 * as they are. Settings that are no lists are the file's either way.
 */
export type ImportMode = "add" | "replace";

/** The patch that importing sends: of the keys chosen, only those that change something. */
export function importPatch(
  current: ConfigWire,
  file: ConfigPatchWire,
  keys: readonly ConfigKey[],
  mode: ImportMode,
): ConfigPatchWire {
  const chosen = keys.filter((key) => file[key] !== undefined);
  const entries = chosen.map((key) => [key, mode === "add" ? added(current, file, key) : file[key]] as const);
  return Object.fromEntries(entries.filter(([key, value]) => !sameJson(current[key], value)));
}

function added(current: ConfigWire, file: ConfigPatchWire, key: ConfigKey): unknown {
  if (key === "default_destination_ids") {
    return [...new Set([...current.default_destination_ids, ...(file.default_destination_ids ?? [])])];
  }
  if (!(key in rowIds)) return file[key];
  const idName = rowIds[key as keyof typeof rowIds];
  const idOf = (row: unknown) => (row as Record<string, unknown>)[idName];
  const given = (file[key] ?? []) as readonly unknown[];
  const here = current[key] as readonly unknown[];
  const over = here.map((row) => given.find((each) => idOf(each) === idOf(row)) ?? row);
  return [...over, ...given.filter((row) => !here.some((each) => idOf(each) === idOf(row)))];
}

const missingHere = new Set([
  "secret_unset",
  "secret_refused",
  "secret_reference_required",
  "secret_reference_missing",
  "workspace_root_not_allowed",
  "workspace_root_relative",
  "mcp_server_unknown",
]);

/** Warnings about what this host lacks, apart from what the configuration itself lacks. */
export function splitWarnings(warnings: readonly ConfigIssue[]): {
  host: ConfigIssue[];
  other: ConfigIssue[];
} {
  return {
    host: warnings.filter(({ code }) => missingHere.has(code)),
    other: warnings.filter(({ code }) => !missingHere.has(code)),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
