import { describe, expect, it } from "vitest";
import { aTriageSubject, foundArtifacts, reportOnlyArtifacts } from "@/lib/testing/triage-artifacts";
import { namesOneOf } from "./triage-evidence";
import { failureTypeOf } from "./triage-failure-type";
import type { SummaryField } from "./triage-summary-fields";
import { summaryFromArtifacts } from "./triage-summary-found";

const subject = aTriageSubject();
const originsOf = (summary: ReturnType<typeof summaryFromArtifacts>, origin: string) =>
  Object.entries(summary.origins)
    .filter(([, each]) => each === origin)
    .map(([field]) => field)
    .sort();

describe("from phases that read the project", () => {
  const summary = summaryFromArtifacts(foundArtifacts(), subject);

  it("has file references and fix points (case 122)", () => {
    expect(summary.fileReferences).toEqual([
      {
        path: "shop/settle.py",
        line: 41,
        from_line: 39,
        to_line: 41,
        function: "settle_batch",
        why: "Code around the failure.",
      },
    ]);
    expect(summary.fixPoints).toEqual([
      { path: "shop/settle.py", line: 41, why: "It reads the key without a default." },
    ]);
    expect(summary.likelyFilesToEdit).toEqual(["shop/settle.py"]);
  });

  it("tells what was found from what the report said", () => {
    expect(originsOf(summary, "found")).toEqual(
      [
        ...["acceptanceCriteria", "affectedComponents", "failureType", "fileReferences", "fixPoints"],
        ...["likelyFilesToEdit", "notes", "recommendedFix", "relatedFailurePatterns", "researchSources"],
        ...["riskLevel", "rootCauseConfidence", "stepsToReproduce", "verificationSteps", "whatHappened"],
        "whyItLikelyHappened",
      ].sort(),
    );
    expect(originsOf(summary, "synthesised")).toEqual(
      ["environment", "expectedBehavior", "logs", "suggestedTitle"].sort(),
    );
    expect(originsOf(summary, "given")).toEqual([]);
  });

  it("says where it broke, what it rests on, and which commit may have brought it", () => {
    expect(summary.whatHappened).toBe(
      "KeyError: 'currency'\n\nSettlement stopped after 41 s\n\nIt broke at shop/settle.py:41 in settle_batch.",
    );
    expect(summary.notes).toBe("Confidence is high by: line_reads_the_key.");
    expect(summary.researchSources[0]).toMatchObject({
      kind: "commit",
      hash: "8f14e45fceea167a5a36dedd4bea2543f1a2b3c4",
      because: ["changed_failing_line"],
    });
    expect(summary.failureType).toBe("code_defect");
  });

  it("is the same from the same artifacts", () => {
    expect(JSON.stringify(summaryFromArtifacts(foundArtifacts(), aTriageSubject()))).toBe(
      JSON.stringify(summary),
    );
  });

  it("shows a contradiction in its notes", () => {
    const artifacts = foundArtifacts();
    artifacts.validate.contradictions = ["The line was last changed before the last good run."];
    expect(summaryFromArtifacts(artifacts, subject).notes).toMatch(/^Contradiction: The line was last/);
  });

  it("the log's rows are found once the log itself was read", () => {
    const artifacts = foundArtifacts();
    artifacts.inspect.logNeighbours = ["tandem://incident-monitor/shop/logs/app#offset=10-90"];
    const withLog = summaryFromArtifacts(artifacts, subject);
    expect(withLog.origins.logs).toBe("found");
    expect(withLog.researchSources).toContainEqual({
      kind: "log",
      reference: "tandem://incident-monitor/shop/logs/app#offset=10-90",
    });
  });
});

describe("from phases that had only the report", () => {
  const summary = summaryFromArtifacts(reportOnlyArtifacts(), subject);

  it("everything that a gate asks for is marked as synthesised (W-48)", () => {
    const asked: SummaryField[] = [
      ...(["whyItLikelyHappened", "stepsToReproduce", "logs", "recommendedFix"] as const),
      ...(["acceptanceCriteria", "verificationSteps", "whatHappened", "likelyFilesToEdit"] as const),
    ];
    for (const field of asked) expect([field, summary.origins[field]]).toEqual([field, "synthesised"]);
    expect(summary.likelyFilesToEdit).toEqual(["shop/settle.py"]);
  });
});

