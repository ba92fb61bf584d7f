import type { ApiRoute } from "../route";
import { configRoutes } from "./config";
import { draftRoutes } from "./drafts";
import { eventRoutes } from "./events";
import { incidentRoutes } from "./incidents";
import { intakeRoutes } from "./intake";
import { intakeKeyRoutes } from "./intake-keys";
import { operationRoutes } from "./operations";
import { postRoutes } from "./posts";
import { previewRoutes } from "./preview";
import { statusRoutes } from "./status";

/** Every route of the API. The document, the authorization matrix and the architecture test walk this list. */
export const apiRoutes: readonly ApiRoute[] = [
  ...operationRoutes,
  ...configRoutes,
  ...statusRoutes,
  ...previewRoutes,
  ...intakeRoutes,
  ...intakeKeyRoutes,
  ...incidentRoutes,
  ...draftRoutes,
  ...postRoutes,
  ...eventRoutes,
];
