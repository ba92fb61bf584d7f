export type DiffLine = { kind: "same" | "add" | "del"; text: string; line?: number };

/** Lines of one side times lines of the other that are compared. Reported text may be nothing but line breaks. */
const comparisonsMax = 4_000_000;

/**
 * The smallest line edit from one text to another (longest common subsequence). Where too much between the lines that both begin
 * and end with is different, all of one side goes and all of the other comes.
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before.split("\n");
  const b = after.split("\n");
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  return [
    ...same(b, 0, start),
    ...middle(a.slice(start, endA), b.slice(start, endB)).map((each) => ({
      ...each,
      line: each.line + start,
    })),
    ...same(b, endB, b.length),
  ];
}

const same = (lines: readonly string[], from: number, to: number): DiffLine[] =>
  lines.slice(from, to).map((text, at) => ({ kind: "same", text, line: from + at + 1 }));

type NumberedLine = DiffLine & { line: number };
const all = (kind: "add" | "del", lines: readonly string[]): NumberedLine[] =>
  lines.map((text, at) => ({ kind, text, line: at + 1 }));

function middle(a: readonly string[], b: readonly string[]): NumberedLine[] {
  if (a.length * b.length > comparisonsMax) return [...all("del", a), ...all("add", b)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const below = common[(i + 1) * width + j] ?? 0;
      const right = common[i * width + j + 1] ?? 0;
      const diagonal = common[(i + 1) * width + j + 1] ?? 0;
      common[i * width + j] = a[i] === b[j] ? diagonal + 1 : Math.max(below, right);
    }
  }
  const lines: NumberedLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left, line: j + 1 });
      i += 1;
      j += 1;
    } else if (
      left !== undefined &&
      (right === undefined || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push({ kind: "del", text: left, line: i + 1 });
      i += 1;
    } else if (right !== undefined) {
      lines.push({ kind: "add", text: right, line: j + 1 });
      j += 1;
    }
  }
  return lines;
}
