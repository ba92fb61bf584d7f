import { describe, expect, it } from "vitest";
import { draftFate, type MergeParty, membersMax, mergeRefusal, restoredApproval } from "./merge";
import { compareIdentities, mergeCandidates } from "./merge-candidates";

const party = (incidentId: string, fields: Partial<MergeParty> = {}): MergeParty => ({
  ...{ incidentId, scopeKey: "project:shop/source:-", mergedIntoId: null, memberCount: 0, deliveries: [] },
  ...fields,
});

describe("who can be merged", () => {
  it.each<[string, MergeParty, MergeParty[], string | null]>([
    ["two of one scope", party("a"), [party("b")], null],
    ["nothing named", party("a"), [], "nothing_to_merge"],
    ["itself", party("a"), [party("a")], "same_incident"],
    ["into a member", party("a", { mergedIntoId: "z" }), [party("b")], "already_merged"],
    ["a member of another", party("a"), [party("b", { mergedIntoId: "z" })], "already_merged"],
    ["another source", party("a"), [party("b", { scopeKey: "project:shop/source:x" })], "other_scope"],
    [
      "too thin with drafted",
      party("a"),
      [party("b", { scopeKey: "blocked/project:shop/source:-" })],
      "other_scope",
    ],
    ["one that is being sent", party("a"), [party("b", { deliveries: ["sending"] })], "delivery_under_way"],
    [
      "one that may have arrived",
      party("a"),
      [party("b", { deliveries: ["ambiguous"] })],
      "delivery_under_way",
    ],
    ["the lead is being sent", party("a", { deliveries: ["sending"] }), [party("b")], null],
    ["just enough", party("a", { memberCount: membersMax - 1 }), [party("b")], null],
    [
      "one too many",
      party("a", { memberCount: membersMax - 1 }),
      [party("b", { memberCount: 1 })],
      "too_many_members",
    ],
  ])("%s", (_, lead, others, code) => {
    expect(mergeRefusal(lead, others)?.code ?? null).toBe(code);
  });
});

it.each([
  ["no draft", null, "none"],
  ["denied before", { approval: "denied", deliveries: [] }, "none"],
  ["published stays", { approval: "granted", deliveries: ["failed", "published"] }, "published"],
  ["open", { approval: "required", deliveries: [] }, "superseded"],
  ["approved and queued", { approval: "granted", deliveries: ["due"] }, "superseded"],
] as const)("what becomes of a draft: %s", (_, draft, fate) => {
  expect(draftFate(draft)).toBe(fate);
});

it("gives everything back but an approval", () => {
  expect(restoredApproval("granted")).toBe("voided");
  expect(restoredApproval("required")).toBe("required");
});

describe("how alike two identities are", () => {
  const own = [
    { name: "type", value: "TypeError" },
    { name: "template", value: "cannot read <n> of cart" },
    { name: "component", value: "checkout" },
  ] as const;
  it("is all of it for the same, and says part by part what differs", () => {
    expect(compareIdentities(own, own).alike).toBe(100);
    const { parts, alike } = compareIdentities(own, [
      ...own.slice(0, 2),
      { name: "component", value: "basket" },
    ]);
    expect(parts.map((part) => part.agrees)).toEqual([true, true, false]);
    expect(alike).toBe(86);
  });
  it("leaves out what has little in common, and puts the most alike first", () => {
    const candidate = (incidentId: string, type: string, component: string) => ({
      ...{ incidentId, occurrenceCount: 1 },
      identity: [{ name: "type", value: type }, own[1], { name: "component", value: component }] as const,
    });
    const found = mergeCandidates(own, [
      candidate("b", "RangeError", "basket"),
      candidate("a", "TypeError", "basket"),
      { incidentId: "c", occurrenceCount: 9, identity: [{ name: "event", value: "other" }] },
    ]);
    expect(found.map((each) => each.candidate.incidentId)).toEqual(["a", "b"]);
  });
});
