import { describe, expect, it } from "vitest";
import { tones } from "@/components/ui/tone";
import { glyphs } from "./glyphs";
import { facetValues, lookOf, lookOfFacet, type StateName, stateOf, states } from "./state-map";

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

  it("knows every value of the four facets", () => {
    expect(facetValues.approval).toHaveLength(6);
    expect(facetValues.triage).toHaveLength(7);
    expect(facetValues.issue).toHaveLength(3);
    expect(facetValues.delivery).toHaveLength(8);
    for (const value of facetValues.delivery) expect(stateOf("delivery", value)).toBeDefined();
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
