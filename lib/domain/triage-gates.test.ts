import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  agentOutputs,
  aTriageSubject,
  foundArtifacts,
  minimalSummary,
  reportOnlyArtifacts,
} from "@/lib/testing/triage-artifacts";
import { isPhaseDone } from "./phase-output";
import { type TriagePhase, triagePhases } from "./triage";
import { judgeProposal } from "./triage-gates";
import { readSummary } from "./triage-summary";
import type { SummaryField, TriageSummaryInput } from "./triage-summary-fields";
import { summaryFromArtifacts } from "./triage-summary-found";

const given = (input: TriageSummaryInput) => readSummary(input, { draftTitle: "Boom" }).summary;
const missingOf = (input: TriageSummaryInput, outputs = agentOutputs() as object) =>
  judgeProposal(given(input), outputs).missing;
const without = (...fields: SummaryField[]): TriageSummaryInput =>
  Object.fromEntries(
    Object.entries(minimalSummary()).filter(([key]) => !fields.includes(key as SummaryField)),
  );

describe("the proposal gate (contract 5.12 b)", () => {
  it("passes the contract's minimal summary beside four phases, and says what it assumed", () => {
    expect(judgeProposal(given(minimalSummary()), agentOutputs())).toEqual({
      stage: "draft_to_proposal",
      status: "passed",
      passed: true,
      passedCount: 7,
      totalCount: 7,
      missing: [],
      gates: [
        { key: "triage_summary", label: "Triage summary is written", passed: true },
        { key: "durable_artifacts", label: "Every phase left its result", passed: true },
        { key: "research_performed", label: "Research was done", passed: true },
        { key: "validation_scope", label: "Scope is validated", passed: true },
        {
          key: "uncertainty_explicit",
          label: "Uncertainty is explicit",
          passed: true,
          detail: "assumed low",
        },
        { key: "bounded_action", label: "The action is bounded", passed: true },
        { key: "verification_steps", label: "Verification is described", passed: true },
      ],
    });
  });

  it.each<[string, TriageSummaryInput, string[]]>([
    ["no cause and no source", without("whyItLikelyHappened"), ["research_performed"]],
    [
      "a cause that is pending",
      { ...minimalSummary(), whyItLikelyHappened: "Root cause pending triage" },
      ["research_performed"],
    ],
    [
      "a cause that somebody still works on",
      {
        ...minimalSummary(),
        whyItLikelyHappened: "Two people looked at the importer; the analysis of it is pending.",
      },
      ["research_performed"],
    ],
    ["a source instead of a cause", { ...without("whyItLikelyHappened"), researchSources: ["git log"] }, []],
    ["a related issue", { ...without("whyItLikelyHappened"), relatedExistingIssues: [{ number: 4 }] }, []],
    [
      "a source that says nothing",
      { ...without("whyItLikelyHappened"), researchSources: [{}] },
      ["research_performed"],
    ],
    ["no logs and no steps", without("logs"), ["validation_scope"]],
    ["steps instead of logs", { ...without("logs"), stepsToReproduce: ["settle"] }, []],
    ["no fix", without("recommendedFix"), ["bounded_action"]],
    ["a placeholder for a fix", { ...minimalSummary(), recommendedFix: "TBD." }, ["bounded_action"]],
    [
      "a fix that is pending",
      { ...minimalSummary(), recommendedFix: "Fix pending triage" },
      ["bounded_action"],
    ],
    ["no criteria", without("acceptanceCriteria"), ["bounded_action"]],
    [
      "criteria of placeholders",
      { ...minimalSummary(), acceptanceCriteria: ["n/a", "TODO"] },
      ["bounded_action"],
    ],
    ["no verification", without("verificationSteps"), ["verification_steps"]],
  ])("%s", (_name, input, missing) => {
    expect(missingOf(input)).toEqual(missing);
  });

  it("a draft without any triage lists every gate (case 118)", () => {
    const gate = judgeProposal(null, {});
    expect(gate.missing).toHaveLength(7);
    expect(gate).toMatchObject({ status: "blocked", passed: false, passedCount: 0, totalCount: 7 });
    expect(gate.blockedReason).toMatch(
      /^Not enough to propose an issue: triage summary is written \(there is none\); every phase left its result \(nothing of inspect, research, validate, propose\)/,
    );
  });

  it("a summary says nothing of phases that did not run (W-48)", () => {
    const { propose: _, ...three } = agentOutputs();
    expect(missingOf(minimalSummary(), {})).toEqual(["durable_artifacts"]);
    expect(judgeProposal(given(minimalSummary()), three).gates[1]?.detail).toBe("nothing of propose");
  });
});

