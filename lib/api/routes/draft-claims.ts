import { z } from "@hono/zod-openapi";
import { claimDraftSchema, draftResponseSchema } from "@/lib/contracts/draft";
import { undonePostsSchema, undoPublishSchema } from "@/lib/contracts/publish";
import { claimDraft } from "@/lib/pipeline/drafts/claim-draft";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { releaseDraft } from "@/lib/pipeline/drafts/release-draft";
import { undoPublish } from "@/lib/pipeline/publishing/undo-publish";
import { draftToWire } from "@/lib/wire/draft";
import { undonePostsToWire } from "@/lib/wire/publish";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const one = "/incident-monitor/drafts/{draft_id}";
const errors: RouteErrors = {
  claimed_by_other: [409, "INCIDENT_MONITOR_DRAFT_CLAIMED"],
  claim_moved: [409, "INCIDENT_MONITOR_DRAFT_CLAIMED"],
};

export const draftClaimRoutes = [
  route({
    method: "post",
    path: `${one}/claim`,
    summary:
      "Say that you are on a draft, for a quarter of an hour; again, it is renewed. Binds nobody: others see it before they decide.",
    auth: { kind: "actor", permission: "triage" },
    body: claimDraftSchema,
    response: draftResponseSchema,
    errors,
    run: async ({ ctx, params, body }) => {
      const draftId = params.draft_id ?? "";
      await claimDraft(ctx, { draftId, takeOver: body.take_over });
      return { body: { draft: draftToWire(await getDraft(ctx, draftId)) } };
    },
  }),
  route({
    method: "post",
    path: `${one}/release`,
    summary: "Say that you are no longer on a draft; nothing happens where nobody is",
    auth: { kind: "actor", permission: "triage" },
    body: z.looseObject({}),
    response: draftResponseSchema,
    errors,
    run: async ({ ctx, params }) => {
      const draftId = params.draft_id ?? "";
      await releaseDraft(ctx, draftId);
      return { body: { draft: draftToWire(await getDraft(ctx, draftId)) } };
    },
  }),
  route({
    method: "post",
    path: `${one}/undo-publish`,
    summary:
      "Take back what was published and has not left, while its grace lasts; what is on its way is told as such. Approval stays.",
    auth: { kind: "actor", permission: "publish" },
    body: undoPublishSchema,
    response: undonePostsSchema,
    run: async ({ ctx, params, body }) => {
      const input = { draftId: params.draft_id ?? "", postIds: body.post_ids };
      return { body: undonePostsToWire(await undoPublish(ctx, input)) };
    },
  }),
];
