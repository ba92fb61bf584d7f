"use server";

import { z } from "zod";
import { type DecisionWire, decisionSchema } from "@/lib/contracts/draft";
import { approveAndWait } from "@/lib/pipeline/drafts/approve-and-wait";
import { denyDraft as deny } from "@/lib/pipeline/drafts/deny-draft";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { publishAndWait } from "@/lib/pipeline/publishing/publish-and-wait";
import { draftToWire } from "@/lib/wire/draft";
import { approveResponse, publishResponse } from "@/lib/wire/publish";
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
  schema: z.object({ draft_id: draftId, destination_ids: z.array(z.string().min(1).max(200)).max(100) }),
  verb: async (ctx, input) =>
    publishResponse(
      await publishAndWait(ctx, { draftId: input.draft_id, destinationIds: input.destination_ids }),
    ),
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
export async function publishDraft(input: { draft_id: string; destination_ids: string[] }) {
  return publishAction(input);
}
