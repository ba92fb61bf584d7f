import type { PhaseArtifacts, TriageSubject } from "@/lib/domain/triage";
import type { TriageSummaryInput } from "@/lib/domain/triage-summary-fields";

/** A failure of a shop's settlement, as triage is given it. */
export const aTriageSubject = (fields: Partial<TriageSubject> = {}): TriageSubject => ({
  draftId: "failure-draft-0001",
  incidentId: "failure-incident-0001",
  fingerprint: "a".repeat(64),
  repo: "acme/shop",
  projectId: "shop",
  title: "KeyError: 'currency'",
  detail: "source: cron\nevent: settlement.failed\n\nSettlement stopped after 41 s",
  excerpt: ["Traceback (most recent call last):", '  File "shop/settle.py", line 41, in settle_batch'],
  evidenceRefs: ["tandem://incident-monitor/shop/logs/app#offset=10-90"],
  eventType: "settlement.failed",
  component: "settlement",
  source: "cron",
  level: "error",
  riskLevel: "medium",
  environment: { release: "1.8.2" },
  firstSeenAtMs: 1_000,
  lastSeenAtMs: 2_000,
  lastGoodAtMs: null,
  ...fields,
});

/** What four phases find in a project they can read: a frame, the commit that changed it, and a fix with its place. */
export const foundArtifacts = (): PhaseArtifacts => ({
  inspect: {
    lookedAt: [{ what: "shop/settle.py", outcome: "read" }],
    frames: [
      {
        text: 'File "shop/settle.py", line 41, in settle_batch',
        depth: 0,
        origin: "app",
        function: "settle_batch",
        reportedPath: "shop/settle.py",
        line: 41,
        state: "resolved",
        path: "shop/settle.py",
      },
    ],
    windows: [
      {
        path: "shop/settle.py",
        language: "python",
        fromLine: 39,
        focusLine: 41,
        lines: ["def settle_batch(rows):", "    for row in rows:", "        total[row['currency']] += 1"],
        enclosing: { name: "settle_batch", kind: "function", fromLine: 39, toLine: 44 },
      },
    ],
    mentions: [],
    logNeighbours: [],
    findings: [
      {
        rule: "frame_resolved",
        certainty: "fact",
        confidence: "high",
        statement: "The innermost frame is shop/settle.py:41.",
        evidence: [{ kind: "code", path: "shop/settle.py", fromLine: 41, toLine: 41 }],
      },
    ],
  },
  research: {
    lookedAt: [{ what: "history of shop/settle.py", outcome: "read" }],
    history: {
      state: "read",
      head: null,
      suspects: [
        {
          hash: "8f14e45fceea167a5a36dedd4bea2543f1a2b3c4",
          author: "Ada",
          authoredAtMs: 500,
          committedAtMs: 500,
          subject: "Group settlement by currency",
          rank: 1,
          score: 9,
          confidence: "high",
          because: ["changed_failing_line"],
          changes: [{ path: "shop/settle.py", fromLine: 41, toLine: 41, removed: [], added: ["x"] }],
        },
      ],
      blamed: [{ path: "shop/settle.py", line: 41, hash: "8f14e45fceea167a5a36dedd4bea2543f1a2b3c4" }],
    },
    similar: [
      {
        kind: "incident",
        id: "failure-incident-0000",
        title: "KeyError: 'amount'",
        match: "same_exception",
        score: 0.6,
        occurrenceCount: 4,
        lastSeenAtMs: 900,
        outcome: "published",
        url: null,
      },
    ],
    findings: [],
  },
  validate: {
    lookedAt: [{ what: "shop/settle.py", outcome: "read" }],
    claims: [
      {
        rule: "line_reads_the_key",
        certainty: "inference",
        confidence: "high",
        statement: "Line 41 reads the key that is missing.",
        evidence: [{ kind: "code", path: "shop/settle.py", fromLine: 41, toLine: 41 }],
        verdict: "holds",
      },
    ],
    contradictions: [],
    confidence: "high",
    confidenceBecause: ["line_reads_the_key"],
    findings: [],
  },
  propose: {
    lookedAt: [],
    likelyCause: "settle_batch reads row['currency'], which older rows do not have.",
    recommendedFix: "Read the currency with a default in settle_batch (shop/settle.py:41).",
    fixPoints: [{ path: "shop/settle.py", line: 41, why: "It reads the key without a default." }],
    reproduction: ["Call settle_batch with a row that has no currency."],
    acceptanceCriteria: ["settle_batch takes a row without a currency."],
    verificationSteps: ["Run the tests of shop/settle.py."],
    riskLevel: "medium",
    blastRadius: "settlement",
    labels: [],
    patch: null,
    findings: [
      {
        rule: "cause_from_suspect",
        certainty: "inference",
        confidence: "medium",
        statement: "The line came with 8f14e45.",
        evidence: [{ kind: "commit", hash: "8f14e45fceea167a5a36dedd4bea2543f1a2b3c4" }],
      },
    ],
  },
});

