import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  AssessmentList,
  AssessmentReport,
  AssessmentReportInput,
  KeptAssessment,
} from "../types/assessment.js";
import type {
  DeploymentCards,
  DeploymentCardsInput,
  GovernanceMetrics,
  GovernanceMetricsInput,
  ReassessmentList,
  ReassessmentRun,
  RunReassessmentInput,
} from "../types/governance.js";
import type {
  RunScenarioPackInput,
  ScenarioPackInput,
  ScenarioPackList,
  ScenarioPackRun,
  ScenarioRunList,
  StoredScenarioPack,
} from "../types/scenarios.js";
import type {
  AssessmentProbes,
  AssessmentProbesInput,
  PostureChecks,
  PostureChecksQuery,
  PostureDraft,
  ProbeRun,
  ProbeRunList,
} from "../types/security.js";

const base = "/incident-monitor/security";
const packPath = (id: string) => `${base}/scenario-packs/${segment(id, "packId")}`;

export function securityMethods(transport: Transport) {
  const get = <T>(path: string, query: Record<string, unknown>, options?: CallOptions): Promise<T> =>
    transport.json({ method: "GET", path: `${base}/${path}`, query }, options);
  const post = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
    transport.json({ method: "POST", path: `${base}/${path}`, body }, options);

  return {
    /** Rules over the inventory; reads only. */
    getPostureChecks: (query: PostureChecksQuery = {}, options?: CallOptions): Promise<PostureChecks> => {
      const shaped = {
        mode: query.mode,
        rules: query.rules,
        disabled_rules: query.disabledRules ?? query.disabled_rules,
        min_severity: query.minSeverity ?? query.min_severity,
      };
      return get("posture-checks", shaped, options);
    },

    /** Takes a finding in as a report; a second time it is counted on the same incident. */
    draftPostureFinding: (fingerprint: string, options?: CallOptions): Promise<PostureDraft> =>
      post("posture-drafts", { fingerprint }, options),

    /** Tries the controls without touching anything outside. */
    runAssessmentProbes: (
      input: AssessmentProbesInput = {},
      options?: CallOptions,
    ): Promise<AssessmentProbes> => post("assessment-probes", snaked(input, probeKeys), options),

    /** Runs of the probes that are kept, newest first. */
    listProbeRuns: (query: { limit?: number } = {}, options?: CallOptions): Promise<ProbeRunList> =>
      get("assessment-probes", { ...query }, options),

    /** One run with every result; its hash is computed again and compared. */
    getProbeRun: async (probeRunId: string, options?: CallOptions): Promise<{ run: ProbeRun }> =>
      get(`assessment-probes/${segment(probeRunId, "probeRunId")}`, {}, options),

    /** What the deployment can show of itself, with its residual risk; kept under its digest unless told otherwise. */
    generateAssessmentReport: (
      input: AssessmentReportInput = {},
      options?: CallOptions,
    ): Promise<AssessmentReport> => post("assessment-report", snaked(input, reportKeys), options),

    /** Reports that are kept, newest first. */
    listAssessmentReports: (query: { limit?: number } = {}, options?: CallOptions): Promise<AssessmentList> =>
      get("assessment-reports", { ...query }, options),

    /** One report as it was answered; its digest is computed again and compared. */
    getAssessmentReport: (reportId: string, options?: CallOptions): Promise<KeptAssessment> =>
      get(`assessment-reports/${segment(reportId, "reportId")}`, {}, options),

    /** One card a system: purpose, owners, authority, limits. */
    generateDeploymentCards: (
      input: DeploymentCardsInput = {},
      options?: CallOptions,
    ): Promise<DeploymentCards> => post("deployment-cards", snaked(input, cardKeys), options),

    listScenarioPacks: (options?: CallOptions): Promise<ScenarioPackList> =>
      get("scenario-packs", {}, options),

    /**
     * Plays a pack through the real intake, routing and approval, in a sandbox that leaves no trace; the built-in one
     * unless given. One run at a time: 409 while another is under way.
     */
    runScenarioPack: (input: RunScenarioPackInput = {}, options?: CallOptions): Promise<ScenarioPackRun> =>
      post("scenario-packs", input, options),

    /** Stores a pack, or changes it over the `revision` that was read. */
    putScenarioPack: (
      packId: string,
      input: ScenarioPackInput,
      options?: CallOptions,
    ): Promise<StoredScenarioPack> =>
      transport.json({ method: "PUT", path: packPath(packId), body: input }, options),

    /** Its runs stay as evidence. */
    deleteScenarioPack: (packId: string, options?: CallOptions): Promise<{ ok: true }> =>
      transport.json({ method: "DELETE", path: packPath(packId) }, options),

    /** The newest first, without their results. */
    listScenarioRuns: (query: { limit?: number } = {}, options?: CallOptions): Promise<ScenarioRunList> =>
      get("scenario-runs", query, options),

    getScenarioRun: (runId: string, options?: CallOptions): Promise<ScenarioPackRun> =>
      get(`scenario-runs/${segment(runId, "runId")}`, {}, options),

    getGovernanceMetrics: (
      input: GovernanceMetricsInput = {},
      options?: CallOptions,
    ): Promise<GovernanceMetrics> => post("governance-metrics", input, options),

    listReassessments: (options?: CallOptions): Promise<ReassessmentList> =>
      get("reassessments", {}, options),

    /** Assesses now, every scope unless one is named, and compares with the time before. */
    runReassessment: (input: RunReassessmentInput = {}, options?: CallOptions): Promise<ReassessmentRun> =>
      post("reassessments", input.scope_key === undefined ? undefined : input, options),
  };
}

const probeKeys = { includeDraftSuggestions: "include_draft_suggestions" };
const reportKeys = {
  includeProbeResults: "include_probe_results",
  includeDraftSuggestions: "include_draft_suggestions",
  persistArtifact: "persist_artifact",
  routeDestinationIds: "route_destination_ids",
  includeRawPayloads: "include_raw_payloads",
};
const cardKeys = { includeMarkdown: "include_markdown", includeRawInventory: "include_raw_inventory" };

/** The wire knows snake_case only; where both are given, that one counts. */
function snaked(input: Record<string, unknown>, names: Record<string, string>): Record<string, unknown> {
  const shaped = { ...input };
  for (const [camel, snake] of Object.entries(names)) {
    if (shaped[camel] !== undefined && shaped[snake] === undefined) shaped[snake] = shaped[camel];
    delete shaped[camel];
  }
  return shaped;
}
