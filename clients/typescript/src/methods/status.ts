import { type CallOptions, segment, type Transport } from "../transport.js";
import type { PauseResponse } from "../types/config.js";
import type {
  DebugResponse,
  DestinationTest,
  Overview,
  RedactionTest,
  Session,
  StatusResponse,
} from "../types/status.js";
import type { ChangeOptions } from "./config.js";

export function statusMethods(transport: Transport) {
  const change = (word: "pause" | "resume", options: ChangeOptions = {}): Promise<PauseResponse> =>
    transport.json(
      {
        method: "POST",
        path: `/incident-monitor/${word}`,
        query: { dry_run: options.dryRun ? "true" : undefined },
        headers: { "if-match": options.ifMatch },
      },
      options,
    );

  return {
    /** Readiness, counts and what is wrong. A pure read. */
    getStatus: (options?: CallOptions): Promise<StatusResponse> =>
      transport.json({ method: "GET", path: "/incident-monitor/status" }, options),

    /** The same answer; nothing is cached. */
    recomputeStatus: (options?: CallOptions): Promise<StatusResponse> =>
      transport.json({ method: "POST", path: "/incident-monitor/status/recompute" }, options),

    /** Holds triage, notification and delivery; reports are still taken in. */
    pause: (options?: ChangeOptions): Promise<PauseResponse> => change("pause", options),

    /** Lets what was held flow again. */
    resume: (options?: ChangeOptions): Promise<PauseResponse> => change("resume", options),

    /** Status with the tools of the configured MCP server. */
    debug: (options?: CallOptions): Promise<DebugResponse> =>
      transport.json({ method: "GET", path: "/incident-monitor/debug" }, options),

    /** Counts of the pipeline and what needs a person. */
    getOverview: (options?: CallOptions): Promise<Overview> =>
      transport.json({ method: "GET", path: "/incident-monitor/overview" }, options),

    /** Who the token is and what it may do. */
    getSession: (options?: CallOptions): Promise<Session> =>
      transport.json({ method: "GET", path: "/incident-monitor/session" }, options),

    /** Sends a harmless event marked as a test, under the same rules as a delivery. */
    testDestination: (destinationId: string, options?: CallOptions): Promise<DestinationTest> =>
      transport.json(
        {
          method: "POST",
          path: `/incident-monitor/destinations/${segment(destinationId, "destinationId")}/test`,
        },
        options,
      ),

    /** What the redactor would leave of a text; without a profile the deployment's default. Nothing is stored. */
    testRedaction: (text: string, profile?: string, options?: CallOptions): Promise<RedactionTest> =>
      transport.json(
        { method: "POST", path: "/incident-monitor/redaction-test", body: { text, profile } },
        options,
      ),
  };
}
