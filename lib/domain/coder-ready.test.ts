import { describe, expect, it } from "vitest";
import { aTriageSubject, foundArtifacts, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { type CoderReadyFacts, judgeCoderReady } from "./coder-ready";
import { readSummary } from "./triage-summary";
import type { TriageSummaryInput } from "./triage-summary-fields";
import { summaryFromArtifacts } from "./triage-summary-found";

const ready: TriageSummaryInput = {
  rootCauseConfidence: "medium",
  likelyFilesToEdit: ["shop/settle.py"],
  acceptanceCriteria: ["old rows settle"],
  verificationSteps: ["settle a row of 2023"],
  riskLevel: "low",
};
const clear: CoderReadyFacts = { draftRiskLevel: "medium", isDuplicate: false };
const judge = (input: TriageSummaryInput, facts: Partial<CoderReadyFacts> = {}) =>
  judgeCoderReady(readSummary(input).summary, { ...clear, ...facts });

describe("the coder-ready gate (contract 5.12 c)", () => {
  it("reports in the shape of the others, with what was asked", () => {
    const { gate, coderReady } = judge(ready);
    expect(coderReady).toBe(true);
    expect(gate).toMatchObject({
      stage: "proposal_to_coder_ready",
      status: "passed",
      passedCount: 7,
      totalCount: 7,
      missing: [],
      requestedCoderReady: null,
    });
    expect(gate.gates.map(({ key }) => key)).toEqual([
      ...["confidence", "scope_identified", "acceptance_criteria", "verification_steps"],
      ...["risk_level", "duplicate_clear", "tool_scope_available"],
    ]);
  });

  it.each<[string, TriageSummaryInput, Partial<CoderReadyFacts>, string[]]>([
    ["low confidence", { ...ready, rootCauseConfidence: "low" }, {}, ["confidence"]],
    ["no confidence", { ...ready, rootCauseConfidence: null }, {}, ["confidence"]],
    ["no scope (case 121)", { ...ready, likelyFilesToEdit: [] }, {}, ["scope_identified"]],
    ["components as scope", { ...ready, likelyFilesToEdit: [], affectedComponents: ["settlement"] }, {}, []],
    ["no criteria", { ...ready, acceptanceCriteria: ["TBD"] }, {}, ["acceptance_criteria"]],
    ["no verification", { ...ready, verificationSteps: [] }, {}, ["verification_steps"]],
    ["high risk", { ...ready, riskLevel: "high" }, {}, ["risk_level"]],
    ["a draft of high risk", ready, { draftRiskLevel: "critical" }, ["risk_level"]],
    ["no risk given", { ...ready, riskLevel: null }, { draftRiskLevel: null }, []],
    ["a duplicate", ready, { isDuplicate: true }, ["duplicate_clear"]],
    [
      "a missing tool scope (case 121)",
      { ...ready, missingToolScopes: ["repo:write"] },
      {},
      ["tool_scope_available"],
    ],
    ["no permissions", { ...ready, permissionsAvailable: false }, {}, ["tool_scope_available"]],
    ["permissions", { ...ready, permissionsAvailable: true }, {}, []],
  ])("%s", (_name, input, facts, missing) => {
    const { gate, coderReady } = judge(input, facts);
    expect(gate.missing).toEqual(missing);
    expect(coderReady).toBe(missing.length === 0);
  });

  it.each([
    [true, true, true],
    [false, true, false],
    [null, true, true],
    [true, false, false],
    [null, false, false],
  ])("asked %s, eligible %s: %s", (asked, eligible, expected) => {
    const input = { ...ready, coderReady: asked, ...(!eligible && { likelyFilesToEdit: [] }) };
    const { gate, coderReady } = judge(input);
    expect([coderReady, gate.requestedCoderReady]).toEqual([expected, asked]);
  });

  it("what the phases found may be enough; the report alone never is (W-48)", () => {
    const found = summaryFromArtifacts(foundArtifacts(), aTriageSubject());
    expect(judgeCoderReady(found, clear).gate.missing).toEqual([]);
    const alone = summaryFromArtifacts(reportOnlyArtifacts(), aTriageSubject());
    expect(judgeCoderReady(alone, clear).gate.missing).toEqual(
      expect.arrayContaining(["confidence", "scope_identified", "acceptance_criteria", "verification_steps"]),
    );
  });
});
