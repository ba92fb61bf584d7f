"use server";

import { z } from "zod";
import {
  claimDraftSchema,
  type DecisionWire,
  decisionSchema,
  publishRequestSchema,
} from "@/lib/contracts/draft";
import { undoPublishSchema } from "@/lib/contracts/publish";
import { approveAndWait } from "@/lib/pipeline/drafts/approve-and-wait";
import { claimDraft as claim } from "@/lib/pipeline/drafts/claim-draft";
import { denyDraft as deny } from "@/lib/pipeline/drafts/deny-draft";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { releaseDraft as release } from "@/lib/pipeline/drafts/release-draft";
import { publishAndWait } from "@/lib/pipeline/publishing/publish-and-wait";
import { undoPublish as undoPublishVerb } from "@/lib/pipeline/publishing/undo-publish";
import { draftToWire } from "@/lib/wire/draft";
import { approveResponse, publishResponse, undonePostsToWire } from "@/lib/wire/publish";
import { defineAction } from "./define-action";

const draftId = z.string().min(1).max(200);

const approveAction = defineAction({
  permission: "decide",
  schema: decisionSchema.extend({ draft_id: draftId }),
  verb: async (ctx, input) => {
    const approved = await approveAndWait(ctx, {
      draftId: input.draft_id,
      reason: input.reason,
      destinationIds: input.destination_ids,
      digest: input.digest,
      expiresInMs: input.expires_in_ms,
      graceMs: input.grace_ms,
    });
    return approveResponse(approved);
  },
});

const denyAction = defineAction({
  permission: "decide",
  schema: z.object({ draft_id: draftId, reason: z.string().trim().min(1, "Say why").max(4_000) }),
  verb: async (ctx, input) => {
    const denied = await deny(ctx, { draftId: input.draft_id, reason: input.reason });
    return { ok: true as const, draft: draftToWire(await getDraft(ctx, denied.draftId)) };
  },
});

const publishAction = defineAction({
  permission: "publish",
  schema: publishRequestSchema.extend({
    draft_id: draftId,
    destination_ids: z.array(z.string().min(1).max(200)).max(100),
  }),
  verb: async (ctx, input) =>
    publishResponse(
      await publishAndWait(ctx, {
        draftId: input.draft_id,
        destinationIds: input.destination_ids,
        graceMs: input.grace_ms,
      }),
    ),
});

const undoAction = defineAction({
  permission: "publish",
  schema: undoPublishSchema.extend({ draft_id: draftId }),
  verb: async (ctx, input) =>
    undonePostsToWire(await undoPublishVerb(ctx, { draftId: input.draft_id, postIds: input.post_ids })),
});

const claimAction = defineAction({
  permission: "triage",
  schema: claimDraftSchema.extend({ draft_id: draftId }),
  readsOnly: () => true,
  verb: async (ctx, input) => {
    await claim(ctx, { draftId: input.draft_id, takeOver: input.take_over });
    return { ok: true as const };
  },
});

const releaseAction = defineAction({
  permission: "triage",
  schema: z.object({ draft_id: draftId }),
  readsOnly: () => true,
  verb: async (ctx, input) => {
    await release(ctx, input.draft_id);
    return { ok: true as const };
  },
});

/** Opens the gate for the payloads shown; `digest` proves they are still those. */
export async function approveDraft(input: { draft_id: string } & DecisionWire) {
  return approveAction(input);
}

/** Closes the gate for good; the panel asks for a reason. */
export async function denyDraft(input: { draft_id: string; reason: string }) {
  return denyAction(input);
}

/** Queues one delivery per destination and waits up to 10 s for their receipts. */
export async function publishDraft(input: {
  draft_id: string;
  destination_ids: string[];
  grace_ms?: number;
}) {
  return publishAction(input);
}

/** Takes back what was published and has not left; the rest is told as already gone. */
export async function undoPublish(input: { draft_id: string; post_ids: string[] }) {
  return undoAction(input);
}

/** Says that the caller is on a draft, or still is; `take_over` although somebody else is. */
export async function claimDraft(input: { draft_id: string; take_over?: boolean }) {
  return claimAction(input);
}

/** Says that the caller is no longer on a draft. */
export async function releaseDraft(input: { draft_id: string }) {
  return releaseAction(input);
}
