import { configMethods } from "./methods/config.js";
import { configRowMethods } from "./methods/config-rows.js";
import { draftMethods } from "./methods/drafts.js";
import { incidentMethods } from "./methods/incidents.js";
import { intakeMethods } from "./methods/intake.js";
import { logSourceMethods } from "./methods/log-sources.js";
import { mcpServerMethods } from "./methods/mcp-servers.js";
import { postMethods } from "./methods/posts.js";
import { routingMethods } from "./methods/routing.js";
import { securityMethods } from "./methods/security.js";
import { silenceMethods } from "./methods/silences.js";
import { statusMethods } from "./methods/status.js";
import { triageRunMethods } from "./methods/triage-runs.js";
import { type CallOptions, type TandemClientOptions, Transport } from "./transport.js";
import type { Health } from "./types/status.js";

/** Every method of the API. */
export type IncidentMonitor = ReturnType<typeof statusMethods> &
  ReturnType<typeof configMethods> &
  ReturnType<typeof configRowMethods> &
  ReturnType<typeof routingMethods> &
  ReturnType<typeof intakeMethods> &
  ReturnType<typeof logSourceMethods> &
  ReturnType<typeof mcpServerMethods> &
  ReturnType<typeof incidentMethods> &
  ReturnType<typeof draftMethods> &
  ReturnType<typeof triageRunMethods> &
  ReturnType<typeof postMethods> &
  ReturnType<typeof silenceMethods> &
  ReturnType<typeof securityMethods>;

/** `new TandemClient({ baseUrl, token })`, then `client.incidentMonitor.…`. */
export class TandemClient {
  readonly incidentMonitor: IncidentMonitor;
  readonly #transport: Transport;

  constructor(options: TandemClientOptions) {
    const transport = new Transport(options);
    this.#transport = transport;
    this.incidentMonitor = {
      ...statusMethods(transport),
      ...configMethods(transport),
      ...configRowMethods(transport),
      ...routingMethods(transport),
      ...intakeMethods(transport),
      ...logSourceMethods(transport),
      ...mcpServerMethods(transport),
      ...incidentMethods(transport),
      ...draftMethods(transport),
      ...triageRunMethods(transport),
      ...postMethods(transport),
      ...silenceMethods(transport),
      ...securityMethods(transport),
    };
  }

  /** Is the server up and its database reachable? Needs no token. */
  health(options?: CallOptions): Promise<Health> {
    return this.#transport.json({ method: "GET", path: "/global/health", credential: "none" }, options);
  }
}
