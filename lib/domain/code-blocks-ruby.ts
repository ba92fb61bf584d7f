import type { EnclosingBlock } from "./triage";

type Open = EnclosingBlock & { indent: number };

const head =
  /^(\s*)(?:(?:private|protected|public|private_class_method|module_function|memoize) +)?(def\b|class\b(?: *<<)?|module\b) *((?:@?[A-Za-z_]\w{0,80})(?:\.|::)){0,12}([\w]+[?!=]?|[^\w\s(;]{1,3})?/;
/** `def total = 3`, `def total(x) = x`: no `end` follows. */
const endless = /^\s*(?:\w+ +)?def +[\w.?!]{1,200}(?: *\([^)]*\) *=(?![=~>(])| += )/;

/**
 * The methods, classes and modules of Ruby, whose comments and strings are gone. Each ends with the `end` that is indented as it
 * is: of all that `end` may close, that is what people and formatters keep to.
 */
export function rubyBlocks(code: readonly string[]): EnclosingBlock[] {
  const open: Open[] = [];
  const blocks: EnclosingBlock[] = [];
  for (const [index, text] of code.entries()) {
    if (text.trim() === "__END__") break;
    const line = index + 1;
    const end = /^(\s*)end\b/.exec(text);
    if (end) close(open, blocks, width(end[1]), line);
    const found = end ? null : head.exec(text.slice(0, 1_000));
    if (!found?.[4] && !found?.[3]) continue;
    const kind = found[2] === "def" ? "function" : "class";
    const name =
      found[2] !== "def" && found[2]?.includes("<<")
        ? "self"
        : (found[4] ?? found[3]?.replace(/\W+$/, "") ?? "");
    const block: Open = { name, kind, fromLine: line, toLine: line, indent: width(found[1]) };
    const isOneLine = (kind === "function" && endless.test(text)) || /[;)\s]end\s*$/.test(text);
    if (isOneLine) blocks.push(bare(block, line));
    else open.push(block);
  }
  for (const block of open) blocks.push(bare(block, code.length));
  return blocks;
}

/** Whatever is indented deeper was closed by a line that this does not see, at the latest here. */
function close(open: Open[], blocks: EnclosingBlock[], indent: number, line: number): void {
  let last = open.at(-1);
  while (last !== undefined && last.indent >= indent) {
    open.pop();
    blocks.push(bare(last, line));
    if (last.indent === indent) return;
    last = open.at(-1);
  }
}

const bare = ({ name, kind, fromLine }: Open, toLine: number): EnclosingBlock => ({
  name,
  kind,
  fromLine,
  toLine,
});

const width = (indent = "") => indent.replaceAll("\t", "  ").length;
