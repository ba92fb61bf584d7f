import type { ConfigChangeWire } from "@/lib/contracts/config";
import { type NameOf, nameOf } from "@/lib/queries/names";
import type { Change } from "./described";
import { topKey } from "./issue-paths";

const lists: Record<string, { kind: string; idField: string; named: keyof NameOf }> = {
  destinations: { kind: "Destination", idField: "destination_id", named: "destination" },
  routes: { kind: "Route", idField: "route_id", named: "route" },
  monitored_projects: { kind: "Project", idField: "project_id", named: "project" },
};
const groups: Record<string, string> = { safety_defaults: "Safety defaults", reassessment: "Reassessment" };
/** Settings that stand alone, by the words of the page that has them. */
const single: Record<string, readonly [subject: string, label: string]> = {
  enabled: ["Monitor", "on"],
  paused: ["Monitor", "paused"],
  require_approval_for_new_issues: ["Monitor", "approval of every new issue"],
  repo: ["Reports without a project", "repository"],
  workspace_root: ["Reports without a project", "folder"],
  mcp_server: ["GitHub (legacy settings)", "MCP server"],
  provider_preference: ["GitHub (legacy settings)", "provider"],
  label_mode: ["GitHub (legacy settings)", "labels"],
  auto_create_new_issues: ["GitHub (legacy settings)", "files new issues"],
  auto_comment_on_matched_open_issues: ["GitHub (legacy settings)", "comments on open issues"],
  triage_timeout_ms: ["Triage", "deadline"],
  model_policy: ["Triage", "models"],
  default_destination_ids: ["Default destinations", "send to"],
};

/** `said` is for the line of a subject, where its label says too little or nothing. */
type Place = { subjectKind: string; subject: string; id?: string; label: string; said?: string };
type Told = { change: Change; said: string[] };

/**
 * A stored difference in words, for when the two versions themselves cannot be compared. Values that may lead to a secret
 * are in it as `set` alone.
 */
export function changesFromDiff(
  diff: readonly ConfigChangeWire[],
  keys?: readonly string[],
  name?: NameOf,
): Change[] {
  return tell(diff, keys, name).map(({ change }) => change);
}

/** One line a subject: `Destination Pager: webhook url, enabled`. */
export function revisionLines(
  diff: readonly ConfigChangeWire[],
  keys?: readonly string[],
  name?: NameOf,
): string[] {
  return tell(diff, keys, name).map(({ change: { kind, subjectKind, subject }, said }) => {
    const called = [subjectKind, subject].filter(Boolean).join(" ");
    if (kind !== "changed") return `${called} ${kind}`;
    return said.length === 0 ? called : `${called}: ${said.join(", ")}`;
  });
}

function tell(
  diff: readonly ConfigChangeWire[],
  keys: readonly string[] | undefined,
  name: NameOf = nameOf(undefined),
): Told[] {
  const wanted = keys ? diff.filter(({ path }) => keys.includes(topKey(path))) : diff;
  const found = new Map<string, Told>();
  for (const one of wanted) {
    const { subjectKind, subject, id = subject, label, said = label } = placeOf(one, name);
    const key = `${subjectKind} ${id}`;
    const kind = label === "" ? one.kind : "changed";
    const told = found.get(key) ?? { change: { key, kind, subjectKind, subject, fields: [] }, said: [] };
    if (label !== "") {
      told.change.fields.push({ label, before: valueWords(one.before), after: valueWords(one.after) });
    }
    if (said !== "") told.said.push(said);
    found.set(key, told);
  }
  return [...found.values()];
}

function placeOf(one: ConfigChangeWire, name: NameOf): Place {
  const { path, before, after } = one;
  const key = topKey(path);
  const rest = path.slice(key.length + 1);
  const list = lists[key];
  if (!list) {
    const group = groups[key];
    if (group) return { subjectKind: "", subject: group, label: rest ? words(rest) : "all of it" };
    const [subject, label] = single[key] ?? [sentence(words(key)), "value"];
    return { subjectKind: "", subject, label, said: listChange(before, after) };
  }
  if (rest === "") return { subjectKind: "Order of", subject: words(key), label: "order", said: "" };
  const row = rowId(before, list.idField) ?? rowId(after, list.idField);
  if (row === rest) return { subjectKind: list.kind, subject: name[list.named](row), id: row, label: "" };
  const [id, field] = splitId(rest);
  return { subjectKind: list.kind, subject: name[list.named](id), id, ...fieldPlace(field, one) };
}

/** What came into a list of ids and what left it; undefined for anything else. */
function listChange(before: unknown, after: unknown): string | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const gone = before.filter((id) => !after.includes(id)).map((id) => `${id} removed`);
  const fresh = after.filter((id) => !before.includes(id)).map((id) => `${id} added`);
  return [...gone, ...fresh].join(", ") || "in another order";
}

/** `path of log source api` for what lies in a project's lists; `source owner` for what lies in its readiness. */
function fieldPlace(field: string, { kind, before, after }: ConfigChangeWire): Pick<Place, "label" | "said"> {
  const rest = field.replace(/^log_sources\.?/, "");
  if (rest === field) return { label: words(field.replace(/^data_readiness\./, "")) };
  if (rest === "") return { label: "order of log sources" };
  const row = rowId(before, "source_id") ?? rowId(after, "source_id");
  if (row === rest) return { label: `log source ${row}`, said: `log source ${row} ${kind}` };
  const [id, name] = splitId(rest);
  return { label: `${words(name.replace(/^data_readiness\./, ""))} of log source ${id}` };
}

/** Ids may hold dots, the names of fields do not: a field of a row is its last word, or leads into its lists. */
function splitId(rest: string): [string, string] {
  const nested = /^(.+?)\.((?:log_sources|data_readiness)(?:\..+)?)$/.exec(rest);
  if (nested) return [nested[1] ?? "", nested[2] ?? ""];
  const dot = rest.lastIndexOf(".");
  return dot === -1 ? [rest, ""] : [rest.slice(0, dot), rest.slice(dot + 1)];
}

function rowId(value: unknown, field: string): string | undefined {
  const id =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  return typeof id === "string" ? id : undefined;
}

function valueWords(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

const words = (name: string) => name.replaceAll("_", " ").replaceAll(".", ", ");
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
