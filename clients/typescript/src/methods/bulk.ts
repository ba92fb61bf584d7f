import type { CallOptions, Transport } from "../transport.js";
import type { BulkAction, BulkDecision, BulkOutcomes, BulkReview } from "../types/bulk.js";

const path = "/incident-monitor/drafts";

/** Up to 200 drafts in one call; each by itself and with its own outcome. */
export function bulkMethods(transport: Transport) {
  const post = <T>(step: string, body: unknown, options?: CallOptions): Promise<T> =>
    transport.json({ method: "POST", path: `${path}/${step}`, body }, options);

  return {
    /** What an action would do to each, and why it cannot to some; with the digests to approve them. Never writes. */
    reviewDrafts: (
      action: BulkAction,
      draftIds: readonly string[],
      options?: CallOptions,
    ): Promise<BulkReview> => post("bulk-review", { action, draft_ids: draftIds }, options),

    /** What has changed since its digest, and what is of high risk, is not approved. Sent twice, it changes nothing. */
    decideDrafts: (decision: BulkDecision, options?: CallOptions): Promise<BulkOutcomes> =>
      post("bulk-decide", decision, options),

    triageDrafts: (draftIds: readonly string[], options?: CallOptions): Promise<BulkOutcomes> =>
      post("bulk-triage", { draft_ids: draftIds }, options),

    /** Sends their failed deliveries again. */
    retryDrafts: (draftIds: readonly string[], options?: CallOptions): Promise<BulkOutcomes> =>
      post("bulk-retry", { draft_ids: draftIds }, options),
  };
}
