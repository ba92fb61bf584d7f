import { describe, expect, it } from "vitest";
import { entriesOf, metadataOf, saidWords, targetName } from "./card-words";

describe("the form of a card", () => {
  it("gives back what was stored", () => {
    const stored = {
      ...metadataOf(entriesOf(null)),
      ...{ business_owner: "Ada", allowed_actions: ["draft", "comment"], review_cadence_days: 30 },
      next_reassessment_at_ms: Date.UTC(2030, 0, 2),
    };
    expect(metadataOf(entriesOf(stored))).toEqual(stored);
  });

  it("blank fields say nothing, and blank lines are no entries", () => {
    const entries = { ...entriesOf(null), business_owner: "  ", residual_risks: "a\n\n b \n" };
    expect(metadataOf(entries)).toMatchObject({ business_owner: null, residual_risks: ["a", "b"] });
  });

  it.each([
    ["business_owner", null, []],
    ["residual_risks", [], []],
    ["residual_risks", ["a", "b"], ["a", "b"]],
    ["intended_purpose", "one\ntwo", ["one", "two"]],
    ["review_cadence_days", 30, ["every 30 days"]],
    ["next_reassessment_at_ms", Date.UTC(2030, 0, 2), ["2030-01-02"]],
  ] as const)("a difference of %s %j reads %j", (field, value, lines) => {
    expect(saidWords(field, value as never)).toEqual(lines);
  });
});

it.each([
  [{ kind: "log_source", id: "billing/worker.eu", name: "Billing" }, "Billing / worker.eu"],
  [{ kind: "project", id: "billing", name: "Billing" }, "Billing"],
] as const)("a card of %o is called %s", (target, words) => {
  expect(targetName(target)).toBe(words);
});
