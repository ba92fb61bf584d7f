import { describe, expect, it } from "vitest";
import { Edit } from "./suspect-edit";
import { natureJudge } from "./suspect-nature";
import type { FileChange, Hunk, PatchLine } from "./suspect-patch";
import { fitsFailure, traitsOf } from "./suspect-traits";

/** A hunk as a patch writes it: a mark and the line. */
function hunkOf(...marked: string[]): Hunk {
  let [before, after] = [1, 1];
  const lines = marked.map((line): PatchLine => {
    const text = line.slice(1);
    if (line.startsWith("-")) return { kind: "removed", text, before: before++, after: null };
    if (line.startsWith("+")) return { kind: "added", text, before: null, after: after++ };
    return { kind: "kept", text, before: before++, after: after++ };
  });
  return { heading: "", lines };
}

function editsIn(path: string, ...hunks: Hunk[]): Edit[] {
  const file: FileChange = { kind: "changed", path, formerPath: null, hunks, isPartial: false };
  return hunks.flatMap((hunk) => {
    const edits: Edit[] = [];
    for (let start = 0; start < hunk.lines.length; start += 1) {
      if (hunk.lines[start]?.kind === "kept") continue;
      let end = start;
      while (end < hunk.lines.length && hunk.lines[end]?.kind !== "kept") end += 1;
      edits.push(new Edit(file, hunk, start, end));
      start = end;
    }
    return edits;
  });
}

const naturesIn = (path: string, ...marked: string[]) => {
  const edits = editsIn(path, hunkOf(...marked));
  const natureOf = natureJudge(edits);
  return [...new Set(edits.map(natureOf))];
};

describe("edits that leave the program as it was", () => {
  it.each<[string, string, string[], string]>([
    ["white space", "a.js", ["-f( a,b )", "+f(a, b);"], "layout"],
    ["quotes", "a.js", ["-f('a')", '+f("a")'], "layout"],
    [
      "quotes around code in a template",
      "a.rb",
      ["-\"#{at.strftime('%d')}\"", '+"#{at.strftime("%d")}"'],
      "layout",
    ],
    ["a call over lines", "a.py", ["-f(a, b)", "+f(", "+    a,", "+    b,", "+)"], "layout"],
    ["a line joined by a backslash", "a.py", ["-x = a + b", "+x = a + \\", "+    b"], "layout"],
    [
      "a file indented anew",
      "A.java",
      [
        " class A {",
        "-  int f() {",
        "-    return 1;",
        "-  }",
        "+    int f() {",
        "+        return 1;",
        "+    }",
        " }",
      ],
      "layout",
    ],
    ["a comment", "a.go", ["-// one", "+// two"], "comment"],
    ["a comment behind code", "a.py", ["-x = 1", "+x = 1  # why"], "comment"],
    ["a docstring", "a.py", [" def f():", '+    """Says what f does."""', "     return 1"], "comment"],
    ["a line of a longer comment", "a.ts", [" /**", "- * One.", "+ * Two, or three.", "  */"], "comment"],
    ["brackets around a whole", "a.js", ["-return x.y()", "+return (", "+  x.y()", "+);"], "rewriting"],
    ["a tuple's brackets", "a.py", ["-return a, b", "+return (a, b)"], "rewriting"],
    [
      "a name for a value",
      "a.ts",
      ["-  return f(x).y;", "+  const found = f(x).y;", "+  return found;"],
      "rewriting",
    ],
    ["a value for a name", "a.go", ["-\tsum := a + b", "-\treturn sum", "+\treturn a + b"], "rewriting"],
    ["types", "a.py", ["-def f(a, b=1):", '+def f(a: str, b: int = 1) -> "object":'], "rewriting"],
    [
      "types of a method",
      "a.ts",
      ["-  at(day, hour) {", "+  at(day: Day, hour: number): Slot {"],
      "rewriting",
    ],
    [
      "a variable's name, throughout",
      "a.py",
      [
        "-total = price(x)",
        "-total += 1",
        "-return total",
        "+amount = price(x)",
        "+amount += 1",
        "+return amount",
      ],
      "rename",
    ],
    ["a log line", "a.js", [" function f() {", '+  console.log("here", x);', " }"], "logging"],
    ["a log line when asked for", "a.js", ['+  if (process.env.DEBUG) console.debug("here");'], "logging"],
    ["a log line of Ruby", "a.rb", ['-  warn "here" if $VERBOSE'], "logging"],
    [
      "a counter of its own",
      "a.js",
      [" function f() {", "+  calls.count += 1;", "   return x;"],
      "bystander",
    ],
    [
      "a counter that begins by itself",
      "a.rb",
      ["   read", "+  @reads = (@reads || 0) + 1", "   write"],
      "bystander",
    ],
    ["an import", "a.py", ["-from a import b", "+from a import b, c"], "imports"],
    [
      "a function moved",
      "a.py",
      ["-def f():", "-    return 1", "-", " def g():", "     return 2", "+", "+def f():", "+    return 1"],
      "move",
    ],
    ["documents", "docs/a.md", ["-one", "+two"], "documentation"],
    ["a test", "pkg/cart_test.go", ["-\tf(1)", "+\tf(2)"], "test"],
  ])("%s", (_, path, marked, nature) => expect(naturesIn(path, ...marked)).toEqual([nature]));
});