describe("what the phases made on their own", () => {
  it("passes where the project was read", () => {
    const artifacts = foundArtifacts();
    expect(judgeProposal(summaryFromArtifacts(artifacts, aTriageSubject()), artifacts).missing).toEqual([]);
  });

  it("passes nothing that a summary must say where only the report was (W-48)", () => {
    const artifacts = reportOnlyArtifacts();
    artifacts.research.findings = [];
    const gate = judgeProposal(summaryFromArtifacts(artifacts, aTriageSubject()), artifacts);
    expect(gate.passed).toBe(false);
    expect(gate.missing).toEqual(
      expect.arrayContaining([
        "triage_summary",
        "validation_scope",
        "bounded_action",
        "verification_steps",
        "research_performed",
      ]),
    );
    expect(gate.gates[5]?.detail).toMatch(/^what is there was put together from the report/);
  });

  it("a summary of nothing but the report passes no gate at all", () => {
    const gate = judgeProposal(summaryFromArtifacts({}, aTriageSubject()), {});
    expect(gate.passedCount).toBe(0);
  });
});

describe("done phases (reference 5.4, case 124)", () => {
  const outputs = agentOutputs();

  it.each(triagePhases)("%s: plain, wrapped, in lists and as text counts", (phase) => {
    const output = outputs[phase];
    const wrapped: unknown[] = [
      output,
      [output],
      [null, "", { note: "x" }, output],
      { output },
      { result: { structuredOutput: output } },
      { content: [{ type: "text", text: JSON.stringify(output) }] },
      `\`\`\`json\n${JSON.stringify(output)}\n\`\`\``,
      { status: "completed", artifacts: [{ kind: "result", value: output }] },
    ];
    expect(wrapped.map((each) => isPhaseDone(phase, each))).toEqual(wrapped.map(() => true));
  });

  it.each(triagePhases)("%s: our own artifacts count", (phase) => {
    expect(isPhaseDone(phase, foundArtifacts()[phase])).toBe(true);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["prose", "I looked at it and it is fine."],
    ["broken JSON", '{"findings": ['],
    ["an empty object", {}],
    ["blank values", { summary: " ", findings: [], evidence: [""], detail: null, recommended_fix: "" }],
    [
      "placeholders",
      { summary: "TBD", findings: ["pending"], detail: "n/a", recommended_fix: "To be determined" },
    ],
    ["a task's specification", { kind: "task_spec", summary: "Inspect", findings: ["x"], detail: "y" }],
    ["a marked placeholder", { placeholder: true, summary: "x", detail: "y", findings: ["z"] }],
    ["a task that waits", { status: "pending", summary: "x", detail: "y", findings: ["z"] }],
    ["instructions", { objective: "x", expected_output: "JSON", summary: "y", detail: "z", findings: ["a"] }],
    ["a wrapped specification", { output: { artifact_type: "incident_monitor_task_spec", summary: "x" } }],
    ["a specification in a list", { findings: [{ kind: "task_spec", title: "x" }] }],
    [
      "looking that was refused",
      { looked_at: [{ what: "root", outcome: "absent" }], history: { state: "no_root" } },
    ],
  ])("%s does not", (_name, output) => {
    expect(triagePhases.filter((phase) => isPhaseDone(phase, output))).toEqual([]);
  });

  it.each<[TriagePhase, object, boolean]>([
    ["propose", { recommended_fix: "x" }, false],
    ["propose", { acceptance_criteria: ["x"] }, false],
    ["propose", { recommended_fix: "x", smoke_steps: ["y"] }, true],
    ["propose", { recommendedFix: "x", verificationSteps: ["y"] }, true],
    ["propose", { recommended_fix: "x", verification_steps: [{ step: "y", status: "pending" }] }, true],
    ["research", { queries: ["git blame"] }, true],
    ["validate", { scope: {} }, false],
    ["validate", { decision: "one component" }, true],
    ["inspect", { original_failure: { title: "x" } }, true],
    ["inspect", { summary: "x" }, false],
  ])("%s %j: %s", (phase, output, expected) => {
    expect(isPhaseDone(phase, output)).toBe(expected);
  });

  it("looks only so deep and so long", () => {
    let deep: unknown = agentOutputs().research;
    for (let at = 0; at < 10_000; at += 1) deep = { output: deep };
    expect(isPhaseDone("research", deep)).toBe(false);
    const wide = Array.from({ length: 50_000 }, () => ({ note: "x" }));
    expect(isPhaseDone("research", [...wide, agentOutputs().research])).toBe(false);
  });

  it("law: any JSON is answered", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(...triagePhases), (output, phase) => {
        expect(typeof isPhaseDone(phase, output)).toBe("boolean");
        expect(isPhaseDone(phase, output)).toBe(isPhaseDone(phase, JSON.parse(JSON.stringify(output))));
      }),
    );
  });
});