/** What four phases leave where nothing but the report can be read: every sentence is the report again, or fits any failure. */
export const reportOnlyArtifacts = (): PhaseArtifacts => ({
  inspect: {
    lookedAt: [{ what: "the project's root", outcome: "absent" }],
    frames: [
      {
        text: 'File "shop/settle.py", line 41, in settle_batch',
        depth: 0,
        origin: "app",
        function: "settle_batch",
        reportedPath: "shop/settle.py",
        line: 41,
        state: "no_root",
        path: null,
      },
    ],
    windows: [],
    mentions: [],
    logNeighbours: [],
    findings: [
      {
        rule: "title_names_exception",
        certainty: "fact",
        confidence: "low",
        statement: "The report names KeyError.",
        evidence: [{ kind: "report", field: "title" }],
      },
    ],
  },
  research: {
    lookedAt: [{ what: "history", outcome: "absent" }],
    history: { state: "no_root", head: null, suspects: [], blamed: [] },
    similar: [],
    findings: [
      {
        rule: "none_similar",
        certainty: "fact",
        confidence: "low",
        statement: "Nothing similar is known.",
        evidence: [],
      },
    ],
  },
  validate: {
    lookedAt: [],
    claims: [
      {
        rule: "line_reads_the_key",
        certainty: "inference",
        confidence: "low",
        statement: "A key is missing.",
        evidence: [{ kind: "report", field: "detail" }],
        verdict: "cannot_be_checked",
      },
    ],
    contradictions: [],
    confidence: "low",
    confidenceBecause: ["no_root"],
    findings: [],
  },
  propose: {
    lookedAt: [],
    likelyCause: "A key is missing.",
    recommendedFix: "Look at settle_batch in shop/settle.py and handle the missing key.",
    fixPoints: [{ path: "shop/settle.py", line: 41, why: "Named in the trace." }],
    reproduction: ["Run the settlement again."],
    acceptanceCriteria: ["The failure does not occur again."],
    verificationSteps: ["Run the tests."],
    riskLevel: "low",
    blastRadius: "unknown",
    labels: [],
    patch: null,
    findings: [],
  },
});

/** The least that passes the proposal gate (contract 5.12 b), all of it given. */
export const minimalSummary = (): TriageSummaryInput => ({
  whyItLikelyHappened: "Rows before 2024 have no currency.",
  logs: ["KeyError: 'currency'"],
  recommendedFix: "Default the currency to EUR.",
  acceptanceCriteria: ["Old rows settle."],
  verificationSteps: ["Settle a row of 2023."],
});

/** What an external agent posts for each phase, the least that counts. */
export const agentOutputs = () => ({
  inspect: { detail: "KeyError at settle.py:41" },
  research: { findings: ["the key came with 8f14e45"] },
  validate: { scope: "settlement only" },
  propose: { recommended_fix: "default the key", acceptance_criteria: ["old rows settle"] },
});