describe("edits that look like those and are not", () => {
  it.each<[string, string, string[]]>([
    [
      "another variable that is there already",
      "a.py",
      [" total = 1", " rest = 2", "-return total", "+return rest"],
    ],
    ["a key by another name", "a.js", ["-  return { total: x };", "+  return { amount: x };"]],
    [
      "an attribute by another name",
      "a.py",
      ["-self.total = x", "-return self.total", "+self.sum = x", "+return self.sum"],
    ],
    ["arguments in another order", "a.py", ["-f(a, b)", "+f(b, a)"]],
    ["brackets that change what is multiplied", "a.js", ["-x = (a + b) * c", "+x = a + b * c"]],
    [
      "a value computed once more than named",
      "a.js",
      ["-return f(x) + f(x)", "+const y = f(x)", "+return y + y"],
    ],
    ["a log line that also stores", "a.js", ['+  console.log("x");', "+  total = 0;"]],
    ["statements in another order", "a.py", [" def f():", "-    open()", "     read()", "+    open()"]],
    [
      "a few lines further in",
      "a.py",
      [" for x in y:", "     a(x)", "-    b(x)", "+        b(x)", "     c(x)"],
    ],
    ["a counter that was there", "a.js", [" let count = f();", "+count += 1;", " return count;"]],
    ["a way out on a name of its own", "a.js", [" const x = f();", "+if (g.dry) return null;", " return x;"]],
    ["a call that is new", "a.js", [" const x = f();", "+notify(other);", " return x;"]],
    ["text in a string", "a.py", ['-f("a b")', '+f("ab")']],
    ["a requirement", "requirements.txt", ["-lib==1.0", "+lib==2.0"]],
    ["a setting", "config/settings.json", ['-{ "limit": 10 }', '+{ "limit": 100 }']],
    ["an await that is gone", "a.ts", ["-  const x: X = await f();", "+  const x: X = f();"]],
    ["an early return", "a.go", ["-\tif x == nil {", "-\t\treturn 0", "-\t}"]],
  ])("%s", (_, path, marked) => expect(naturesIn(path, ...marked)).toContain("code"));
});

describe("what an edit of code does", () => {
  const traitsIn = (path: string, ...marked: string[]) =>
    traitsOf(editsIn(path, hunkOf(...marked))[0] as Edit);

  it.each<[string, string, string[], string]>([
    ["a check", "a.py", ["-if x is None:", "-    return 0"], "removed_guard"],
    ["a default", "a.js", ["-const n = order.count ?? 0;", "+const n = order.count;"], "removed_guard"],
    ["optional access", "a.ts", ["-return order?.id;", "+return order.id;"], "removed_guard"],
    ["a way to catch", "a.rb", ["-rescue KeyError", "-  nil"], "removed_guard"],
    ["a copy", "a.py", ["-return list(BINS)", "+return BINS"], "removed_guard"],
    ["waiting", "a.ts", ["-const x = await f();", "+const x = f();"], "dropped_await"],
    ["arguments", "a.py", ["-f(a, b)", "+f(b, a)"], "reordered"],
    ["a comparison", "A.java", ["-i < n;", "+i <= n;"], "changed_operator"],
    ["a number", "a.go", ["-const limit = 10", "+const limit = 100"], "changed_number"],
    ["a key", "a.rb", ["-order[:total]", "+order[:sum]"], "changed_name_or_text"],
  ])("%s", (_, path, marked, trait) => expect(traitsIn(path, ...marked)).toContain(trait));

  it("fits failures of its kind only", () => {
    const traits = traitsIn("a.py", "-xs[i]", "+xs[i + 1]");
    expect(fitsFailure(traits, "range")).toBe(true);
    expect(fitsFailure(traits, "import")).toBe(false);
  });
});
