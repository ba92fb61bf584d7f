import type { ApiRoute } from "../route";
import { backtestApiRoutes } from "./backtest";
import { configRoutes } from "./config";
import { configHistoryRoutes } from "./config-history";
import { configResourceRoutes } from "./config-resources";
import { debugRoutes } from "./debug";
import { deleteRoutes } from "./deletes";
import { draftRoutes } from "./drafts";
import { eventRoutes } from "./events";
import { evidenceRoutes } from "./evidence";
import { incidentRoutes } from "./incidents";
import { intakeRoutes } from "./intake";
import { intakeKeyRoutes } from "./intake-keys";
import { logFileRoutes } from "./log-files";
import { logSourceRoutes } from "./log-sources";
import { mcpServerRoutes } from "./mcp-servers";
import { operationRoutes } from "./operations";
import { postActionRoutes } from "./post-actions";
import { postRoutes } from "./posts";
import { previewRoutes } from "./preview";
import { recheckRoutes } from "./recheck";
import { redactionRoutes } from "./redaction";
import { securityRoutes } from "./security";
import { shadowDecisionRoutes } from "./shadow-decisions";
import { silenceRoutes } from "./silences";
import { statusRoutes } from "./status";
import { triageRoutes } from "./triage";
import { triageRunRoutes } from "./triage-runs";

/** Every route of the API. The document, the authorization matrix and the architecture test walk this list. */
export const apiRoutes: readonly ApiRoute[] = [
  ...operationRoutes,
  ...configRoutes,
  ...configResourceRoutes,
  ...configHistoryRoutes,
  ...statusRoutes,
  ...previewRoutes,
  ...backtestApiRoutes,
  ...shadowDecisionRoutes,
  ...silenceRoutes,
  ...intakeRoutes,
  ...intakeKeyRoutes,
  ...incidentRoutes,
  ...draftRoutes,
  ...postRoutes,
  ...postActionRoutes,
  ...recheckRoutes,
  ...redactionRoutes,
  ...deleteRoutes,
  ...triageRoutes,
  ...triageRunRoutes,
  ...securityRoutes,
  ...logFileRoutes,
  ...logSourceRoutes,
  ...evidenceRoutes,
  ...mcpServerRoutes,
  ...debugRoutes,
  ...eventRoutes,
];
