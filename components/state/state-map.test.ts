import { describe, expect, it } from "vitest";
import { tones } from "@/components/ui/tone";
import { approvalFacets, deliveryStates, issueFacets, triageFacets } from "@/lib/contracts/draft";
import { logSourceHealthStates } from "@/lib/contracts/log-source";
import { glyphs } from "./glyphs";
import { lookOf, lookOfFacet, type StateName, stateOf, states } from "./state-map";

/** The words and tones as the design fixes them. */
const fixed: [StateName, string, string][] = [
  ["approvalDue", "Approval due", "needs"],
  ["approved", "Approved", "passed"],
  ["denied", "Denied", "failed"],
  ["approvalVoided", "Approval voided", "void"],
  ["approvalExpired", "Approval expired", "void"],
  ["cancelled", "Cancelled", "void"],
  ["triageQueued", "Triage queued", "idle"],
  ["ready", "Ready", "idle"],
  ["held", "Held", "idle"],
  ["triageRunning", "Triage running", "active"],
  ["due", "Due", "active"],
  ["sending", "Sending", "active"],
  ["retrying", "Retrying", "waiting"],
  ["degraded", "Degraded", "waiting"],
  ["silent", "Silent", "waiting"],
  ["triageTimedOut", "Triage timed out", "waiting"],
  ["published", "Published", "passed"],
  ["deliveryFailed", "Delivery failed", "failed"],
  ["blocked", "Blocked", "failed"],
  ["notReady", "Not ready", "failed"],
  ["ambiguous", "Ambiguous", "ambiguous"],
];

describe("state map", () => {
  it.each(fixed)("%s reads %s in tone %s", (state, word, tone) => {
    expect(lookOf(state)).toMatchObject({ word, tone });
  });

  it("uses only tones and glyphs that exist", () => {
    for (const look of Object.values(states)) {
      expect(tones).toContain(look.tone);
      expect(Object.keys(glyphs)).toContain(look.glyph);
    }
  });

  it("asks for a decision, of a draft or of a broken glass, in one tone only", () => {
    const asking = Object.values(states).filter((look) => look.tone === "needs");
    expect(asking).toEqual([states.approvalDue, states.reviewDue]);
  });

  it.each([
    ["approval", approvalFacets],
    ["triage", triageFacets],
    ["issue", issueFacets],
    ["delivery", deliveryStates],
    ["source", logSourceHealthStates],
  ] as const)("knows every value of %s that the wire has", (facet, values) => {
    for (const value of values) expect(stateOf(facet, value), value).toBeDefined();
  });

  it("keeps an unknown value's own word and claims nothing", () => {
    expect(lookOfFacet("delivery", "parked_by_peer")).toEqual({
      word: "Parked by peer",
      tone: "void",
      glyph: "queued",
    });
    expect(stateOf("approval", "constructor")).toBeUndefined();
  });
});
