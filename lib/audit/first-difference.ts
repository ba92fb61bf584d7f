import { canonicalJson } from "@/lib/domain/canonical-json";

export type Difference = { path: string; wanted: string; given: string };

const shownMax = 120;

/** The first place where two JSON values differ, as a path with both values; null where they are the same. */
export function firstDifference(wanted: unknown, given: unknown, path = ""): Difference | null {
  if (isTree(wanted) && isTree(given) && Array.isArray(wanted) === Array.isArray(given)) {
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(given)])) {
      const step = Array.isArray(wanted) ? `[${name}]` : path === "" ? name : `.${name}`;
      const found = firstDifference(memberOf(wanted, name), memberOf(given, name), `${path}${step}`);
      if (found) return found;
    }
    return null;
  }
  const [one, other] = [shown(wanted), shown(given)];
  return one === other ? null : { path: path || "the file", wanted: short(one), given: short(other) };
}

type Tree = Record<string, unknown> | unknown[];
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const memberOf = (tree: Tree, name: string) =>
  Object.hasOwn(tree, name) ? (tree as Record<string, unknown>)[name] : undefined;
const shown = (value: unknown) => (value === undefined ? "not there" : canonicalJson(value));
const short = (text: string) => (text.length > shownMax ? `${text.slice(0, shownMax)}\u2026` : text);
