import {
  bulkDecideSchema,
  bulkDraftsSchema,
  bulkOutcomesSchema,
  bulkReviewRequestSchema,
  bulkReviewSchema,
} from "@/lib/contracts/bulk";
import { decideDrafts } from "@/lib/pipeline/bulk/decide-drafts";
import { retryDrafts } from "@/lib/pipeline/bulk/retry-drafts";
import { reviewDrafts } from "@/lib/pipeline/bulk/review-drafts";
import { triageDrafts } from "@/lib/pipeline/bulk/triage-drafts";
import { bulkDecideFromWire, bulkOutcomesToWire, bulkReviewToWire } from "@/lib/wire/bulk";
import { route } from "../route";

const drafts = "/incident-monitor/drafts";

export const bulkRoutes = [
  route({
    method: "post",
    path: `${drafts}/bulk-review`,
    summary:
      "What an action would do to each of up to 200 drafts, and why it cannot to some; the digests to approve them with. Never writes.",
    auth: { kind: "actor", permission: "read" },
    body: bulkReviewRequestSchema,
    response: bulkReviewSchema,
    run: async ({ ctx, body }) => ({
      body: bulkReviewToWire(await reviewDrafts(ctx, { action: body.action, draftIds: body.draft_ids })),
    }),
  }),
  route({
    method: "post",
    path: `${drafts}/bulk-decide`,
    summary:
      "Approve or deny up to 200 drafts, each by itself and with its own outcome. What has changed since its digest, and what is of high risk, is not approved. Sent twice, it changes nothing.",
    auth: { kind: "actor", permission: "decide" },
    body: bulkDecideSchema,
    response: bulkOutcomesSchema,
    run: async ({ ctx, body }) => ({
      body: bulkOutcomesToWire(await decideDrafts(ctx, bulkDecideFromWire(body))),
    }),
  }),
  route({
    method: "post",
    path: `${drafts}/bulk-triage`,
    summary: "Put up to 200 drafts under triage, each with its own outcome",
    auth: { kind: "actor", permission: "triage" },
    body: bulkDraftsSchema,
    response: bulkOutcomesSchema,
    run: async ({ ctx, body }) => ({ body: bulkOutcomesToWire(await triageDrafts(ctx, body.draft_ids)) }),
  }),
  route({
    method: "post",
    path: `${drafts}/bulk-retry`,
    summary: "Send the failed deliveries of up to 200 drafts again, each draft with its own outcome",
    auth: { kind: "actor", permission: "publish" },
    body: bulkDraftsSchema,
    response: bulkOutcomesSchema,
    run: async ({ ctx, body }) => ({ body: bulkOutcomesToWire(await retryDrafts(ctx, body.draft_ids)) }),
  }),
];
