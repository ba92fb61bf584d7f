import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aDraft } from "@/lib/testing/drafts";
import { aDraftContent } from "@/lib/testing/records";
import { evidenceDigest, payloadSubject } from "./payload-subject";
import type { Draft } from "./records";
import type { RouteMatchResult } from "./routing";

const winner: RouteMatchResult = {
  ...{ routeId: "high", routeName: "High", destinationIds: ["a"] },
  ...{ reason: "matched risk", approvalPolicy: "inherit" as const },
};
const of = (fields: Partial<Draft> = {}) => JSON.stringify(payloadSubject(aDraft(fields), winner, sha256Hex));

describe("case 85: what a payload's digest covers", () => {
  it.each<[string, Partial<Draft>]>([
    ["occurrences", { occurrenceCount: 99, lastSeenAtMs: 1_900_000_000_000 }],
    ["approval, triage and issue states", { approval: "granted", triage: "ready", issue: "ready" }],
    ["times of the draft", { updatedAtMs: 1_900_000_000_000, approvalGrantedAtMs: 1 }],
    [
      "ids of the run, the session and the correlation",
      { content: aDraftContent({ attributes: { runId: "r", sessionId: "s", correlationId: "c" } }) },
    ],
  ])("not %s", (_, fields) => {
    expect(of(fields)).toBe(of());
  });

  it.each<[string, Partial<Draft>]>([
    ["the fingerprint", { fingerprint: "other" }],
    ["the title", { content: aDraftContent({ title: "other" }) }],
    ["other attributes", { content: aDraftContent({ attributes: { policy: "spend" } }) }],
    ["the risk", { content: aDraftContent({ riskLevel: "high" }) }],
  ])("but %s", (_, fields) => {
    expect(of(fields)).not.toBe(of());
  });
});

it.each<[string, Partial<Draft>, boolean]>([
  ["an occurrence more", { occurrenceCount: 2 }, false],
  ["another fingerprint", { fingerprint: "other" }, true],
  ["another repository", { content: aDraftContent({ repo: "acme/other" }) }, true],
  ["another title", { content: aDraftContent({ title: "other" }) }, true],
  ["another risk", { content: aDraftContent({ riskLevel: "high" }) }, false],
])("evidence digest: %s", (_, fields, changes) => {
  expect(evidenceDigest(aDraft(fields), sha256Hex) !== evidenceDigest(aDraft(), sha256Hex)).toBe(changes);
});

it("says which route sent it and why, and has no issue draft before triage", () => {
  const subject = payloadSubject(aDraft(), winner, sha256Hex);
  expect(subject.route).toEqual({ routeId: "high", routeMatchReason: "matched risk" });
  expect(subject.issueDraft).toBeNull();
});
