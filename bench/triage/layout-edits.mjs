import { functionAt, functionsOf } from "./functions.mjs";

/** Changes places with a neighbour of the same depth: `git blame` then names the mover for one of the two. */
export function moveFunction(random, language, text, at, edit) {
  const block = functionAt(text, at, language);
  if (!block) return null;
  const down = random.chance(0.5);
  return edit("move", (lines, line) => {
    const all = functionsOf(lines.join("\n"), language);
    const here = all.find(({ name }) => name === block.name);
    if (!here) return null;
    const siblings = all.filter(({ indent }) => indent === here.indent);
    const place = siblings.indexOf(here);
    const other = (down ? siblings[place + 1] : siblings[place - 1]) ?? siblings[place + (down ? -1 : 1)];
    if (!other) return null;
    const [first, second] = here.from < other.from ? [here, other] : [other, here];
    const between = lines.slice(first.to + 1, second.lead);
    if (between.some((each) => each.trim() !== "")) return null;
    const [one, two] = [lines.slice(first.lead, first.to + 1), lines.slice(second.lead, second.to + 1)];
    lines.splice(first.lead, second.to - first.lead + 1, ...two, ...between, ...one);
    if (line < here.lead || line > here.to) return line;
    const shift = here === first ? two.length + between.length : first.lead - second.lead;
    return line + shift;
  });
}

/** Plain texts get the other quotes, in the whole file. */
export function requoteFile(language, edit) {
  if (language === "java" || language === "go") return null;
  return edit("format", (lines, line) => {
    const before = lines.join("\n");
    const after = before.replace(/(?<![\w'"\\])"([^"'\\{}#$\n]*)"(?!["\w])/g, "'$1'");
    if (after.split("\n").length !== lines.length || before.includes('"""')) return null;
    lines.splice(0, lines.length, ...after.split("\n"));
    return line;
  });
}

/** Twice the indentation, in the whole file: every line that is not at the margin changes. */
export function reindentFile(language, edit) {
  if (!["javascript", "typescript", "java"].includes(language)) return null;
  return edit("format", (lines, line) => {
    const narrow = lines.some((each) => /^ {2}\S/.test(each));
    if (lines.some((each) => each.includes("`")) || narrow === (language === "java")) return null;
    const [step, to] = narrow ? [2, 4] : [4, 2];
    for (const [at, each] of lines.entries()) {
      const [indent] = /^ */.exec(each);
      lines[at] =
        " ".repeat(Math.floor(indent.length / step) * to + (indent.length % step)) + each.trimStart();
    }
    return line;
  });
}
