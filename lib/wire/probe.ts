import type {
  AssessmentProbesResponseWire,
  AssessmentProbesWire,
  ProbeCountsWire,
  ProbeResultWire,
  ProbeRunListWire,
  ProbeRunSummaryWire,
  ProbeRunWire,
} from "@/lib/contracts/probe";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { clampLimit } from "@/lib/domain/page";
import {
  type ProbeAsk,
  type ProbeCounts,
  type ProbePolicy,
  type ProbeResult,
  probeIds,
  probeModes,
} from "@/lib/domain/probe";
import { type ProbeRun, type ProbeRunContent, probeRunsKept } from "@/lib/domain/probe-run";
import { snakeKeys } from "./casing";
import { inventorySummary, postureFindingToWire, sensitiveValuesToWire } from "./posture";

type Kept = ProbeRun & { verified: boolean };

export const probesFromWire = (body: AssessmentProbesWire): ProbeAsk => ({
  mode: body.mode,
  probes: body.probes,
  includeDraftSuggestions: body.include_draft_suggestions,
});

export function probesToWire({
  content,
  inventory,
  run,
}: {
  content: ProbeRunContent;
  inventory: AuthorityInventory;
  run: ProbeRun | null;
}): AssessmentProbesResponseWire {
  return {
    schema_version: 1,
    generated_at_ms: inventory.generatedAtMs,
    scope: {
      source: "incident_monitor_security_assessment_probes",
      ...{ read_only: true, dry_run: true, mutates_external_systems: false },
      ...{ admin_invoked: true, full_token_required: true },
      tenant_context: snakeKeys(inventory.scope.tenantContext),
      authority_inventory_source: inventory.scope.source,
    },
    probe_policy: policyToWire(content.policy),
    counts: probeCountsToWire(content.counts),
    results: content.results.map(probeResultToWire),
    authority_inventory: inventorySummary(inventory),
    evidence_pack: run ? evidenceOf(run) : { persisted: false, reason: "probes_disabled" },
    draft_conversion: { available: true, method: "POST /incident-monitor/report", mutates_state: false },
    sensitive_values: sensitiveValuesToWire(inventory),
  };
}

export const probeRunPath = (probeRunId: string): string =>
  `/incident-monitor/security/assessment-probes/${encodeURIComponent(probeRunId)}`;

const evidenceOf = ({ probeRunId, sha256 }: ProbeRun) => ({
  ...({ persisted: true, kind: "context_run_artifact" } as const),
  context_run_id: probeRunId,
  artifact_id: probeRunId,
  artifact_type: "assessment_probes",
  path: probeRunPath(probeRunId),
  sha256,
});

function policyToWire({ mode, requestedMode, selectedProbeIds, includeDraftSuggestions }: ProbePolicy) {
  return {
    ...{ mode, requested_mode: requestedMode, dry_run: true as const },
    supported_modes: [...probeModes],
    selected_probe_ids: selectedProbeIds,
    supported_probe_ids: [...probeIds],
    include_draft_suggestions: includeDraftSuggestions,
  };
}

export function probeCountsToWire({
  results,
  pass,
  fail,
  blocked,
  draftSuggestions,
  leftOut,
}: ProbeCounts): ProbeCountsWire {
  const byStatus = { pass, fail, blocked };
  return {
    ...{ results, ...byStatus, by_status: byStatus },
    ...{ draft_suggestions: draftSuggestions, left_out: leftOut },
  };
}

export function probeResultToWire(result: ProbeResult): ProbeResultWire {
  return {
    probe_id: result.probeId,
    target: snakeKeys(result.target),
    expected_behavior: result.expected,
    observed_behavior: result.observed,
    status: result.status,
    passed: result.status === "pass",
    blocked: result.status === "blocked",
    fingerprint: result.fingerprint,
    finding_id: result.findingId,
    evidence_refs: result.evidence,
    source_finding: result.sourceFinding ? postureFindingToWire(result.sourceFinding) : null,
    incident_draft_suggestion: result.draftSuggestion ? snakeKeys(result.draftSuggestion) : null,
    dry_run: true,
  };
}

function summaryToWire(run: Kept): ProbeRunSummaryWire {
  return {
    probe_run_id: run.probeRunId,
    created_at_ms: run.createdAtMs,
    actor: run.actor,
    selected_probe_ids: run.content.policy.selectedProbeIds,
    counts: probeCountsToWire(run.content.counts),
    sha256: run.sha256,
    verified: run.verified,
  };
}

export const probeRunListToWire = (runs: readonly Kept[]): ProbeRunListWire => ({
  runs: runs.map(summaryToWire),
  kept_at_most: probeRunsKept,
});

export const probeRunToWire = (run: Kept): ProbeRunWire => ({
  ...summaryToWire(run),
  probe_policy: policyToWire(run.content.policy),
  results: run.content.results.map(probeResultToWire),
  authority_inventory: {
    generated_at_ms: run.content.inventory.generatedAtMs,
    counts: snakeKeys(run.content.inventory.counts),
  },
});

export const probeRunsFromQuery = ({ limit }: { limit?: number }) => ({ limit: clampLimit(limit) });
