export type IssueBlock =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "code"; text: string };

/** Markdown as triage writes it, in blocks: headings, fences, lists and paragraphs. What it does not know stays text as it is. */
export function issueBlocks(markdown: string): IssueBlock[] {
  const blocks: IssueBlock[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const fence = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      const end = lines.findIndex((each, index) => index > at && each.trim() === fence);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, last).join("\n") });
      at = last;
      continue;
    }
    const heading = /^#{1,6} +(.*)$/.exec(line) ?? /^\*\*([^*\n]+)\*\*[ \t]*:?$/.exec(line);
    if (heading) blocks.push({ kind: "heading", text: heading[1] ?? "" });
    else if (line.trim() !== "") addLine(blocks, line, (lines[at - 1] ?? "").trim() === "");
  }
  return blocks;
}

function addLine(blocks: IssueBlock[], line: string, begins: boolean): void {
  const last = blocks.at(-1);
  const item = /^(?:([-*])|\d+[.)]) +(.*)$/.exec(line);
  if (item) {
    const ordered = item[1] === undefined;
    if (last?.kind === "list" && last.ordered === ordered) last.items.push(item[2] ?? "");
    else blocks.push({ kind: "list", ordered, items: [item[2] ?? ""] });
  } else if (last?.kind === "list" && /^\s/.test(line)) {
    last.items.push(`${last.items.pop() ?? ""}\n${line.trim()}`);
  } else if (last?.kind === "text" && !begins) {
    last.text += `\n${line}`;
  } else blocks.push({ kind: "text", text: line });
}
