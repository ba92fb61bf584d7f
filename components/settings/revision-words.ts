import type { ConfigChangeWire } from "@/lib/contracts/config";
import type { Change } from "./described";
import { topKey } from "./issue-paths";

const lists: Record<string, { kind: string; idField: string }> = {
  destinations: { kind: "Destination", idField: "destination_id" },
  routes: { kind: "Route", idField: "route_id" },
  monitored_projects: { kind: "Project", idField: "project_id" },
};
const groups: Record<string, string> = { safety_defaults: "Safety defaults", reassessment: "Reassessment" };

type Place = { subjectKind: string; subject: string; label: string };

/**
 * A stored difference in words, for when the two versions themselves cannot be compared. Values that may lead to a secret
 * are in it as `set` alone.
 */
export function changesFromDiff(diff: readonly ConfigChangeWire[], keys?: readonly string[]): Change[] {
  const wanted = keys ? diff.filter(({ path }) => keys.includes(topKey(path))) : diff;
  const found = new Map<string, Change>();
  for (const one of wanted) {
    const place = placeOf(one);
    const id = `${place.subjectKind} ${place.subject}`;
    const change = found.get(id) ?? {
      ...{ key: id, kind: place.label === "" ? one.kind : "changed" },
      ...{ subjectKind: place.subjectKind, subject: place.subject, fields: [] },
    };
    if (place.label !== "") {
      change.fields.push({
        label: place.label,
        before: valueWords(one.before),
        after: valueWords(one.after),
      });
    }
    found.set(id, change);
  }
  return [...found.values()];
}

/** One line a subject: `Destination pager: webhook url, enabled`. */
export function revisionLines(diff: readonly ConfigChangeWire[], keys?: readonly string[]): string[] {
  return changesFromDiff(diff, keys).map(({ kind, subjectKind, subject, fields }) => {
    const name = [subjectKind, subject].filter(Boolean).join(" ");
    if (kind !== "changed") return `${name} ${kind}`;
    return fields.length === 0 ? name : `${name}: ${fields.map(({ label }) => label).join(", ")}`;
  });
}

function placeOf({ path, before, after }: ConfigChangeWire): Place {
  const key = topKey(path);
  const rest = path.slice(key.length + 1);
  const list = lists[key];
  if (!list) {
    const group = groups[key];
    if (group) return { subjectKind: "", subject: group, label: rest ? words(rest) : "all of it" };
    return { subjectKind: "", subject: sentence(words(key)), label: "value" };
  }
  if (rest === "") return { subjectKind: "Order of", subject: words(key), label: "order" };
  const row = rowId(before, list.idField) ?? rowId(after, list.idField);
  if (row === rest) return { subjectKind: list.kind, subject: row, label: "" };
  const [id, field] = splitId(rest);
  return { subjectKind: list.kind, subject: id, label: words(field) };
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
