import { describe, expect, it } from "vitest";
import type { InventorySection } from "./inventory-row";
import { narrowSections } from "./inventory-sections";

const sections: InventorySection[] = [
  {
    ...{ id: "tokens", title: "API tokens", empty: "None." },
    rows: [
      { id: "t1", name: "CI", facts: ["service token"], marks: [{ word: "never ends", tone: "missing" }] },
      { id: "t2", name: "Old", facts: ["admin token"], marks: [], off: "Ended" },
    ],
  },
  { id: "routes", title: "Routes", empty: "None.", rows: [] },
];
const left = (text: string, only?: string) =>
  narrowSections(sections, { text, only }).map((each) => [each.id, each.rows.map((row) => row.id).join()]);

describe("narrowing", () => {
  it.each<[string, string, string | undefined, string[][]]>([
    [
      "nothing asked shows all, empty sections too",
      " ",
      undefined,
      [
        ["tokens", "t1,t2"],
        ["routes", ""],
      ],
    ],
    ["a fact, whatever its case", "SERVICE", undefined, [["tokens", "t1"]]],
    ["what is missing", "never ends", undefined, [["tokens", "t1"]]],
    ["what is off", "ended", undefined, [["tokens", "t2"]]],
    ["a section alone", "", "routes", [["routes", ""]]],
    ["nothing holds it", "nowhere", undefined, []],
  ])("%s", (_, text, only, wanted) => {
    expect(left(text, only)).toEqual(wanted);
  });
});
