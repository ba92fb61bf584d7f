import { type CallOptions, type Transport } from "../transport.js";
import type {
  ErasurePreview,
  ErasureSubject,
  RetentionHold,
  RetentionHoldInput,
  RetentionHoldList,
  RetentionHoldQuery,
  RetentionPreview,
  RetentionRunList,
} from "../types/retention.js";

const path = "/incident-monitor/retention";

export function retentionMethods(transport: Transport) {
  return {
    /** What the job would remove now, what holds keep back, and which profile holds for what. */
    previewRetention: (options?: CallOptions): Promise<RetentionPreview> =>
      transport.json({ method: "GET", path: `${path}/preview` }, options),

    /** What the job removed and what was erased on request, newest first; at most 100. */
    listRetentionRuns: (options?: CallOptions): Promise<RetentionRunList> =>
      transport.json({ method: "GET", path: `${path}/runs` }, options),

    /** Legal holds, those in force first. */
    listHolds: (query: RetentionHoldQuery = {}, options?: CallOptions): Promise<RetentionHoldList> =>
      transport.json({ method: "GET", path: `${path}/holds`, query: { ...query } }, options),

    /** From when it answers nothing that it covers is removed. */
    placeHold: (input: RetentionHoldInput, options?: CallOptions): Promise<{ hold: RetentionHold }> =>
      transport.json({ method: "POST", path: `${path}/holds`, body: input }, options),

    /** What erasing it would take, and what stands against it. */
    previewErasure: (subject: ErasureSubject, options?: CallOptions): Promise<ErasurePreview> =>
      transport.json({ method: "POST", path: `${path}/erasures/preview`, body: subject }, options),
  };
}
