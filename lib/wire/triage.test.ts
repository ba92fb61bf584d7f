import { describe, expect, it } from "vitest";
import {
  artifactRefSchema,
  issueDraftSchema,
  proposalQualityGateSchema,
  summaryChangeSchema,
  triageDuplicatesSchema,
  triageSummaryInputSchema,
  triageSummarySchema,
} from "@/lib/contracts/triage";
import {
  issueDraftProblemSchema,
  issueDraftResponseSchema,
  replayIncidentResponseSchema,
  triageRunResponseSchema,
  triageRunSchema,
  triageSummaryProblemSchema,
  triageSummaryResponseSchema,
} from "@/lib/contracts/triage-run";
import { judgeCoderReady } from "@/lib/domain/coder-ready";
import { summariseDuplicates } from "@/lib/domain/duplicate-summary";
import { previewIssueDraft } from "@/lib/domain/issue-draft";
import type { SummaryRecord } from "@/lib/domain/issue-draft-json";
import type { Incident } from "@/lib/domain/records";
import { diffSummaries } from "@/lib/domain/summary-diff";
import { judgeProposal } from "@/lib/domain/triage-gates";
import {
  type ArtifactRef,
  type PhaseProgress,
  type RunStatus,
  type TriageRunFacts,
} from "@/lib/domain/triage-run-facts";
import { readSummary } from "@/lib/domain/triage-summary";
import { summaryFromArtifacts } from "@/lib/domain/triage-summary-found";
import { aDraft } from "@/lib/testing/drafts";
import { aTriageSubject, foundArtifacts } from "@/lib/testing/triage-artifacts";
import {
  artifactRefToWire,
  duplicateSummaryToWire,
  issueDraftToWire,
  proposalGateToWire,
  summaryChangeToWire,
  summaryInputFromWire,
  triageSummaryToWire,
} from "./triage";
import {
  issueDraftRefusal,
  issueDraftResponse,
  replayIncidentResponse,
  type TriageResults,
  triageRunResponse,
  triageRunToWire,
  triageSummaryRefusal,
  triageSummaryResponse,
} from "./triage-run";

const artifacts = foundArtifacts();
const summary = summaryFromArtifacts(artifacts, aTriageSubject());
const ready = judgeCoderReady(summary, { draftRiskLevel: null, isDuplicate: false });
const record: SummaryRecord = {
  draftId: "failure-draft-0001",
  repo: "acme/shop",
  triageRunId: "run-1",
  summary,
  coderReady: ready.coderReady,
  coderReadyGate: ready.gate,
  createdAtMs: 5_000,
};
const issueDraft = previewIssueDraft({
  subject: aTriageSubject(),
  triageRunId: "run-1",
  summary,
  outputs: artifacts,
  similar: artifacts.research.similar,
  template: null,
  fingerprintMarker: "a".repeat(64),
  createdAtMs: 6_000,
});
const artifact: ArtifactRef = {
  id: "artifact-1",
  atMs: 4_000,
  path: "tandem://incident-monitor/triage/run-1/inspect",
  artifactType: "incident_monitor_inspection",
  stepId: "inspect_failure_report",
};
const results: TriageResults = {
  summary: record,
  summaryArtifact: { ...artifact, artifactType: "incident_monitor_triage_summary" },
  issueDraft,
  issueDraftArtifact: null,
  duplicates: summariseDuplicates(artifacts.research.similar),
  duplicatesArtifact: null,
};
const progress = (phase: PhaseProgress["phase"], fields: Partial<PhaseProgress> = {}): PhaseProgress => ({
  ...{ phase, state: "pending", attempts: 0, startedAtMs: null, endedAtMs: null, note: null, artifact: null },
  ...fields,
});
const run = (fields: Partial<TriageRunFacts> = {}): TriageRunFacts => ({
  triageRunId: "run-1",
  draftId: "failure-draft-0001",
  repo: "acme/shop",
  status: "running",
  phases: [
    progress("inspect", { state: "done", attempts: 1, startedAtMs: 1, endedAtMs: 2, artifact }),
    progress("research", { state: "running", attempts: 2, startedAtMs: 3, note: "Reading the history" }),
    progress("validate"),
    progress("propose", { state: "skipped" }),
  ],
  tenantId: null,
  workspaceId: "shop",
  workspaceRoot: "/workspace/repos/shop",
  leaseEpoch: 1,
  takenBy: null,
  model: null,
  revision: 3,
  lastEventSeq: 9,
  createdAtMs: 1,
  updatedAtMs: 3,
  startedAtMs: 1,
  endedAtMs: null,
  lastError: null,
  ...fields,
});
/** Strictly: no key that the contract does not know. */
const strictly = (schema: { parse(value: unknown): unknown }, value: unknown) =>
  expect(schema.parse(value)).toEqual(value);

