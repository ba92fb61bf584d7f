import { canonicalJson } from "./canonical-json";
import { postureMode } from "./posture-checks";
import type { DraftSuggestion, PostureFinding } from "./posture-finding";

/**
 * A *probe* tries a control for real, with something harmless, and says what it did. Blocked: there is nothing that the
 * control could be tried on. Nothing outside is called, nothing but the run's own record is written.
 */
export const probeIds = [
  "approval_required_tool_policy",
  "route_preview_high_risk_approval",
  "destination_readiness_fail_closed",
  "scoped_intake_restriction",
  "mcp_tool_allowlist",
  "webhook_url_policy",
] as const;
export type ProbeId = (typeof probeIds)[number];
export type ProbeStatus = "pass" | "fail" | "blocked";
export type ProbeMode = "dry_run" | "disabled";
export const probeModes: readonly ProbeMode[] = ["dry_run", "disabled"];

export const probeFailedEvent = "security.assessment_probe.failed";

/** What was tried: a destination, a key, a route preview, a tool policy. */
export type ProbeTarget = { kind: string; id: string; name?: string; projectId?: string };

/** What a probe saw at one target, before it gets its ids. `observed` names codes and ids, never addresses or secrets. */
export type ProbeOutcome = {
  probeId: ProbeId;
  target: ProbeTarget;
  expected: string;
  observed: string;
  status: ProbeStatus;
  evidence: Array<{ kind: string; path: string }>;
  sourceFinding?: PostureFinding;
};

export type ProbeResult = ProbeOutcome & {
  fingerprint: string;
  /** `bap_` and 16 digits; null unless it failed. */
  findingId: string | null;
  draftSuggestion: DraftSuggestion | null;
};

export type ProbeAsk = {
  mode?: string | null;
  probes?: readonly string[] | null;
  includeDraftSuggestions?: boolean | null;
};
export type ProbePolicy = {
  mode: ProbeMode;
  requestedMode: string;
  /** Sorted. */
  selectedProbeIds: ProbeId[];
  includeDraftSuggestions: boolean;
};

/** What is asked, settled: ids of no probe are dropped, and none left means all. */
export function probePolicy(ask: ProbeAsk): ProbePolicy {
  const wanted = (ask.probes ?? []).map((id) => id.trim());
  const known = probeIds.filter((id) => wanted.includes(id));
  const mode = postureMode(ask.mode) === "disabled" ? "disabled" : "dry_run";
  return {
    mode,
    requestedMode: ask.mode?.trim() || "dry_run",
    selectedProbeIds: mode === "disabled" ? [] : [...(known.length > 0 ? known : probeIds)].sort(),
    includeDraftSuggestions: ask.includeDraftSuggestions ?? true,
  };
}

/** As many results of one probe are kept; what failed comes first, so nothing that failed is left out before it. */
export const resultsOfProbeMax = 200;

/** Outcomes with their ids, failures with a suggestion for a draft where one is wanted. */
export function probeResults(
  outcomes: readonly ProbeOutcome[],
  policy: Pick<ProbePolicy, "includeDraftSuggestions">,
  sha256: (text: string) => string,
): ProbeResult[] {
  return outcomes.map((outcome) => {
    const { probeId, target, status, sourceFinding } = outcome;
    const digest = sha256(
      canonicalJson([probeId, target.kind, target.id, sourceFinding?.fingerprint ?? null]),
    );
    const fingerprint = `sha256:${digest}`;
    const failed = status === "fail";
    return {
      ...outcome,
      fingerprint,
      findingId: failed ? `bap_${digest.slice(0, 16)}` : null,
      draftSuggestion: failed && policy.includeDraftSuggestions ? suggestionOf(outcome, fingerprint) : null,
    };
  });
}

function suggestionOf(outcome: ProbeOutcome, fingerprint: string): DraftSuggestion {
  const { probeId, target, expected, observed } = outcome;
  return {
    ...{ source: "security_assessment_probe", eventType: probeFailedEvent, fingerprint },
    title: `Probe ${probeId} failed at ${target.kind} ${target.id}`,
    detail: `Expected: ${expected}\n\nObserved: ${observed}`,
    ...{ riskLevel: "high", riskCategory: "assessment_probe", confidence: "high" },
    routeTags: ["security_probe", probeId],
    excerpt: [`probe: ${probeId}`, `target: ${target.kind} ${target.id}`],
  };
}

/** Failures first, then what could not be judged; no more than are kept, and how many that leaves out. */
export function boundOutcomes(outcomes: readonly ProbeOutcome[]): { kept: ProbeOutcome[]; leftOut: number } {
  const order: Record<ProbeStatus, number> = { fail: 0, blocked: 1, pass: 2 };
  const sorted = [...outcomes].sort((left, right) => order[left.status] - order[right.status]);
  return {
    kept: sorted.slice(0, resultsOfProbeMax),
    leftOut: Math.max(0, sorted.length - resultsOfProbeMax),
  };
}

export type ProbeCounts = {
  results: number;
  pass: number;
  fail: number;
  blocked: number;
  draftSuggestions: number;
  leftOut: number;
};

export function countResults(results: readonly ProbeResult[], leftOut: number): ProbeCounts {
  const of = (status: ProbeStatus) => results.filter((each) => each.status === status).length;
  return {
    results: results.length,
    ...{ pass: of("pass"), fail: of("fail"), blocked: of("blocked") },
    draftSuggestions: results.filter((each) => each.draftSuggestion !== null).length,
    leftOut,
  };
}
