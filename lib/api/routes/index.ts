import type { ApiRoute } from "../route";
import { accessInvitationRoutes } from "./access-invitations";
import { accessTokenRoutes } from "./access-tokens";
import { accessUserRoutes } from "./access-users";
import { accountRoutes } from "./account";
import { approvalRoutes } from "./approvals";
import { assessmentReportRoutes } from "./assessment-reports";
import { auditLedgerRoutes } from "./audit-ledger";
import { authorityRoutes } from "./authority";
import { backtestApiRoutes } from "./backtest";
import { bulkRoutes } from "./bulk";
import { configRoutes } from "./config";
import { configHistoryRoutes } from "./config-history";
import { configResourceRoutes } from "./config-resources";
import { debugRoutes } from "./debug";
import { deleteRoutes } from "./deletes";
import { deploymentCardRoutes } from "./deployment-cards";
import { draftClaimRoutes } from "./draft-claims";
import { draftRoutes } from "./drafts";
import { eventRoutes } from "./events";
import { evidenceRoutes } from "./evidence";
import { firstRunRoutes } from "./first-run";
import { governanceRoutes } from "./governance";
import { groupingRuleRoutes } from "./grouping-rules";
import { incidentActionRoutes } from "./incident-actions";
import { incidentRoutes } from "./incidents";
import { intakeRoutes } from "./intake";
import { intakeKeyRoutes } from "./intake-keys";
import { issueTemplateRoutes } from "./issue-template";
import { logFileRoutes } from "./log-files";
import { logSourceRoutes } from "./log-sources";
import { mcpServerRoutes } from "./mcp-servers";
import { notificationRoutes } from "./notifications";
import { operationRoutes } from "./operations";
import { passwordResetRoutes } from "./password-resets";
import { postActionRoutes } from "./post-actions";
import { postRoutes } from "./posts";
import { postureRoutes } from "./posture";
import { previewRoutes } from "./preview";
import { productionReadinessRoutes } from "./production-readiness";
import { recheckRoutes } from "./recheck";
import { redactionRoutes } from "./redaction";
import { retentionRoutes } from "./retention";
import { savedViewRoutes } from "./saved-views";
import { scenarioRoutes } from "./scenarios";
import { shadowDecisionRoutes } from "./shadow-decisions";
import { silenceRoutes } from "./silences";
import { statusRoutes } from "./status";
import { triageRoutes } from "./triage";
import { triageRunRoutes } from "./triage-runs";

/** Every route of the API. The document, the authorization matrix and the architecture test walk this list. */
export const apiRoutes: readonly ApiRoute[] = [
  ...operationRoutes,
  ...accountRoutes,
  ...configRoutes,
  ...configResourceRoutes,
  ...configHistoryRoutes,
  ...statusRoutes,
  ...firstRunRoutes,
  ...notificationRoutes,
  ...previewRoutes,
  ...backtestApiRoutes,
  ...shadowDecisionRoutes,
  ...silenceRoutes,
  ...intakeRoutes,
  ...intakeKeyRoutes,
  ...incidentRoutes,
  ...incidentActionRoutes,
  ...groupingRuleRoutes,
  ...draftRoutes,
  ...draftClaimRoutes,
  ...bulkRoutes,
  ...savedViewRoutes,
  ...approvalRoutes,
  ...postRoutes,
  ...postActionRoutes,
  ...recheckRoutes,
  ...redactionRoutes,
  ...issueTemplateRoutes,
  ...deleteRoutes,
  ...triageRoutes,
  ...triageRunRoutes,
  ...authorityRoutes,
  ...scenarioRoutes,
  ...retentionRoutes,
  ...auditLedgerRoutes,
  ...assessmentReportRoutes,
  ...deploymentCardRoutes,
  ...productionReadinessRoutes,
  ...postureRoutes,
  ...governanceRoutes,
  ...logFileRoutes,
  ...logSourceRoutes,
  ...evidenceRoutes,
  ...mcpServerRoutes,
  ...accessUserRoutes,
  ...accessInvitationRoutes,
  ...passwordResetRoutes,
  ...accessTokenRoutes,
  ...debugRoutes,
  ...eventRoutes,
];
