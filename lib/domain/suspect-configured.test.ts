import { describe, expect, it } from "vitest";
import { configurationsNamed, configuredBy, configuredWeight } from "./suspect-configured";
import { Edit } from "./suspect-edit";
import type { PatchLine } from "./suspect-patch";
import type { Place } from "./suspect-place";

const focus = '    return conf["oven"]["degrees"] + 5';
const source = ["RACKS = ['oven.racks']", "", "def heat(conf):", focus].join("\n");
const place: Place = {
  ...{ path: "bake.py", line: 4, depth: 0, functionName: "heat", fromLine: 3, toLine: 4 },
  ...{ focus, lines: ["def heat(conf):", focus] },
};

function weightOf(path: string, removed: string[], added: string[], named: string[] = []): number {
  const lines: PatchLine[] = [
    ...removed.map((text, index) => ({ kind: "removed" as const, text, before: index + 1, after: null })),
    ...added.map((text, index) => ({ kind: "added" as const, text, before: null, after: index + 1 })),
  ];
  const file = { kind: "changed" as const, path, formerPath: null, hunks: [], isPartial: false };
  const edit = new Edit(file, { heading: "", lines }, 0, lines.length);
  const configured = configuredBy([place], new Map([["bake.py", source]]), [
    "conf/bake.yml",
    "conf/bake.json",
  ]);
  return configuredWeight(edit, configured, new Set(named));
}

describe("files of configuration that code names", () => {
  it.each<[string, string[], string[], string[]]>([
    ["by their path", ["open('conf/bake.yml')"], ["conf/bake.yml", "conf/shop.yml"], ["conf/bake.yml"]],
    ["by its ending", ['load("../bake.toml")'], ["etc/bake.toml", "etc/unbake.toml"], ["etc/bake.toml"]],
    ["not what is no configuration", ["open('bake.py')"], ["bake.py"], []],
    ["nothing", ["bake()"], ["conf/bake.yml"], []],
  ])("%s", (_, sources, known, found) => expect(configurationsNamed(sources, known)).toEqual(found));
});

describe("how much a change of configuration has to do with the failing line", () => {
  it.each<[string, string, string[], string[], number]>([
    ["text where a number was", "conf/bake.yml", ["  degrees: 220"], ['  degrees: "220"'], 1],
    ["a key that is gone", "conf/bake.yml", ["  degrees: 220"], [], 1],
    ["another number", "conf/bake.yml", ["  degrees: 220"], ["  degrees: 22"], 0.5],
    [
      "a dotted key, read elsewhere in the file",
      "conf/bake.json",
      ['"oven.racks": 4,'],
      ['"oven.racks": null'],
      0.7,
    ],
    ["a key that nothing there reads", "conf/bake.yml", ["  flour: 3"], ["  flour: x"], 0],
    ["a new key", "conf/bake.yml", [], ["  degrees: 220"], 0],
    ["a file that is not read there", "conf/other.yml", ["  degrees: 220"], ["  degrees: x"], 0],
    ["only a comma", "conf/bake.json", ['"degrees": 220'], ['"degrees": 220,'], 0],
  ])("%s", (_, path, removed, added, weight) => expect(weightOf(path, removed, added)).toBeCloseTo(weight));

  it("a key that only the message names", () => {
    expect(weightOf("conf/bake.yml", ["  salt: 1"], ["  salt:"], ["salt"])).toBe(1);
  });
});
