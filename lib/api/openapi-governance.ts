import type { Operation } from "./openapi-operations";

const im = "/incident-monitor";
const guarded = ["If-Match"] as const;

/** What the document calls each operation of the security layer. */
export const governanceOperations: Readonly<Record<string, Operation>> = {
  [`GET ${im}/security/authority-inventory`]: { id: "getAuthorityInventory" },
  [`GET ${im}/security/authority-graph`]: { id: "getAuthorityGraph" },
  [`GET ${im}/security/authority-subjects`]: { id: "listAuthoritySubjects" },
  [`PUT ${im}/security/authority-subjects`]: {
    id: "putAuthoritySubjects",
    headers: ["If-Match", "If-None-Match"],
  },
  [`DELETE ${im}/security/authority-subjects/{runtime_id}`]: { id: "deleteAuthoritySubjects" },
  [`GET ${im}/security/posture-checks`]: { id: "getPostureChecks" },
  [`POST ${im}/security/posture-drafts`]: { id: "draftPostureFinding" },
  [`POST ${im}/security/assessment-probes`]: { id: "runAssessmentProbes" },
  [`GET ${im}/security/assessment-probes`]: { id: "listProbeRuns" },
  [`GET ${im}/security/assessment-probes/{probe_run_id}`]: { id: "getProbeRun" },
  [`POST ${im}/security/assessment-report`]: { id: "generateAssessmentReport" },
  [`GET ${im}/security/assessment-reports`]: { id: "listAssessmentReports" },
  [`GET ${im}/security/assessment-reports/{report_id}`]: { id: "getAssessmentReport" },
  [`POST ${im}/security/deployment-cards`]: { id: "generateDeploymentCards" },
  [`GET ${im}/security/deployment-cards`]: { id: "listDeploymentCards" },
  [`GET ${im}/security/deployment-cards/{card_id}/metadata`]: { id: "getCardMetadata" },
  [`PUT ${im}/security/deployment-cards/{card_id}/metadata`]: {
    id: "putCardMetadata",
    headers: ["If-Match", "If-None-Match"],
  },
  [`DELETE ${im}/security/deployment-cards/{card_id}/metadata`]: {
    id: "deleteCardMetadata",
    headers: guarded,
  },
  [`POST ${im}/security/deployment-cards/{card_id}/reviews`]: { id: "reviewCard", headers: guarded },
  [`GET ${im}/security/production-readiness`]: { id: "getProductionReadiness" },
  [`PUT ${im}/security/production-readiness/{control_id}/attestation`]: { id: "attestReadiness" },
  [`DELETE ${im}/security/production-readiness/{control_id}/attestation`]: { id: "withdrawReadiness" },
  [`GET ${im}/security/scenario-packs`]: { id: "listScenarioPacks" },
  [`POST ${im}/security/scenario-packs`]: { id: "runScenarioPack" },
  [`PUT ${im}/security/scenario-packs/{pack_id}`]: { id: "putScenarioPack" },
  [`DELETE ${im}/security/scenario-packs/{pack_id}`]: { id: "deleteScenarioPack" },
  [`GET ${im}/security/scenario-runs`]: { id: "listScenarioRuns" },
  [`GET ${im}/security/scenario-runs/{scenario_run_id}`]: { id: "getScenarioRun" },
  [`POST ${im}/security/governance-metrics`]: { id: "computeGovernanceMetrics" },
  [`GET ${im}/security/reassessments`]: { id: "listReassessments" },
  [`POST ${im}/security/reassessments`]: { id: "runReassessment" },
};
