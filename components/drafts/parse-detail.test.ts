import { expect, it } from "vitest";
import { fieldsOf, parseDetail } from "./parse-detail";

it("takes a stored detail apart: fields, words; the lists are left to the record", () => {
  const detail = [
    "source: worker\nfile: worker.log\nrisk_level: critical",
    "It stops since 03:08.\nEvery batch.",
    "A second paragraph.",
    "excerpt:\n  one\n  two",
    "evidence_refs:\n  https://ci.example/1",
  ].join("\n\n");
  const { fields, words } = parseDetail(detail);
  expect(fields.map((field) => field.name)).toEqual(["source", "file", "risk_level"]);
  expect(words).toBe("It stops since 03:08.\nEvery batch.\n\nA second paragraph.");
});

it.each([
  ["", [], ""],
  ["just words", [], "just words"],
  ["excerpt: is a word here", [{ name: "excerpt", value: "is a word here" }], ""],
])("copes with %j", (detail, fields, words) => {
  expect(parseDetail(detail)).toEqual({ fields, words });
});

it("calls nothing a field list that has one other line", () => {
  expect(fieldsOf("level: error\nand words")).toBeNull();
});
