import {
  breakGlassListQuerySchema,
  breakGlassListSchema,
  breakGlassRequestSchema,
  breakGlassReviewRequestSchema,
  breakGlassReviewResponseSchema,
} from "@/lib/contracts/break-glass";
import { withdrawRequestSchema } from "@/lib/contracts/draft";
import { approveResponseSchema, denyResponseSchema } from "@/lib/contracts/publish";
import { breakGlassAndWait } from "@/lib/pipeline/drafts/approve-and-wait";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { listBreakGlassReviews } from "@/lib/pipeline/drafts/list-break-glass-reviews";
import { reviewBreakGlass } from "@/lib/pipeline/drafts/review-break-glass";
import { withdrawApproval } from "@/lib/pipeline/drafts/withdraw-approval";
import { getDraftTriage } from "@/lib/pipeline/triage/get-draft-triage";
import { breakGlassListToWire, breakGlassToWire, listBreakGlassFromQuery } from "@/lib/wire/break-glass";
import { draftToWire } from "@/lib/wire/draft";
import { approveResponse } from "@/lib/wire/publish";
import { route } from "../route";
import { decisionErrors } from "./drafts";

export const approvalRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/withdraw",
    summary:
      "Take back one's own approval while nothing has left under it: the gate closes, and the approval stays as evidence",
    auth: { kind: "actor", permission: "decide" },
    body: withdrawRequestSchema,
    response: denyResponseSchema,
    run: async ({ ctx, params, body }) => {
      const draftId = params.draft_id ?? "";
      await withdrawApproval(ctx, { draftId, reason: body.reason });
      return { body: { ok: true, draft: draftToWire(await getDraft(ctx, draftId)) } };
    },
  }),
  route({
    method: "post",
    path: "/incident-monitor/drafts/{draft_id}/break-glass",
    summary:
      "One signed-in admin approves alone what takes more people, or somebody else. Never over a denial or an unready destination; somebody else reviews it.",
    auth: { kind: "actor", permission: "breakGlass" },
    body: breakGlassRequestSchema,
    response: approveResponseSchema,
    errors: decisionErrors,
    run: async ({ ctx, params, body }) => {
      const approved = await breakGlassAndWait(ctx, {
        draftId: params.draft_id ?? "",
        reason: body.reason,
        destinationIds: body.destination_ids,
        digest: body.digest,
      });
      const { answer } = await getDraftTriage(ctx, params.draft_id ?? "");
      return { body: approveResponse({ ...approved, triage: answer.results }) };
    },
  }),
  route({
    method: "get",
    path: "/incident-monitor/break-glass-reviews",
    summary: "When the glass was broken, newest first, and what still waits for somebody else's review",
    auth: { kind: "actor", permission: "read" },
    query: breakGlassListQuerySchema,
    response: breakGlassListSchema,
    run: async ({ ctx, query }) => ({
      body: breakGlassListToWire(await listBreakGlassReviews(ctx, listBreakGlassFromQuery(query))),
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/break-glass-reviews/{break_glass_id}",
    summary:
      "Judge a use of breaking the glass; never one's own. The verdict is on record and undoes nothing.",
    auth: { kind: "actor", permission: "reviewBreakGlass" },
    body: breakGlassReviewRequestSchema,
    response: breakGlassReviewResponseSchema,
    run: async ({ ctx, params, body }) => {
      const breakGlassId = params.break_glass_id ?? "";
      const reviewed = await reviewBreakGlass(ctx, { breakGlassId, ...body });
      return { body: { ok: true, review: breakGlassToWire(reviewed, ctx.nowMs) } };
    },
  }),
];
