import type { CallOptions, Transport } from "../transport.js";
import type {
  DeploymentCards,
  DeploymentCardsInput,
  GovernanceMetrics,
  GovernanceMetricsInput,
  ReassessmentList,
  ReassessmentRun,
  RunScenarioPackInput,
  ScenarioPackList,
  ScenarioPackRun,
} from "../types/governance.js";
import type {
  AssessmentProbes,
  AssessmentProbesInput,
  AssessmentReport,
  AssessmentReportInput,
  AuthorityInventory,
  PostureChecks,
  PostureChecksQuery,
} from "../types/security.js";

const base = "/incident-monitor/security";

export function securityMethods(transport: Transport) {
  const get = <T>(path: string, query: Record<string, unknown>, options?: CallOptions): Promise<T> =>
    transport.json({ method: "GET", path: `${base}/${path}`, query }, options);
  const post = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
    transport.json({ method: "POST", path: `${base}/${path}`, body }, options);

  return {
    /** Who and what may act here. */
    getAuthorityInventory: (options?: CallOptions): Promise<AuthorityInventory> =>
      get("authority-inventory", {}, options),

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

    /** Tries the controls without touching anything outside. */
    runAssessmentProbes: (
      input: AssessmentProbesInput = {},
      options?: CallOptions,
    ): Promise<AssessmentProbes> => post("assessment-probes", snaked(input, probeKeys), options),

    /** Inventory, findings, probes, incidents and receipts in one report. */
    generateAssessmentReport: (
      input: AssessmentReportInput = {},
      options?: CallOptions,
    ): Promise<AssessmentReport> => post("assessment-report", snaked(input, reportKeys), options),

    /** One card a system: purpose, owners, authority, limits. */
    generateDeploymentCards: (
      input: DeploymentCardsInput = {},
      options?: CallOptions,
    ): Promise<DeploymentCards> => post("deployment-cards", snaked(input, cardKeys), options),

    listScenarioPacks: (options?: CallOptions): Promise<ScenarioPackList> =>
      get("scenario-packs", {}, options),

    /** Runs a pack against the routing, dry. */
    runScenarioPack: (input: RunScenarioPackInput = {}, options?: CallOptions): Promise<ScenarioPackRun> =>
      post("scenario-packs", input, options),

    getGovernanceMetrics: (
      input: GovernanceMetricsInput = {},
      options?: CallOptions,
    ): Promise<GovernanceMetrics> => post("governance-metrics", input, options),

    listReassessments: (options?: CallOptions): Promise<ReassessmentList> =>
      get("reassessments", {}, options),

    runReassessment: (options?: CallOptions): Promise<ReassessmentRun> =>
      post("reassessments", undefined, options),
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
