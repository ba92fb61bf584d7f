import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ruleName, ruleSentence } from "./rule-words";

/** Of every table of the page that has a column of rules: the rules in it. */
function describedRules(): string[] {
  const found = new Set<string>();
  let column = -1;
  for (const line of readFileSync("docs/triage-rules.md", "utf8").split("\n")) {
    const cells = line.startsWith("|") ? line.split("|").map((cell) => cell.trim()) : [];
    if (cells.length === 0) column = -1;
    else if (column < 0) column = cells.indexOf("Rule");
    const name = /^`([a-z_.]+)`/.exec(cells[column] ?? "")?.[1];
    if (name) found.add(name);
  }
  return [...found];
}

describe("the words of a rule", () => {
  const rules = describedRules();

  it("are there for every rule that is written down", () => {
    expect(rules.length).toBeGreaterThan(70);
    expect(rules.filter((rule) => ruleSentence(rule) === undefined)).toEqual([]);
  });

  it("of one that nobody wrote down are none, whatever it is called", () => {
    for (const rule of ["nope", "constructor", "__proto__", ""]) expect(ruleSentence(rule)).toBeUndefined();
  });

  it("read as words", () => {
    expect(ruleName("similar.same_exception")).toBe("similar same exception");
  });
});
