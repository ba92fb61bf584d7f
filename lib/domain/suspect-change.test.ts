import { describe, expect, it } from "vitest";
import { exceptionMeaning } from "./exception-meaning";
import { syntaxOf } from "./read-code";
import { type ChangeKind, distance, isWholeGuard, readChange } from "./suspect-change";

const missingTotal = exceptionMeaning("KeyError", "'total'");
const nullTotal = exceptionMeaning("TypeError", "Cannot read properties of undefined (reading 'total')");
const outOfRange = exceptionMeaning("panic", "runtime error: index out of range [3] with length 3");
const ownMessage = exceptionMeaning("RatesError", "no rates for EUR");
const notFunction = exceptionMeaning("TypeError", "order.settle is not a function");
const arguments_ = exceptionMeaning(
  "TypeError",
  "charge() missing 1 required positional argument: 'currency'",
);

/** file, failure, what went, what came, what that is, the lines that say so. */
const cases: Array<[string, typeof missingTotal, string[], string[], ChangeKind, string[], string[]]> = [
  [
    "a.py",
    missingTotal,
    [`x = row.get("total", 0)`],
    [`x = row["total"]`],
    "removed_default",
    [`x = row.get("total", 0)`],
    [`x = row["total"]`],
  ],
  [
    "a.py",
    missingTotal,
    [`    if "total" not in row:`, "        return 0"],
    [],
    "removed_guard",
    [`if "total" not in row: return 0`],
    [],
  ],
  ["a.py", missingTotal, [`x = row["amount"]`], [`x = row["total"]`], "renamed", ["amount"], ["total"]],
  [
    "a.py",
    missingTotal,
    [`row = {"total": 1, "id": 2}`],
    [`row = {"id": 2}`],
    "removed_definition",
    [`row = {"total": 1, "id": 2}`],
    [],
  ],
  ["a.py", missingTotal, [], [`x = row["total"]`], "added_use", [], [`x = row["total"]`]],
  ["a.py", missingTotal, ["# was here"], ["# is here"], "changed", [], []],
  [
    "a.py",
    arguments_,
    ["def charge(order):"],
    ["def charge(order, currency):"],
    "changed_signature",
    ["def charge(order):"],
    ["def charge(order, currency):"],
  ],
  [
    "a.ts",
    nullTotal,
    ["const t = order?.total ?? 0;"],
    ["const t = order.total;"],
    "removed_default",
    ["const t = order?.total ?? 0;"],
    ["const t = order.total;"],
  ],
  [
    "a.ts",
    nullTotal,
    ["  if (!order) {", "    return 0;", "  }", "  return order.total;"],
    ["  return order.total;"],
    "removed_guard",
    ["if (!order) {"],
    [],
  ],
  [
    "a.ts",
    nullTotal,
    ["const pageSize = 10;"],
    ["const pageSize = 100;"],
    "changed_literal",
    ["const pageSize = 10;"],
    ["const pageSize = 100;"],
  ],
  ["a.ts", notFunction, ["  settle(): void {"], [], "removed_definition", ["settle(): void {"], []],
  [
    "a.ts",
    ownMessage,
    [],
    ["  if (!rate) throw new RatesError(`no rates for ${currency}`);"],
    "added_raise",
    [],
    ["if (!rate) throw new RatesError(`no rates for ${currency}`);"],
  ],
  [
    "a.go",
    outOfRange,
    ["	for i := 0; i < len(r); i++ {"],
    ["	for i := 0; i <= len(r); i++ {"],
    "changed_condition",
    ["for i := 0; i < len(r); i++ {"],
    ["for i := 0; i <= len(r); i++ {"],
  ],
  [
    "a.go",
    outOfRange,
    ["	return r[len(r)-1]"],
    ["	return r[len(r)]"],
    "changed_condition",
    ["return r[len(r)-1]"],
    ["return r[len(r)]"],
  ],
  [
    "a.go",
    outOfRange,
    ["	last := n - 1"],
    ["	last := n + 1"],
    "changed_condition",
    ["last := n - 1"],
    ["last := n + 1"],
  ],
  ["a.rb", nullTotal, ["      return if order.nil?"], [], "removed_guard", ["return if order.nil?"], []],
  [
    "a.rb",
    nullTotal,
    ["amount = order&.total"],
    ["amount = order.total"],
    "removed_default",
    ["amount = order&.total"],
    ["amount = order.total"],
  ],
  [
    "A.java",
    nullTotal,
    ["    Objects.requireNonNull(order);"],
    [],
    "removed_guard",
    ["Objects.requireNonNull(order);"],
    [],
  ],
  [
    "a.rs",
    nullTotal,
    ["let l = rows.last().unwrap_or(&EMPTY);"],
    ["let l = rows.last().unwrap();"],
    "removed_default",
    ["let l = rows.last().unwrap_or(&EMPTY);"],
    ["let l = rows.last().unwrap();"],
  ],
];

describe("what a commit did to the lines", () => {
  it.each(cases)("%s %#: %s", (path, meaning, removed, added, kind, from, to) => {
    const change = { path, fromLine: 10, toLine: 10, removed, added };
    expect(readChange(change, meaning)).toEqual({ kind, change, removed: from, added: to });
  });

  it("a commit's words are never asked: the same lines are the same change", () => {
    const change = { path: "a.py", fromLine: 1, toLine: 1, removed: ["x = 1"], added: ["x = 2"] };
    expect(readChange(change, missingTotal).kind).toBe("changed_literal");
  });

  it.each<[number, number, number, number]>([
    [10, 12, 11, 0],
    [10, 12, 9, 1],
    [10, 12, 15, 3],
    [10, 9, 10, 0],
  ])("lines %i to %i are away from line %i by %i", (fromLine, toLine, line, away) => {
    expect(distance({ path: "a", fromLine, toLine, removed: [], added: [] }, line)).toBe(away);
  });

  it.each<[string, string[], boolean]>([
    ["a.py", [`    if x is None:`, "        return 0"], true],
    ["a.py", [`    if x is None:`], false],
    ["a.ts", ["  if (!order) {", "    return 0;", "  }"], true],
    ["a.ts", ["  if (!order) {", "    return 0;"], false],
    ["a.ts", ["  return order.total;"], false],
    ["a.rb", ["if order.nil?", "  return", "end"], true],
    ["a.rb", ["if order.nil?", "  return"], false],
    ["a.rb", ["return if order.nil?"], true],
  ])("%s %j can be put back: %s", (path, lines, isWhole) => {
    expect(isWholeGuard(lines, syntaxOf(path))).toBe(isWhole);
  });
});
