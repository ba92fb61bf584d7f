import type { Edit } from "./suspect-edit";
import type { Nature } from "./suspect-nature";
import type { CommitPatch } from "./suspect-patch";
import type { Place } from "./suspect-place";
import { tokenKey, tokensOf } from "./suspect-tokens";

/** A commit, judged edit by edit. */
export type JudgedCommit = {
  commit: CommitPatch;
  /** Those of its edits that have to do with the failure. */
  near: readonly Edit[];
  natureOf: (edit: Edit) => Nature;
};

/** How an edit belongs to a failing line: of which place, and how many changes of substance came after it. */
export type Lineage = { place: Place; generation: number };

const neutral: ReadonlySet<Nature> = new Set([
  "layout",
  "comment",
  "rewriting",
  "rename",
  "move",
  "logging",
  "bystander",
  "documentation",
  "test",
]);
export const isNeutral = (nature: Nature): boolean => neutral.has(nature);

/**
 * The edits that made a failing line what it is, newest first: the one that wrote its present text, the one that wrote the text
 * this replaced, and so on. Texts are compared without layout and comments, so that a later reformatting hides nothing.
 */
export function lineagesOf(
  places: readonly Place[],
  commits: readonly JudgedCommit[],
  formerPaths: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<Edit, Lineage> {
  const found = new Map<Edit, Lineage>();
  for (const place of places)
    follow(place, commits, formerPaths.get(place.path) ?? new Set([place.path]), found);
  return found;
}

function follow(
  place: Place,
  commits: readonly JudgedCommit[],
  paths: ReadonlySet<string>,
  found: Map<Edit, Lineage>,
): void {
  let text = keyOf(place.focus, place.path);
  if (!/\w/.test(text)) return;
  let generation = 0;
  for (const { near, natureOf } of commits) {
    for (const edit of near) {
      if (!paths.has(edit.path) || !isSameFunction(edit, place) || !hasLine(edit, text)) continue;
      const known = found.get(edit);
      if (!known || known.place.depth > place.depth) found.set(edit, { place, generation });
      if (!isNeutral(natureOf(edit))) generation += 1;
      const before = mostAlike(text, edit);
      if (before === null) return;
      text = before;
      break;
    }
  }
}

const isSameFunction = (edit: Edit, place: Place): boolean =>
  edit.functionName === null || place.functionName === null || edit.functionName === place.functionName;

const keyOf = (line: string, path: string): string => tokenKey(tokensOf([line], path));

/** Is the text among the added lines, in one of them or over several? */
const hasLine = ({ added, addedKeys, addedTokens }: Edit, text: string): boolean =>
  addedKeys.includes(text) ||
  (added.length > 1 &&
    added.length <= 12 &&
    text.length >= 12 &&
    ` ${tokenKey(addedTokens)} `.includes(` ${text} `));

/** The removed line that the text most likely replaced; null where it replaced none. */
function mostAlike(text: string, edit: Edit): string | null {
  let best: string | null = null;
  let bestShare = 0.3;
  const words = new Set(text.split(" "));
  for (const key of edit.removedKeys) {
    const others = new Set(key.split(" "));
    const common = [...others].filter((word) => words.has(word)).length;
    const share = common / Math.max(1, words.size + others.size - common);
    if (share > bestShare) {
      bestShare = share;
      best = key;
    }
  }
  return best;
}
