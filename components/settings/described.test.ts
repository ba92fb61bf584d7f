import { expect, it } from "vitest";
import { countChanges, type DescribedRow, describeChanges, describedDiff } from "./described";

const row = (id: string, fields: Record<string, string>): DescribedRow => ({
  id,
  kind: "Route",
  title: id,
  fields: Object.entries(fields).map(([label, value]) => ({ label, value })),
});

it("says what changed, was added and was removed, and leaves out what did not", () => {
  const before = [row("a", { Name: "A", Priority: "1" }), row("b", { Name: "B" }), row("c", { Name: "C" })];
  const after = [
    row("a", { Name: "A", Priority: "2" }),
    row("b", { Name: "B" }),
    row("d", { Name: "D", Tags: "" }),
  ];
  const changes = describeChanges(before, after);
  expect(changes.map(({ kind, subject, fields }) => [kind, subject, fields])).toEqual([
    ["changed", "a", [{ label: "Priority", before: "1", after: "2" }]],
    ["added", "d", [{ label: "Name", before: "", after: "D" }]],
    ["removed", "c", [{ label: "Name", before: "C", after: "" }]],
  ]);
  expect(countChanges(changes)).toBe(3);
});

it("shows theirs as removed and mine as added, for the rows that differ", () => {
  const lines = describedDiff(
    [row("a", { Approval: "never" }), row("b", { Name: "B" })],
    [row("a", { Approval: "always" }), row("b", { Name: "B" })],
  );
  expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "same Route a",
    "del   approval: never",
    "add   approval: always",
  ]);
});
