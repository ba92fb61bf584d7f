import { definitionOf } from "./suspect-blocks";
import type { Edit } from "./suspect-edit";
import type { Token } from "./suspect-tokens";

/** Words that may stand in a statement which declares or counts something of its own. */
const declaring: ReadonlySet<string> = new Set(
  "const let var private public protected static final readonly volatile val int long float double boolean bool string String number Integer Long AtomicLong AtomicInteger new this self null nil None undefined true false True False or and".split(
    " ",
  ),
);

const leaving: ReadonlySet<string> = new Set(
  "return raise throw panic break continue next yield exit abort".split(" "),
);

/**
 * Lines that are only added and deal with nothing but names that no line around had before, like a counter of calls: what was
 * there goes on as it was.
 */
export function isBystander(edit: Edit, names: NamesOfFile): boolean {
  if (edit.removed.length > 0 || edit.added.length > 6) return false;
  // Past a way out, what was there no longer goes on; a function of its own leaves only itself.
  const leaves = edit.addedTokens.some((each) => each.kind === "name" && leaving.has(each.text));
  if (leaves && edit.added.every((line) => definitionOf(line) === null)) return false;
  const own = dealtWith(edit);
  if (own.length === 0) return false;
  return own.every((each) => !names.known.has(each.text)) && !hasForeignCall(edit.addedTokens, names.made);
}

/** Names that the added lines deal with, other than as members of something. */
export const dealtWith = ({ addedTokens }: Edit): Token[] =>
  addedTokens.filter(
    (each) =>
      each.kind === "name" && (!each.isMember || each.text.startsWith("@")) && !declaring.has(each.text),
  );

/** Of one file in one commit: names that were there, and names that the added lines give a value. */
export type NamesOfFile = { known: ReadonlySet<string>; made: ReadonlySet<string> };

export function namesOfFile(edits: readonly Edit[], path: string): NamesOfFile {
  const known = new Set<string>();
  const made = new Set<string>();
  for (const edit of edits) {
    if (edit.path !== path) continue;
    for (const { text } of edit.removedTokens) known.add(text);
    for (const { text } of edit.aroundTokens) known.add(text);
    edit.addedTokens.forEach((each, index) => {
      if (edit.addedTokens[index + 1]?.text === "=") made.add(each.text);
    });
  }
  return { known, made };
}

/** A call of anything but a method of what these lines themselves brought into being. */
const hasForeignCall = (tokens: readonly Token[], made: ReadonlySet<string>): boolean =>
  tokens.some((each, index) => {
    if (each.kind !== "name" || tokens[index + 1]?.text !== "(") return false;
    const receiver = tokens[index - 1]?.text === "." ? tokens[index - 2]?.text : undefined;
    return receiver === undefined || !made.has(receiver);
  });
