import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanImports } from "./scan-imports";
import { readSourceText } from "./source-text";

describe("scanImports", () => {
  it.each([
    ["a named import", 'import { a, b as c } from "x";', "x", false, ["a", "b"]],
    ["a type import", 'import type { A } from "x";', "x", true, ["A"]],
    ["types named one by one", 'import { type A, type B as C } from "x";', "x", true, ["A", "B"]],
    ["one value among types", 'import { type A, b } from "x";', "x", false, ["A", "b"]],
    ["a default import", 'import next from "x";', "x", false, ["default"]],
    ["a default called type", 'import type from "x";', "x", false, ["default"]],
    ["default and named", 'import d, { type A } from "x";', "x", false, ["A", "default"]],
    ["a namespace", 'import * as all from "x";', "x", false, ["*"]],
    ["for its effect", 'import "x";', "x", false, []],
    ["a re-export", 'export { a } from "x";', "x", false, ["a"]],
    ["a re-export of everything", 'export * from "x";', "x", false, ["*"]],
    ["a re-exported type", 'export type { A } from "x";', "x", true, ["A"]],
    ["over several lines", 'import {\n  a,\n  type B,\n} from "x";', "x", false, ["a", "B"]],
    ["a dynamic import", 'const m = await import("x");', "x", false, ["*"]],
    ["a dynamic import with then", 'import("x").then((m) => m.a);', "x", false, ["*"]],
    ["an import type", 'type T = import("x").Thing;', "x", true, ["Thing"]],
    ["typeof import", 'type T = typeof import("x");', "x", true, ["*"]],
    ["require", 'const m = require("x");', "x", false, ["*"]],
    ["a template", "const m = await import(`x`);", "x", false, ["*"]],
    [
      "after a regular expression with quotes",
      'const r = /["\'`]/;\nimport { a } from "x";',
      "x",
      false,
      ["a"],
    ],
    ["after an apostrophe in JSX", "<p>don't</p>;\nconst m = import('x');", "x", false, ["*"]],
    ["inside a template's expression", 'const t = `a ${await import("x")} b`;', "x", false, ["*"]],
    ["after a division", 'const h = a / b; import { c } from "x"; const g = d / e;', "x", false, ["c"]],
  ])("%s", (_, source, specifier, typeOnly, names) => {
    expect(scanImports(source)).toEqual([{ specifier, typeOnly, names }]);
  });

  it.each([
    ["a line comment", '// import { a } from "x";'],
    ["a block comment", '/* import { a } from "x"; */'],
    ["a string", "const s = 'import { a } from \"x\"';"],
    ["a template", 'const s = `import { a } from "x";`;'],
    ["a member called import", 'registry.import("x");'],
    ["an export of its own", 'export const from = "x";'],
  ])("nothing in %s", (_, source) => {
    expect(scanImports(source)).toEqual([]);
  });

  it("never throws, and keeps every offset", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."'\"`/*\\\n${}<>()[] aimport".split("")) }),
        (source) => {
          expect(readSourceText(source).code).toHaveLength(source.length);
          scanImports(source);
        },
      ),
    );
  });
});
