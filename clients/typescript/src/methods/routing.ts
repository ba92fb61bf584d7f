import { type LiveOptions, liveEvents } from "../live-events.js";
import type { CallOptions, Transport } from "../transport.js";
import type {
  BacktestRequest,
  BacktestResult,
  ShadowDecisionList,
  ShadowDecisionQuery,
} from "../types/backtest.js";
import type { LiveEvent } from "../types/event.js";
import type { IssueTemplatePreview, IssueTemplatePreviewRequest } from "../types/issue-template.js";
import type { RoutePreview, RoutePreviewRequest } from "../types/review.js";
import type { RouteLint } from "../types/route.js";

export function routingMethods(transport: Transport) {
  return {
    /** Where a record would go, why, and whether a person must approve. Never writes. */
    previewRoute: (payload: RoutePreviewRequest = {}, options?: CallOptions): Promise<RoutePreview> =>
      transport.json({ method: "POST", path: "/incident-monitor/route-preview", body: payload }, options),

    /** The issue that a draft would become with this template, made as triage makes it. Never writes. */
    previewIssueTemplate: (
      payload: IssueTemplatePreviewRequest = {},
      options?: CallOptions,
    ): Promise<IssueTemplatePreview> =>
      transport.json(
        { method: "POST", path: "/incident-monitor/issue-template/preview", body: payload },
        options,
      ),

    /** What the routing table does that its author hardly meant: routes never reached, sources that reach nothing. */
    lintRoutes: (options?: CallOptions): Promise<RouteLint> =>
      transport.json({ method: "GET", path: "/incident-monitor/route-lint" }, options),

    /** Where the incidents of the last days would have gone under a changed configuration. Never writes. */
    backtestRoutes: (payload: BacktestRequest = {}, options?: CallOptions): Promise<BacktestResult> =>
      transport.json(
        {
          method: "POST",
          path: "/incident-monitor/route-backtest",
          query: { progress: "false" },
          body: payload,
          repeatable: true,
        },
        options,
      ),

    /** What shadow routes would have sent, newest first, one page; and counts for each route over all that match. */
    listShadowDecisions: (
      query: ShadowDecisionQuery = {},
      options?: CallOptions,
    ): Promise<ShadowDecisionList> =>
      transport.json(
        { method: "GET", path: "/incident-monitor/shadow-decisions", query: { ...query } },
        options,
      ),

    /** What changes, as it happens: `for await (const event of client.incidentMonitor.events())`. */
    events: (options?: LiveOptions): AsyncGenerator<LiveEvent> => liveEvents(transport, options),
  };
}
