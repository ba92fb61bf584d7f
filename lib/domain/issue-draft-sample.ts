import type { IssueDraftInput } from "./issue-draft";
import type { IssueDraftTemplate } from "./issue-draft-template";
import { readSummary } from "./triage-summary";

const title = "Sample: KeyError 'currency' while settling";

/** A made-up failure to try a template on before a project has a draft. It says of itself that it is a sample. */
export function sampleIssueDraftInput(
  repo: string,
  template: IssueDraftTemplate | null,
  createdAtMs: number,
): IssueDraftInput {
  const { summary } = readSummary(
    {
      suggestedTitle: title,
      whatHappened: "This is a sample. Settling a row of 2023 ended with KeyError: 'currency'.",
      expectedBehavior: "Rows without a currency settle in the account's own.",
      stepsToReproduce: ["Add a row of 2023.", "Run the settlement job."],
      environment: ["python 3.13", "settle-worker 4.2.0"],
      logs: ["ERROR settle: KeyError: 'currency'", '  File "shop/settle.py", line 41, in settle_row'],
      whyItLikelyHappened: "Rows before 2024 have no currency, and the line that fails reads it unasked.",
      rootCauseConfidence: "medium",
      recommendedFix: "Fall back to the account's currency where a row has none.",
      likelyFilesToEdit: ["shop/settle.py"],
      affectedComponents: ["settlement"],
      acceptanceCriteria: ["A row without a currency settles."],
      verificationSteps: ["Settle a row of 2023 and look at its total."],
      relatedExistingIssues: [{ id: "sample-12", title: "An issue that is like it", state: "closed" }],
      researchSources: ["Sample commit 8f14e45: reads the currency of a row"],
      fileReferences: [{ path: "shop/settle.py", line: 41, why: "reads the key" }],
      fixPoints: [{ path: "shop/settle.py", line: 41 }],
      notes: "Nothing of this was reported by anybody.",
      riskLevel: "medium",
    },
    { draftTitle: title },
  );
  return {
    subject: {
      draftId: "sample-draft",
      incidentId: "sample-incident",
      repo,
      title,
      riskLevel: "medium",
      evidenceRefs: ["sample/logs/settle.log#offset=0-120"],
    },
    triageRunId: "sample-run",
    summary,
    outputs: {},
    similar: [],
    template,
    fingerprintMarker: "0".repeat(64),
    createdAtMs,
  };
}
