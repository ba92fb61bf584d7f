import { expect, it } from "vitest";
import type { ShadowDecisionWire } from "@/lib/contracts/shadow-decision";
import { nameOf } from "@/lib/queries/names";
import { differenceWords, wentWords } from "./shadow-words";

const name = nameOf({ destinations: { b: "Billing" }, projects: {}, routes: {} });
const actual = { destination_ids: ["a"], approval_required: false };
const decision = (part: Partial<ShadowDecisionWire>): ShadowDecisionWire => ({
  ...{ shadow_decision_id: "s", draft_id: "d", incident_id: "i", moment: "drafted", route_id: "r" },
  ...{ route_name: "R", destination_ids: ["a"], approval_required: false, reached: true, agrees: true },
  ...{ actual, at_ms: 1 },
  ...part,
});

it.each<[Partial<ShadowDecisionWire>, string]>([
  [{}, "as it was decided"],
  [{ reached: false }, "as it was decided; an earlier route would have ended the search"],
  [{ agrees: false, destination_ids: ["b"] }, "goes elsewhere"],
  [{ agrees: false, destination_ids: ["b"], approval_required: true }, "goes elsewhere and asks a person"],
  [{ agrees: false, actual: { ...actual, approval_required: true } }, "asks no person"],
])("%j", (part, words) => {
  expect(differenceWords(decision(part))).toBe(words);
});

it.each([
  [{ destination_ids: ["a", "b"], approval_required: true }, "a and Billing, after approval"],
  [{ destination_ids: [], approval_required: false }, "nowhere"],
])("%j", (outcome, words) => {
  expect(wentWords(outcome, name)).toBe(words);
});
