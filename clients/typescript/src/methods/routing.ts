import { type LiveOptions, liveEvents } from "../live-events.js";
import type { CallOptions, Transport } from "../transport.js";
import type { LiveEvent } from "../types/event.js";
import type { RoutePreview, RoutePreviewRequest } from "../types/review.js";

export function routingMethods(transport: Transport) {
  return {
    /** Where a record would go, why, and whether a person must approve. Never writes. */
    previewRoute: (payload: RoutePreviewRequest = {}, options?: CallOptions): Promise<RoutePreview> =>
      transport.json({ method: "POST", path: "/incident-monitor/route-preview", body: payload }, options),

    /** What changes, as it happens: `for await (const event of client.incidentMonitor.events())`. */
    events: (options?: LiveOptions): AsyncGenerator<LiveEvent> => liveEvents(transport, options),
  };
}