describe("a summary that comes in", () => {
  it("every field of the contract is read, and the keys of somebody's own shapes stay", () => {
    const body = triageSummaryInputSchema.parse(
      Object.fromEntries(
        Object.keys(triageSummaryInputSchema.shape).map((key) => {
          const value = /_(?:issues|patterns|sources|references|points)$/.test(key)
            ? [{ file_path: key, nested: { inner_key: 1 } }]
            : key === "coder_ready" || key === "permissions_available"
              ? true
              : /^(?:affected|likely|steps|environment|logs|acceptance|verification|required|missing)/.test(
                    key,
                  )
                ? [key]
                : key;
          return [key, value];
        }),
      ),
    );
    const input = summaryInputFromWire(body);
    expect(Object.values(input)).toHaveLength(Object.keys(triageSummaryInputSchema.shape).length);
    expect(Object.values(input)).not.toContain(undefined);
    expect(readSummary(input).summary.fixPoints).toEqual([
      { file_path: "fix_points", nested: { inner_key: 1 } },
    ]);
  });

  it("an empty body says nothing", () => {
    expect(readSummary(summaryInputFromWire({})).substance).toBe(false);
  });
});

describe("records", () => {
  it("summary, gate, issue draft, duplicates and references are the contract's, key for key", () => {
    strictly(triageSummarySchema, triageSummaryToWire(record));
    strictly(proposalQualityGateSchema, proposalGateToWire(judgeProposal(null, {})));
    strictly(issueDraftSchema, issueDraftToWire(issueDraft));
    strictly(triageDuplicatesSchema, duplicateSummaryToWire(summariseDuplicates([])));
    strictly(artifactRefSchema, artifactRefToWire(artifact));
    for (const change of diffSummaries(null, summary))
      strictly(summaryChangeSchema, summaryChangeToWire(change));
  });

  it("a gate's reason is null where it passed, and there where it did not", () => {
    expect(proposalGateToWire(judgeProposal(summary, artifacts)).blocked_reason).toBeNull();
    expect(proposalGateToWire(judgeProposal(null, {})).blocked_reason).toMatch(/^Not enough/);
  });

  it("`coder_ready` is the computed one, and what was asked is the gate's", () => {
    const asked = readSummary({ coderReady: true, whatHappened: "x" }).summary;
    const judged = judgeCoderReady(asked, { draftRiskLevel: null, isDuplicate: false });
    const wire = triageSummaryToWire({
      ...record,
      summary: asked,
      coderReady: judged.coderReady,
      coderReadyGate: judged.gate,
    });
    expect([wire.coder_ready, wire.coder_ready_gate.requested_coder_ready]).toEqual([false, true]);
  });

  it("origins and cuts are told by the contract's names", () => {
    const long = readSummary({
      stepsToReproduce: Array.from({ length: 9 }, (_, at) => `step ${at}`),
    }).summary;
    const wire = triageSummaryToWire({ ...record, summary: long });
    expect(wire.origins.steps_to_reproduce).toBe("given");
    expect(wire.cut).toEqual([{ field: "steps_to_reproduce", unit: "rows", kept: 8, given: 9 }]);
  });
});

describe("a run (contract 5.10)", () => {
  it("has the keys of both kinds of run that a caller may rely on", () => {
    const wire = triageRunToWire(run());
    strictly(triageRunSchema, wire);
    expect(wire).toMatchObject({
      run_id: "run-1",
      automation_run_id: "run-1",
      automation_id: "automation-v2-incident-monitor-triage-failure-draft-0001",
      run_type: "incident_monitor_triage",
      trigger_type: "incident_monitor_triage",
      status: "running",
      workspace: { workspace_id: "shop", canonical_path: "/workspace/repos/shop", lease_epoch: 1 },
      why_next_step: "Reading the history",
      checkpoint: {
        completed_nodes: ["inspect_failure_report"],
        pending_nodes: ["research_likely_root_cause", "validate_failure_scope"],
        blocked_nodes: ["propose_fix_and_verification"],
        node_attempts: { research_likely_root_cause: 2 },
        node_outputs: {
          inspect_failure_report: { artifact: { artifact_type: "incident_monitor_inspection" } },
        },
      },
    });
    expect(wire.steps.map(({ status }) => status)).toEqual(["completed", "running", "pending", "skipped"]);
    expect(wire).not.toHaveProperty("ended_at_ms");
    expect(wire).not.toHaveProperty("last_error");
  });

  it.each<[RunStatus, string]>([
    ["queued", "queued"],
    ["running", "running"],
    ["ready", "completed"],
    ["blocked", "blocked"],
    ["timed_out", "failed"],
    ["failed", "failed"],
    ["cancelled", "cancelled"],
  ])("%s is %s to the reference's callers, and itself in `state`", (status, word) => {
    expect(triageRunToWire(run({ status }))).toMatchObject({ status: word, state: status });
  });

  it("says who took it, with which model, and how it ended", () => {
    const wire = triageRunToWire(
      run({
        takenBy: { kind: "token", id: "t-1", name: "agent" },
        model: { provider: "local", id: "m", promptTokens: 3, completionTokens: 4 },
        endedAtMs: 9,
        lastError: "out of time",
      }),
    );
    strictly(triageRunSchema, wire);
    expect(wire).toMatchObject({
      source_client: "agent",
      total_tokens: 7,
      ended_at_ms: 9,
      last_error: "out of time",
      why_next_step: null,
    });
  });
});

