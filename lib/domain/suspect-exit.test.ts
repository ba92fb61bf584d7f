import { describe, expect, it } from "vitest";
import { Edit } from "./suspect-edit";
import { addedExitOf, wasNotTaken } from "./suspect-exit";
import type { PatchLine } from "./suspect-patch";
import type { Place } from "./suspect-place";

/** Lines of a function as they are now; those with a plus are the edit's. */
function readAs(path: string, marked: readonly string[]): { edit: Edit; place: Place } {
  let [before, after] = [1, 1];
  const lines = marked.map((line): PatchLine => {
    const text = line.slice(1);
    if (line.startsWith("+")) return { kind: "added", text, before: null, after: after++ };
    if (line.startsWith("-")) return { kind: "removed", text, before: before++, after: null };
    return { kind: "kept", text, before: before++, after: after++ };
  });
  const start = lines.findIndex((line) => line.kind !== "kept");
  const end = lines.findLastIndex((line) => line.kind !== "kept") + 1;
  const file = { kind: "changed" as const, path, formerPath: null, hunks: [], isPartial: false };
  const now = lines.filter((line) => line.kind !== "removed").map((line) => line.text);
  return {
    edit: new Edit(file, { heading: "", lines }, start, end),
    place: {
      ...{ path, line: now.length, depth: 0, functionName: "f", fromLine: 1, toLine: now.length },
      ...{ focus: now.at(-2) ?? "", lines: now },
    },
  };
}

/** Whether it was read as a way out that the failing call did not take. */
function isPassed(path: string, marked: readonly string[]): boolean {
  const { edit, place } = readAs(path, marked);
  const exit = addedExitOf(edit);
  return exit !== null && wasNotTaken(exit, edit, [place]);
}

describe("ways out that the failing call did not take", () => {
  it.each<[string, string, string[]]>([
    [
      "a check of a parameter, in Python",
      "tide.py",
      [" def height(port):", "+    if port.closed:", "+        return None", "     return port.gauge.read()"],
    ],
    [
      "on one line",
      "tide.js",
      [" function height(port) {", "+  if (port === null) return 0;", "   return port.gauge.read();", " }"],
    ],
    [
      "asking the surroundings, with brackets within brackets and quotes",
      "Tide.java",
      [
        " int height(Port port) {",
        '+  if (Flags.of(")").isSet("dry")) {',
        '+    throw new ClosedException("dry dock");',
        "+  }",
        "   return port.gauge().read();",
        " }",
      ],
    ],
    [
      "behind what it does",
      "tide.rb",
      [" def height(port)", '+  raise ClosedError, "no tide" if port.closed?', "   port.gauge.read", " end"],
    ],
    [
      "in Go",
      "tide.go",
      [
        " func Height(port *Port) int {",
        "+\tif port.Closed {",
        '+\t\tpanic("closed")',
        "+\t}",
        "\treturn 1",
        " }",
      ],
    ],
  ])("%s", (_, path, marked) => expect(isPassed(path, marked)).toBe(true));
});

describe("what may well have brought the failure", () => {
  it.each<[string, string, string[]]>([
    [
      "something is taken away beside it",
      "tide.py",
      [
        " def height(port):",
        "-    port.open()",
        "+    if port.closed:",
        "+        return None",
        "     return 1",
      ],
    ],
    [
      "a name gets a value",
      "tide.py",
      [" def height(port):", "+    if port.closed:", "+        port = None", "     return port.gauge"],
    ],
    [
      "it asks by a call that may change what the function deals with",
      "tide.js",
      [
        " function height(queue) {",
        "+  if (queue.shift() === 0) return 0;",
        "   return queue.at(0).id;",
        " }",
      ],
    ],
    [
      "the function catches what it raises",
      "tide.js",
      [
        " function height(port) {",
        "   try {",
        '+    if (port.closed) throw new Error("closed");',
        "     port.open();",
        "   } catch {}",
        "   return port.gauge.id;",
        " }",
      ],
    ],
    [
      "a function within the function answers with it",
      "tide.js",
      [
        " function height(ports) {",
        "   const all = ports.map((port) => {",
        "+    if (port.closed) return undefined;",
        "     return port.gauge;",
        "   });",
        "   return all[0].id;",
        " }",
      ],
    ],
    [
      "it leaves out one round of a loop",
      "tide.py",
      [
        " def f(ports):",
        "     for port in ports:",
        "+        if port.dry:",
        "+            continue",
        "         a(port)",
      ],
    ],
    ["it has no condition", "tide.py", [" def f(a):", "+    return None", "     return a.b"]],
    [
      "it does something else as well",
      "tide.rb",
      [" def f(a)", "+  if a.dry?", "+    reset", "+    return 0", "+  end", "   a.b", " end"],
    ],
  ])("%s", (_, path, marked) => expect(isPassed(path, marked)).toBe(false));

  it("lies in no function of the trace", () => {
    const { edit } = readAs("a.js", [" function f(a) {", "+  if (a.dry) return 0;", "   return a.b;", " }"]);
    expect(wasNotTaken({ raises: false, conditions: ["a.dry"] }, edit, [])).toBe(false);
  });

  it("ends in time for very long lines", () => {
    const { edit } = readAs("a.js", [" x", `+if ${"(".repeat(5_000)}`, `+${"if ( ".repeat(2_000)}`, " y"]);
    expect(addedExitOf(edit)).toBeNull();
  });
});