describe("boilerplate beside real evidence", () => {
  it.each<[SummaryField, "acceptanceCriteria" | "verificationSteps" | "reproduction", string]>([
    ["acceptanceCriteria", "acceptanceCriteria", "The failure does not occur again."],
    ["verificationSteps", "verificationSteps", "Run the test suite."],
    ["stepsToReproduce", "reproduction", "Run it again."],
  ])("%s that would fit any failure stays synthesised", (field, part, sentence) => {
    const artifacts = foundArtifacts();
    artifacts.propose[part] = [sentence];
    expect(summaryFromArtifacts(artifacts, subject).origins[field]).toBe("synthesised");
  });

  it("a fix for a file that nobody read is not found", () => {
    const artifacts = foundArtifacts();
    artifacts.propose.fixPoints = [{ path: "lib/invented.py", line: 1, why: "x" }];
    artifacts.propose.recommendedFix = "Change lib/invented.py.";
    const { origins } = summaryFromArtifacts(artifacts, subject);
    expect([origins.fixPoints, origins.recommendedFix]).toEqual(["synthesised", "synthesised"]);
  });

  it("a model's citation alone does not make a file found, and its words are marked", () => {
    const artifacts = foundArtifacts();
    artifacts.propose.fixPoints = [{ path: "lib/invented.py", line: 1, why: "x" }];
    artifacts.propose.recommendedFix = "Change lib/invented.py.";
    artifacts.propose.findings = [
      {
        rule: "model",
        certainty: "model",
        confidence: "high",
        statement: "Change lib/invented.py.",
        evidence: [{ kind: "code", path: "lib/invented.py", fromLine: 1, toLine: 1 }],
      },
    ];
    const summary = summaryFromArtifacts(artifacts, subject);
    expect(summary.origins.recommendedFix).toBe("synthesised");
    expect(summary.modelText).toEqual(
      expect.arrayContaining(["recommendedFix", "fixPoints", "acceptanceCriteria"]),
    );
    expect(summary.modelText).not.toContain("whatHappened");
  });

  it("sentences that name what was found stay synthesised where only the report stands behind them", () => {
    const artifacts = foundArtifacts();
    const { inspect, validate, propose } = artifacts;
    for (const finding of [...inspect.findings, ...validate.claims, ...propose.findings]) {
      finding.evidence = [{ kind: "report", field: "detail" }];
    }
    const { origins } = summaryFromArtifacts(artifacts, subject);
    expect(origins).toMatchObject({
      acceptanceCriteria: "synthesised",
      recommendedFix: "synthesised",
      whyItLikelyHappened: "synthesised",
      fileReferences: "found",
    });
    expect(origins).not.toHaveProperty("riskLevel");
  });

  it("a refuted claim proves nothing", () => {
    const artifacts = foundArtifacts();
    artifacts.propose.findings = [];
    for (const claim of artifacts.validate.claims) claim.verdict = "refuted";
    expect(summaryFromArtifacts(artifacts, subject).origins.whyItLikelyHappened).toBe("synthesised");
  });
});

describe("from less than four phases", () => {
  it("without a proposal, the frame nearest to the break is the fix point", () => {
    const { propose: _, ...artifacts } = foundArtifacts();
    const summary = summaryFromArtifacts(artifacts, subject);
    expect(summary.fixPoints).toEqual([
      { path: "shop/settle.py", line: 41, why: "The project's frame nearest to where it broke." },
    ]);
    expect(summary).toMatchObject({ recommendedFix: null, acceptanceCriteria: [] });
    expect(summary.notes).toContain("Without a result: propose.");
  });

  it("without any, it is the report again, and says so", () => {
    const summary = summaryFromArtifacts({}, subject);
    expect(new Set(Object.values(summary.origins))).toEqual(new Set(["synthesised"]));
    expect(summary.notes).toBe("Without a result: inspect, research, validate, propose.");
    expect(summary.stepsToReproduce.length).toBeLessThanOrEqual(6);
  });
});

describe("the failure's type", () => {
  it.each([
    ["connect ETIMEDOUT 10.0.0.1", "job.failed", true, "timeout"],
    ["connect ECONNREFUSED", "job.failed", false, "external_dependency"],
    ["missing environment variable STRIPE_KEY", "job.failed", false, "missing_config"],
    ["lacks the scope repo:write", "job.failed", false, "missing_capability"],
    ["ValidationError: amount", "job.failed", true, "validation_error"],
    ["exit 1", "workflow.tool.failed", false, "tool_error"],
    ["exit 1", "provider.stream.failed", false, "model_error"],
    ["KeyError: 'x'", "job.failed", true, "code_defect"],
    ["KeyError: 'x'", "job.failed", false, "unknown"],
  ] as const)("%s / %s, in own code %s: %s", (title, eventType, inOwnCode, expected) => {
    expect(failureTypeOf({ title, detail: "", eventType }, inOwnCode).failureType).toBe(expected);
  });
});

describe("naming something found", () => {
  it.each([
    ["Call settle_batch again", true],
    ["Call settle_batches again", false],
    ["See `shop/settle.py`:41", true],
    ["See workshop/settle.py", false],
    ["Revert 8f14e45fceea", true],
  ])("%s: %s", (text, expected) => {
    expect(namesOneOf(text, ["settle_batch", "shop/settle.py", "8f14e45"])).toBe(expected);
  });
});
