import { type CallOptions, segment, type Transport } from "../transport.js";
import type { RedactionRun, RedactionRunList, RereadingPreview } from "../types/redaction.js";

const path = "/incident-monitor/redaction";

export function redactionMethods(transport: Transport) {
  return {
    /** How much of what is stored today's rules would change, by a sample of each place. Changes nothing. */
    previewRereading: (options?: CallOptions): Promise<RereadingPreview> =>
      transport.json({ method: "GET", path: `${path}/preview` }, options),

    /** Walks over what is stored, newest first; at most 100. */
    listRedactionRuns: (options?: CallOptions): Promise<RedactionRunList> =>
      transport.json({ method: "GET", path: `${path}/runs` }, options),

    /** Has everything that is stored read again. A worker does it; 409 while another walk is not through. */
    startRereading: (options?: CallOptions): Promise<{ run: RedactionRun }> =>
      transport.json({ method: "POST", path: `${path}/runs` }, options),

    /** Ends a walk with the page it is on; 409 when it has ended. Another one begins when somebody starts it. */
    stopRereading: (runId: string, options?: CallOptions): Promise<{ run: RedactionRun }> =>
      transport.json({ method: "POST", path: `${path}/runs/${segment(runId, "runId")}/stop` }, options),
  };
}
