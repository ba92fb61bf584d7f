import type { Edit } from "./suspect-edit";
import { decay, type Place } from "./suspect-place";
import { type Token, tokensOf, wordsOf } from "./suspect-tokens";

/** What the failing code reads of configuration: files by the paths it names, and keys; weights up to 1, by nearness. */
export type Configured = { files: ReadonlySet<string>; keys: ReadonlyMap<string, number> };

const literal = /["'`]([\w@./-]{1,200}\.(?:ya?ml|json5?|toml|ini|conf|cfg|properties|env))["'`]/g;
const configurations = /\.(?:ya?ml|json5?|toml|ini|conf|cfg|properties)$|(?:^|\/)\.env(?:\.[\w-]+)?$/i;
const filesMax = 8;
const textMax = 1_000_000;

/** Configuration files of `known` that source text names by their path or its ending, each once, in the order of the sources. */
export function configurationsNamed(sources: Iterable<string>, known: Iterable<string>): string[] {
  const named = new Set<string>();
  let left = textMax;
  for (const text of sources) {
    left -= text.length;
    if (left < 0) break;
    for (const match of text.matchAll(literal)) named.add((match[1] ?? "").replace(/^(?:\.{0,2}\/)+/, ""));
  }
  const endings = [...named].filter((name) => name !== "");
  const found = new Set<string>();
  for (const path of known) {
    if (endings.some((name) => path === name || path.endsWith(`/${name}`))) found.add(path);
    if (found.size >= filesMax) break;
  }
  return [...found];
}

/** Keys that the places name: on the failing line, in its function, elsewhere in its file. */
export function configuredBy(
  places: readonly Place[],
  files: ReadonlyMap<string, string>,
  configurationFiles: Iterable<string>,
): Configured {
  const keys = new Map<string, number>();
  const raise = (tokens: readonly Token[], weight: number) => {
    for (const key of tokens.flatMap(keysOf)) keys.set(key, Math.max(keys.get(key) ?? 0, weight));
  };
  for (const place of places) {
    const weight = decay(place.depth);
    raise(tokensOf([place.focus], place.path), weight);
    raise(tokensOf(place.lines, place.path), weight * 0.9);
    raise(tokensOf((files.get(place.path) ?? "").split("\n").slice(0, 3_000), place.path), weight * 0.7);
  }
  return { files: new Set(configurationFiles), keys };
}

const keysOf = (each: Token): string[] => {
  if (each.kind === "string")
    return /^[\w.:-]{2,80}$/.test(each.text) ? wordsOf(each.text).flatMap(partsOf) : [];
  return each.kind === "name" && each.isMember ? [each.text.replace(/^[@$]+/, "")] : [];
};
const partsOf = (word: string): string[] => [word, ...word.split("-")];

/**
 * How much an edit of a configuration file has to do with it: 1 for a key that the failing line names and that is gone or
 * holds another kind of value, half of that for another value of the same kind. 0 for everything else.
 */
export function configuredWeight(
  edit: Edit,
  { files, keys }: Configured,
  messageNames: ReadonlySet<string>,
): number {
  if (!configurations.test(edit.path) || !files.has(edit.path)) return 0;
  const before = valuesIn(edit.removed);
  const after = valuesIn(edit.added);
  let best = 0;
  for (const [key, value] of before) {
    const now = after.get(key);
    if (now === value) continue;
    const isOtherKind = now === undefined || kindOf(now) !== kindOf(value);
    const parts = key.split(/[.:]/).filter((part) => part !== "");
    const near = Math.min(...parts.map((part) => (messageNames.has(part) ? 1 : (keys.get(part) ?? 0))));
    if (parts.length > 0) best = Math.max(best, near * (isOtherKind ? 1 : 0.5));
  }
  return best;
}

const setting = /^\s*(?:-\s+|export\s+)?["']?([\w.:$-]{1,120}?)["']?\s*(?::(?=\s|$)|=)\s*(.{0,500})$/;

function valuesIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of lines.slice(0, 200)) {
    const match = setting.exec(line.slice(0, 700));
    if (match) values.set(match[1] as string, (match[2] ?? "").trim().replace(/,$/, ""));
  }
  return values;
}

function kindOf(value: string): string {
  if (/^[+-]?\d[\d_]*(?:\.\d+)?$/.test(value)) return "number";
  if (/^(?:true|false|yes|no|on|off)$/i.test(value)) return "boolean";
  if (/^(?:null|nil|none|~|)$/i.test(value)) return "nothing";
  if (value.startsWith("[")) return "list";
  return value.startsWith("{") ? "table" : "text";
}
