import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { readTracePlaces } from "@/lib/domain/trace-places";
import { SourceMaps } from "./source-map";
import { SourceTree } from "./source-tree";
import { startStopwatch } from "./stopwatch";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "incident-monitor-maps-")));
const root = join(folder, "shop");
const write = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const maps = () =>
  new SourceMaps(
    new SourceTree(
      { root, refused: [] },
      startStopwatch({ deadlineMs: 30_000, signal: new AbortController().signal }),
    ),
  );
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = `interface Order { total: number }
type Rates = Record<string, number>;

export function settle(order: Order | null, rates: Rates): number {
  const rate = rates["EUR"] ?? 1;
  return order!.total * rate;
}
settle(null, {});
`;

/** The bundle as esbuild writes it, names kept, white space not. */
function compile(sourcemap: "external" | "inline"): { code: string; map: string } {
  const options = { loader: "ts", format: "cjs", sourcefile: "settle.ts", minifyWhitespace: true } as const;
  return transformSync(source, { ...options, sourcemap });
}

/** Runs a bundle, and where node says that it broke. */
function placeOfRun(bundle: string) {
  const run = spawnSync(process.execPath, [join(root, bundle)], { encoding: "utf8", timeout: 20_000 });
  const place = readTracePlaces(run.stderr.split("\n")).find((each) => each.function === "settle");
  return { line: place?.line ?? 0, column: place?.column ?? null };
}

const expected = { source: "src/settle.ts", line: 6 };

describe("from a bundle that ran to its source", () => {
  it("the map beside it", async () => {
    const { code, map } = compile("external");
    write("dist/settle.js", code);
    write("dist/settle.js.map", JSON.stringify({ ...JSON.parse(map), sources: ["../src/settle.ts"] }));
    const { line, column } = placeOfRun("dist/settle.js");
    expect(line).not.toBe(expected.line);
    expect(await maps().originalOf("dist/settle.js", line, column)).toMatchObject(expected);
  });

  it("the map in its comment", async () => {
    const { code } = compile("inline");
    write("src/inline.js", code);
    const { line, column } = placeOfRun("src/inline.js");
    expect(await maps().originalOf("src/inline.js", line, column)).toMatchObject(expected);
  });

  it("the map where its comment points, of sections", async () => {
    const { code, map } = compile("external");
    const sections = [
      {
        offset: { line: 0, column: 0 },
        map: { ...JSON.parse(map), sources: ["webpack://shop/./src/settle.ts"] },
      },
    ];
    write("out/js/settle.js", `${code}//# sourceMappingURL=../maps/s.json?x=1\n`);
    write("out/maps/s.json", JSON.stringify({ version: 3, sections }));
    const { line, column } = placeOfRun("out/js/settle.js");
    const original = await maps().originalOf("out/js/settle.js", line, column);
    expect(original).toMatchObject({
      ...expected,
      source: expect.stringMatching(/^webpack:\/\/shop\/.*src\/settle\.ts$/),
    });
  });

  it("a line without a column leads to the first place of the line", async () => {
    expect(await maps().originalOf("dist/settle.js", 1, null)).toMatchObject({ source: "src/settle.ts" });
  });
});

describe("maps that lead nowhere", () => {
  const { code, map } = compile("external");
  writeFileSync(join(folder, "outside.map"), map);

  it.each<[what: string, comment: string]>([
    ["no comment and no map", ""],
    ["out of the root", "//# sourceMappingURL=../../outside.map"],
    ["an absolute path", `//# sourceMappingURL=${join(folder, "outside.map")}`],
    ["another host", "//# sourceMappingURL=http://127.0.0.1:1/x.map"],
    ["a file's address", `//# sourceMappingURL=file://${join(folder, "outside.map")}`],
    ["a host without a scheme", "//# sourceMappingURL=//127.0.0.1:1/x.map"],
    ["data that is no JSON", "//# sourceMappingURL=data:application/json;base64,AAAA"],
    ["data that was not encoded properly", "//# sourceMappingURL=data:application/json,%zz"],
    ["data of another type", "//# sourceMappingURL=data:text/html,<x>"],
    ["a folder", "//# sourceMappingURL=."],
  ])("%s", async (_, comment) => {
    write("lost/x.js", `${code}\n${comment}\n`);
    expect(await maps().originalOf("lost/x.js", 6, 10)).toBeNull();
  });

  it.each<[what: string, map: unknown, source?: string]>([
    ["no object", 7],
    ["null", null],
    [
      "more mappings than fit",
      { version: 3, sources: ["a"], names: [], mappings: `AAAA${";".repeat(3_000_000)}` },
    ],
    ["no mappings", { version: 3, sources: [] }],
    [
      "mappings that are none",
      { version: 3, sources: ["a"], names: [], mappings: "!!!!;;;;,,,," },
      "broken/a",
    ],
    ["lines before the first", { version: 3, sources: ["a"], names: [], mappings: "AADA" }],
    ["mappings beyond the sources", { version: 3, sources: [], names: [], mappings: "AAg0BA,AAAA" }],
    [
      "sections within sections",
      { version: 3, sections: [{ offset: { line: -1, column: -1 }, map: { version: 3, sections: [] } }] },
    ],
    [
      "sources that are no names",
      { version: 3, sources: [{}, null, 3], names: [], mappings: "AAAA" },
      "broken/[object Object]",
    ],
  ])("a broken map: %s", async (_, broken, source) => {
    write("broken/x.js", code);
    write("broken/x.js.map", JSON.stringify(broken));
    const original = await maps().originalOf("broken/x.js", 1, 1);
    expect(original?.source).toBe(source);
  });

  it("a source that climbs out keeps what comes after the climbing, and files that are no bundles have no map", async () => {
    write("far/x.js", code);
    write("far/x.js.map", JSON.stringify({ ...JSON.parse(map), sources: ["../../../../src/settle.ts"] }));
    const { line, column } = placeOfRun("far/x.js");
    expect(await maps().originalOf("far/x.js", line, column)).toMatchObject(expected);
    expect(await maps().originalOf("far/x.ts", line, column)).toBeNull();
    expect(await maps().originalOf("far/none.js", line, column)).toBeNull();
  });
});
