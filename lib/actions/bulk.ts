"use server";

import { type BulkDecideWire, bulkDecideSchema, bulkDraftsSchema } from "@/lib/contracts/bulk";
import { decideDrafts as decide } from "@/lib/pipeline/bulk/decide-drafts";
import { retryDrafts as retry } from "@/lib/pipeline/bulk/retry-drafts";
import { triageDrafts as triage } from "@/lib/pipeline/bulk/triage-drafts";
import { bulkDecideFromWire, bulkOutcomesToWire } from "@/lib/wire/bulk";
import { defineAction } from "./define-action";

const decideAction = defineAction({
  permission: "decide",
  schema: bulkDecideSchema,
  verb: async (ctx, input) => bulkOutcomesToWire(await decide(ctx, bulkDecideFromWire(input))),
});

const triageAction = defineAction({
  permission: "triage",
  schema: bulkDraftsSchema,
  verb: async (ctx, input) => bulkOutcomesToWire(await triage(ctx, input.draft_ids)),
});

const retryAction = defineAction({
  permission: "publish",
  schema: bulkDraftsSchema,
  verb: async (ctx, input) => bulkOutcomesToWire(await retry(ctx, input.draft_ids)),
});

/** One decision on many drafts, each with its own outcome. */
export async function decideDrafts(input: BulkDecideWire) {
  return decideAction(input);
}

/** Puts many drafts under triage, each with its own outcome. */
export async function triageDrafts(input: { draft_ids: string[] }) {
  return triageAction(input);
}

/** Sends the failed deliveries of many drafts again, each draft with its own outcome. */
export async function retryDrafts(input: { draft_ids: string[] }) {
  return retryAction(input);
}
