"use server";

import { z } from "zod";
import {
  type BreakGlassRequestWire,
  type BreakGlassReviewRequestWire,
  breakGlassRequestSchema,
  breakGlassReviewRequestSchema,
} from "@/lib/contracts/break-glass";
import { breakGlassAndWait } from "@/lib/pipeline/drafts/approve-and-wait";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { reviewBreakGlass as review } from "@/lib/pipeline/drafts/review-break-glass";
import { withdrawApproval as withdraw } from "@/lib/pipeline/drafts/withdraw-approval";
import { breakGlassToWire } from "@/lib/wire/break-glass";
import { draftToWire } from "@/lib/wire/draft";
import { approveResponse } from "@/lib/wire/publish";
import { defineAction } from "./define-action";

const recordId = z.string().min(1).max(200);

const withdrawAction = defineAction({
  permission: "decide",
  schema: z.object({ draft_id: recordId, reason: z.string().max(4_000).nullish() }),
  verb: async (ctx, { draft_id, reason }) => {
    await withdraw(ctx, { draftId: draft_id, reason });
    return { ok: true as const, draft: draftToWire(await getDraft(ctx, draft_id)) };
  },
});

const breakGlassAction = defineAction({
  permission: "breakGlass",
  schema: breakGlassRequestSchema.extend({ draft_id: recordId }),
  verb: async (ctx, input) =>
    approveResponse(
      await breakGlassAndWait(ctx, {
        draftId: input.draft_id,
        reason: input.reason,
        digest: input.digest,
        destinationIds: input.destination_ids,
      }),
    ),
});

const reviewAction = defineAction({
  permission: "reviewBreakGlass",
  schema: breakGlassReviewRequestSchema.extend({ break_glass_id: recordId }),
  verb: async (ctx, { break_glass_id, verdict, note }) => ({
    review: breakGlassToWire(await review(ctx, { breakGlassId: break_glass_id, verdict, note }), ctx.nowMs),
  }),
});

/** Takes back one's own approval while nothing has left. */
export async function withdrawApproval(input: { draft_id: string; reason?: string | null }) {
  return withdrawAction(input);
}

/** One admin approves alone, with a reason; somebody else reviews it. */
export async function breakGlass(input: { draft_id: string } & BreakGlassRequestWire) {
  return breakGlassAction(input);
}

/** The verdict of somebody else. */
export async function reviewBreakGlass(input: { break_glass_id: string } & BreakGlassReviewRequestWire) {
  return reviewAction(input);
}
