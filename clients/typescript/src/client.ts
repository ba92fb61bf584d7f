import { accessMethods } from "./methods/access.js";
import { accountMethods } from "./methods/accounts.js";
import { auditMethods } from "./methods/audit.js";
import { authorityMethods } from "./methods/authority.js";
import { bulkMethods } from "./methods/bulk.js";
import { cardMethods } from "./methods/cards.js";
import { configMethods } from "./methods/config.js";
import { configRowMethods } from "./methods/config-rows.js";
import { draftMethods } from "./methods/drafts.js";
import { firstRunMethods } from "./methods/first-run.js";
import { incidentActionMethods } from "./methods/incident-actions.js";
import { incidentMethods } from "./methods/incidents.js";
import { intakeMethods } from "./methods/intake.js";
import { logSourceMethods } from "./methods/log-sources.js";
import { mcpServerMethods } from "./methods/mcp-servers.js";
import { postMethods } from "./methods/posts.js";
import { redactionMethods } from "./methods/redaction.js";
import { retentionMethods } from "./methods/retention.js";
import { routingMethods } from "./methods/routing.js";
import { savedViewMethods } from "./methods/saved-views.js";
import { securityMethods } from "./methods/security.js";
import { silenceMethods } from "./methods/silences.js";
import { statusMethods } from "./methods/status.js";
import { triageRunMethods } from "./methods/triage-runs.js";
import { type CallOptions, type TandemClientOptions, Transport } from "./transport.js";
import type { Health } from "./types/status.js";

/** Every method of the API. */
export type IncidentMonitor = ReturnType<typeof statusMethods> &
  ReturnType<typeof firstRunMethods> &
  ReturnType<typeof configMethods> &
  ReturnType<typeof configRowMethods> &
  ReturnType<typeof routingMethods> &
  ReturnType<typeof intakeMethods> &
  ReturnType<typeof logSourceMethods> &
  ReturnType<typeof mcpServerMethods> &
  ReturnType<typeof incidentMethods> &
  ReturnType<typeof draftMethods> &
  ReturnType<typeof bulkMethods> &
  ReturnType<typeof savedViewMethods> &
  ReturnType<typeof triageRunMethods> &
  ReturnType<typeof postMethods> &
  ReturnType<typeof incidentActionMethods> &
  ReturnType<typeof silenceMethods> &
  ReturnType<typeof redactionMethods> &
  ReturnType<typeof retentionMethods> &
  ReturnType<typeof accessMethods> &
  ReturnType<typeof accountMethods> &
  ReturnType<typeof authorityMethods> &
  ReturnType<typeof auditMethods> &
  ReturnType<typeof securityMethods> &
  ReturnType<typeof cardMethods>;

/** `new TandemClient({ baseUrl, token })`, then `client.incidentMonitor.…`. */
export class TandemClient {
  readonly incidentMonitor: IncidentMonitor;
  readonly #transport: Transport;

  constructor(options: TandemClientOptions) {
    const transport = new Transport(options);
    this.#transport = transport;
    this.incidentMonitor = {
      ...statusMethods(transport),
      ...firstRunMethods(transport),
      ...configMethods(transport),
      ...configRowMethods(transport),
      ...routingMethods(transport),
      ...intakeMethods(transport),
      ...logSourceMethods(transport),
      ...mcpServerMethods(transport),
      ...incidentMethods(transport),
      ...draftMethods(transport),
      ...bulkMethods(transport),
      ...savedViewMethods(transport),
      ...triageRunMethods(transport),
      ...postMethods(transport),
      ...incidentActionMethods(transport),
      ...silenceMethods(transport),
      ...redactionMethods(transport),
      ...retentionMethods(transport),
      ...accessMethods(transport),
      ...accountMethods(transport),
      ...authorityMethods(transport),
      ...auditMethods(transport),
      ...securityMethods(transport),
      ...cardMethods(transport),
    };
  }

  /** Is the server up and its database reachable? Needs no token. */
  health(options?: CallOptions): Promise<Health> {
    return this.#transport.json({ method: "GET", path: "/global/health", credential: "none" }, options);
  }
}
