import type { PhaseArtifacts, TriageSubject } from "@/lib/domain/triage";

export const reportedFailure: TriageSubject = {
  draftId: "failure-draft-1",
  incidentId: "failure-incident-1",
  fingerprint: "f".repeat(64),
  repo: "example/shop",
  projectId: "shop",
  title: "AttributeError: 'NoneType' object has no attribute 'amount'",
  detail: 'File "src/cart.py", line 4, in total',
  excerpt: ["ERROR checkout failed"],
  evidenceRefs: ["tandem://evidence/1"],
  eventType: "log.error",
  component: "checkout",
  source: "shop.log",
  level: "error",
  riskLevel: "low",
  environment: { runtime: "python 3.12" },
  firstSeenAtMs: 1_767_400_000_000,
  lastSeenAtMs: 1_767_400_100_000,
  lastGoodAtMs: 1_767_300_000_000,
};

/** What triage without a model makes of it. */
export function foundByRules(lines: string[], hash: string): Partial<PhaseArtifacts> {
  return {
    inspect: {
      lookedAt: [{ what: "src/cart.py", outcome: "read" }],
      frames: [
        {
          text: 'File "src/cart.py", line 4, in total',
          depth: 0,
          origin: "app",
          function: "total",
          reportedPath: "src/cart.py",
          line: 4,
          state: "resolved",
          path: "src/cart.py",
        },
      ],
      windows: [
        { path: "src/cart.py", language: "python", fromLine: 1, focusLine: 4, lines, enclosing: null },
      ],
      mentions: [],
      logNeighbours: [],
      findings: [],
    },
    research: {
      lookedAt: [],
      history: {
        state: "read",
        head: null,
        suspects: [
          {
            hash,
            author: "Ada",
            authoredAtMs: 1_767_323_045_000,
            committedAtMs: 1_767_323_045_000,
            subject: "Take vouchers off the total",
            rank: 1,
            score: 9,
            confidence: "high",
            because: ["changed_failing_line"],
            changes: [],
          },
        ],
        blamed: [],
      },
      similar: [],
      findings: [],
    },
    propose: {
      lookedAt: [],
      likelyCause: "voucher is None",
      recommendedFix: "Check for None",
      fixPoints: [{ path: "src/cart.py", line: 4, why: "here it breaks" }],
      reproduction: [],
      acceptanceCriteria: [],
      verificationSteps: [],
      riskLevel: "low",
      blastRadius: "checkout",
      labels: ["bug"],
      patch: null,
      findings: [],
    },
  };
}

/** An answer that holds: it cites what the first message shows. */
export function goodAnswer(hash: string): Record<string, unknown> {
  const code = { kind: "code", path: "src/cart.py", from_line: 2, to_line: 4 };
  return {
    likely_cause: {
      statement: "A cart without a voucher reads the amount of None.",
      confidence: "high",
      evidence: [code, { kind: "commit", hash: hash.slice(0, 12) }],
    },
    recommended_fix: { statement: "Subtract only if there is one.", confidence: "medium", evidence: [code] },
    findings: [
      {
        statement: "The report names line 4.",
        confidence: "medium",
        evidence: [{ kind: "report", field: "detail" }],
      },
    ],
    fix_points: [{ path: "src/cart.py", line: 4, why: "the subtraction" }],
    suspect_commit: hash,
    risk: "low",
    reproduction: ["Call total([]) without a voucher."],
    acceptance_criteria: ["total([]) is 0."],
    verification_steps: ["Run the tests of the cart."],
    labels: ["bug"],
    open_questions: [],
  };
}