const incident: Incident = {
  ...{ incidentId: "failure-incident-0001", scopeKey: "shop", fingerprintVersion: 1, fingerprint: "f" },
  ...{ wireFingerprint: "f", identity: [], disposition: "drafted", provenance: "report", held: false },
  ...{ projectId: "shop", logSourceId: null, sourceKind: null, title: "KeyError", detail: null },
  ...{ eventType: "settlement.failed", source: null, component: null, level: null, repo: "acme/shop" },
  ...{ workspaceRoot: "/workspace/repos/shop", riskLevel: null, riskCategory: null, confidence: null },
  ...{ excerpt: [], evidenceRefs: [], routeTags: [], allowedDestinationIds: [], defaultDestinationIds: [] },
  ...{ externalCorrelationIds: [], attributes: {}, expectedDestination: null, sourceApprovalPolicy: null },
  ...{ qualityGate: null, eventPayload: null, redactions: {}, draftId: "failure-draft-0001" },
  ...{ occurrenceCount: 1, firstSeenAtMs: 1, lastSeenAtMs: 2, createdAtMs: 1, updatedAtMs: 2 },
  ...{ lastError: null, draftFacets: null, mergedIntoId: null },
  ...{ snooze: null, mute: null, woke: null, resolution: null },
};

describe("answers and refusals", () => {
  const draft = aDraft();
  const nothing: TriageResults = {
    ...{ summary: null, summaryArtifact: null, issueDraft: null, issueDraftArtifact: null },
    ...{ duplicates: null, duplicatesArtifact: null },
  };
  const written = {
    ...{
      draft,
      summary: record,
      results,
      failurePatternMemory: { stored: true },
      regressionSignalMemory: null,
    },
  };

  it.each([
    ["with results", results],
    ["of a fresh run", nothing],
  ])("triage-run %s", (_name, each) => {
    const answer = triageRunResponse({ draft, run: run(), deduped: true, results: each });
    strictly(triageRunResponseSchema, answer);
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining(["triage_summary", "issue_draft", "duplicate_summary", "duplicate_matches"]),
    );
  });

  it("a replay has the incident beside the keys of a run", () => {
    const answer = replayIncidentResponse({ incident, draft, run: null, deduped: false, results: nothing });
    strictly(replayIncidentResponseSchema, answer);
    expect(answer.incident.incident_id).toBe("failure-incident-0001");
  });

  it("triage-summary, kept and proposed; or kept, with the gate that refused", () => {
    strictly(triageSummaryResponseSchema, triageSummaryResponse({ ...written, issueDraft }));
    const refusal = {
      ...{ error: "x", code: "INCIDENT_MONITOR_TRIAGE_SUMMARY_ISSUE_DRAFT_FAILED", detail: "y" },
      ...triageSummaryRefusal({ ...written, gate: judgeProposal(null, {}), gateArtifact: null }),
    };
    strictly(triageSummaryProblemSchema, refusal);
  });

  it("issue-draft, and its refusal with and without a draft", () => {
    strictly(issueDraftResponseSchema, issueDraftResponse({ draft, results: { ...results, issueDraft } }));
    const problem = { error: "x", code: "INCIDENT_MONITOR_ISSUE_DRAFT_FAILED", detail: "y" };
    const gate = judgeProposal(null, {});
    strictly(issueDraftProblemSchema, {
      ...problem,
      ...issueDraftRefusal({ draftId: "d", draft, gate, gateArtifact: artifact }),
    });
    strictly(issueDraftProblemSchema, {
      ...problem,
      ...issueDraftRefusal({ draftId: "d", draft: null, gate: null, gateArtifact: null }),
    });
  });
});
