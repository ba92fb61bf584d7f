import type { ConfigIssue } from "@/lib/queries/config";
import { sameJson } from "./config-section";

/** `incident_monitor.routes.0.name` and `routes[0].name` are one path. */
export function issuePath(path: string): string {
  return path.replace(/^incident_monitor\./, "").replaceAll(/\.(\d+)(?=\.|\[|$)/g, "[$1]");
}

/** The issues at or below a path. */
export function issuesUnder(issues: readonly ConfigIssue[], path: string): ConfigIssue[] {
  return issues.filter((issue) => {
    const at = issuePath(issue.path);
    return at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`);
  });
}

/** Codes said for the field they stand under, where the server speaks of the whole configuration. */
const words: Record<string, string> = {
  name_required: "Give it a name",
  repo_invalid: "Write owner/repo, with one slash",
  workspace_root_invalid: "Write an absolute path, like /workspace/repos/name",
  path_required: "Say which file",
  path_outside_workspace: "It must lie inside the project's folder",
  id_invalid: "Letters, digits, dot, dash and underscore",
  id_duplicate: "This id is taken",
  url_invalid: "Not a web address",
  url_scheme: "Write an https address",
  url_credentials: "Take out the user name and password",
  secret_reference_invalid: "Write env:NAME or file:name",
  priority_out_of_range: "Too large a number",
  values_required: "Give at least one value",
  value_required: "Give the bound",
  zone_unknown: "Choose a time zone",
  time_invalid: "Write HH:MM, from 00:00 to 24:00",
};

/** The first message at or below a path, for the line under its field. */
export function messageAt(issues: readonly ConfigIssue[], path: string): string | undefined {
  const issue = issuesUnder(issues, path)[0];
  return issue && (words[issue.code] ?? issue.message);
}

const idFields: Record<string, string> = {
  destinations: "destination_id",
  routes: "route_id",
  monitored_projects: "project_id",
  log_sources: "source_id",
};

/** Where a path leads, by the ids of the rows in it: `payments-worker / worker-log: path`. */
export function issuePlace(path: string, section: object): string {
  const ids: string[] = [];
  let at: unknown = section;
  let field = issuePath(path);
  for (const [, list = "", index = "", rest = ""] of steps(field)) {
    const rows: unknown = (at as Record<string, unknown> | undefined)?.[list];
    const row: unknown = Array.isArray(rows) ? rows[Number(index)] : undefined;
    const id: unknown = (row as Record<string, unknown> | undefined)?.[idFields[list] ?? ""];
    if (typeof id !== "string") break;
    ids.push(id);
    at = row;
    field = rest;
  }
  return [ids.join(" / "), field.replaceAll("_", " ")].filter(Boolean).join(": ");
}

/** `list[3].rest` taken apart, again and again. */
function* steps(path: string): Generator<RegExpExecArray> {
  let rest = path;
  for (;;) {
    const step = /^(\w+)\[(\d+)\]\.?(.*)$/.exec(rest);
    if (!step) return;
    yield step;
    rest = step[3] ?? "";
  }
}

/** Is it about a row that stands unchanged in the saved configuration? Then it is no news of this edit. */
export function isOldNews(path: string, section: object, base: object): boolean {
  const [step] = steps(issuePath(path));
  const rows = step && (section as Record<string, unknown>)[step[1] ?? ""];
  const saved = step && (base as Record<string, unknown>)[step[1] ?? ""];
  if (!Array.isArray(rows) || !Array.isArray(saved)) return false;
  return saved.some((row) => sameJson(row, rows[Number(step?.[2])]));
}

/** The key of the configuration a path lies in. */
export function topKey(path: string): string {
  return issuePath(path).replace(/[.[].*$/, "");
}
