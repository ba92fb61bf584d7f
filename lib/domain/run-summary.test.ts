import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentOutputs, aTriageSubject, foundArtifacts, minimalSummary } from "@/lib/testing/triage-artifacts";
import { summariseRun, summaryInputFromOutputs } from "./run-summary";
import { judgeProposal } from "./triage-gates";

const subject = aTriageSubject();
const ofAgent = {
  inspect: { detail: "Settlement stops at old rows.", affected_components: ["settlement"] },
  research: {
    output: { likely_cause: "Old rows have no currency.", sources: [{ url: "https://x.example" }] },
  },
  validate: [{ scope: "settlement", steps: ["Settle a row of 2023"], confidence: "medium" }],
  propose: {
    content: [
      {
        text: JSON.stringify({
          recommendedFix: "Default it.",
          acceptance_criteria: "Old rows settle.",
          smoke_steps: [{ step: "Settle again", status: "pending" }, { odd: 1 }],
          coder_ready: true,
          files: ["shop/settle.py", { path: "shop/rows.py" }, 7],
        }),
      },
    ],
  },
};

describe("the summary of a run", () => {
  it("one of substance stands as it was posted: nothing that the phases found is mixed in", () => {
    const run = { own: foundArtifacts(), byAgent: {}, subject };
    const { substance, summary } = summariseRun(run, minimalSummary());
    expect(substance).toBe(true);
    expect(summary.fixPoints).toEqual([]);
    expect(summary.whatHappened).toBe("KeyError: 'currency'");
  });

  it("an empty one is made of what the phases found, with file references and fix points (case 122)", () => {
    const { substance, summary } = summariseRun({ own: foundArtifacts(), byAgent: {}, subject }, {});
    expect(substance).toBe(false);
    expect(summary.fileReferences.length).toBeGreaterThan(0);
    expect(summary.fixPoints.length).toBeGreaterThan(0);
    expect(judgeProposal(summary, foundArtifacts()).passed).toBe(true);
  });

  it("one without substance still says what it says", () => {
    const posted = { notes: "Looked at by Ada.", coderReady: false, riskLevel: "high" };
    const { summary } = summariseRun({ own: foundArtifacts(), byAgent: {}, subject }, posted);
    expect(summary).toMatchObject({ ...posted, recommendedFix: foundArtifacts().propose.recommendedFix });
    expect(summary.origins.riskLevel).toBe("given");
  });

  it("an agent's outputs make one that passes, marked as a model's", () => {
    const { summary } = summariseRun({ own: {}, byAgent: ofAgent, subject });
    expect(summary).toMatchObject({
      whatHappened: "Settlement stops at old rows.",
      whyItLikelyHappened: "Old rows have no currency.",
      rootCauseConfidence: "medium",
      stepsToReproduce: ["Settle a row of 2023"],
      recommendedFix: "Default it.",
      acceptanceCriteria: ["Old rows settle."],
      verificationSteps: ["Settle again"],
      likelyFilesToEdit: ["shop/settle.py", "shop/rows.py"],
      researchSources: [{ url: "https://x.example" }],
      coderReady: null,
      notes: null,
    });
    expect(summary.modelText).toEqual(expect.arrayContaining(["recommendedFix", "acceptanceCriteria"]));
    expect(judgeProposal(summary, ofAgent).missing).toEqual([]);
  });

  it("what an agent submitted for one phase joins what the others found", () => {
    const { propose: _, ...own } = foundArtifacts();
    const { summary } = summariseRun({ own, byAgent: { propose: ofAgent.propose }, subject });
    expect(summary.recommendedFix).toBe("Default it.");
    expect(summary.origins).toMatchObject({ recommendedFix: "given", fileReferences: "found" });
    expect(summary.notes).not.toContain("Without a result");
  });
});

describe("an agent's outputs", () => {
  it("of no content say nothing", () => {
    expect(
      summaryInputFromOutputs({ propose: { kind: "task_spec", recommended_fix: "x" }, inspect: "x" }),
    ).toEqual({});
  });

  it("cannot ask for readiness", () => {
    const input = summaryInputFromOutputs({ inspect: { detail: "x", coder_ready: "yes" } });
    expect(input).toEqual({ whatHappened: "x" });
  });

  it("law: any JSON makes a summary within the bounds of one", () => {
    const any = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(agentOutputs())));
    fc.assert(
      fc.property(any, any, any, any, (inspect, research, validate, propose) => {
        const { summary } = summariseRun({
          own: {},
          byAgent: { inspect, research, validate, propose },
          subject,
        });
        expect(summary.stepsToReproduce.length).toBeLessThanOrEqual(8);
        expect(typeof summary.whatHappened).toBe("string");
      }),
    );
  });
});