const someRows = fc.array(fc.constantFrom("a", "TBD", "settle", " ", "pending"), { maxLength: 4 });
const someText = fc.constantFrom(undefined, "", "TBD", "x fails", "Pending.");
const someInput: fc.Arbitrary<TriageSummaryInput> = fc.record({
  whyItLikelyHappened: someText,
  recommendedFix: someText,
  rootCauseConfidence: fc.constantFrom(undefined, "high", "odd"),
  notes: someText,
  logs: someRows,
  stepsToReproduce: someRows,
  acceptanceCriteria: someRows,
  verificationSteps: someRows,
  researchSources: fc.array(fc.constantFrom({}, "git log", { url: "https://x" }), { maxLength: 3 }),
}) as fc.Arbitrary<TriageSummaryInput>;

describe("laws", () => {
  const listFields = [
    "logs",
    "stepsToReproduce",
    "acceptanceCriteria",
    "verificationSteps",
    "researchSources",
  ] as const;

  it("adding real content never makes a gate that passed fail", () => {
    fc.assert(
      fc.property(
        someInput,
        fc.subarray([...listFields, "recommendedFix", "notes", "affectedComponents"]),
        fc.subarray([...triagePhases]),
        fc.subarray([...triagePhases]),
        (input, added, phases, morePhases) => {
          const pick = (names: readonly TriagePhase[]) =>
            Object.fromEntries(names.map((phase) => [phase, agentOutputs()[phase]]));
          const before = judgeProposal(given(input), pick(phases));
          const richer: Record<string, unknown> = { ...input };
          for (const field of added) {
            const old = richer[field];
            richer[field] =
              field === "recommendedFix" || field === "notes"
                ? "Reject such rows."
                : [...(Array.isArray(old) ? old : []), "a real row"];
          }
          const after = judgeProposal(given(richer), pick([...phases, ...morePhases]));
          const passedOf = (gate: typeof before) =>
            gate.gates.filter((each) => each.passed).map(({ key }) => key);
          expect(passedOf(after)).toEqual(expect.arrayContaining(passedOf(before)));
        },
      ),
    );
  });

  it("the report's counts and lists agree with its gates", () => {
    fc.assert(
      fc.property(someInput, (input) => {
        const gate = judgeProposal(given(input), agentOutputs());
        const failed = gate.gates.filter((each) => !each.passed);
        expect(gate.missing).toEqual(failed.map(({ key }) => key));
        expect(gate.passedCount + failed.length).toBe(gate.totalCount);
        expect(gate.passed).toBe(failed.length === 0);
        expect(gate.blockedReason !== undefined).toBe(failed.length > 0);
        for (const each of failed) expect(each.detail).toBeTruthy();
      }),
    );
  });
});
