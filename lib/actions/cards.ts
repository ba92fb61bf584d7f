"use server";

import { z } from "zod";
import { type CardMetadataWire, cardMetadataSchema } from "@/lib/contracts/deployment-card";
import { putCardMetadata, reviewCard } from "@/lib/pipeline/governance/change-card-metadata";
import { cardMetadataFromWire, cardMetadataToWire } from "@/lib/wire/deployment-card";
import { defineAction } from "./define-action";

const cardSchema = z.object({ card_id: z.string().min(1).max(400), version: z.int().min(0) });
const changed = ({ card_id, version }: z.infer<typeof cardSchema>) => ({
  cardId: card_id,
  ifMatch: `"${version}"`,
});

const saveAction = defineAction({
  permission: "configure",
  schema: cardSchema.extend({ metadata: cardMetadataSchema }),
  verb: async (ctx, input) => {
    const metadata = cardMetadataFromWire(input.metadata);
    const over = input.version > 0 ? changed(input) : { cardId: input.card_id, ifNoneMatch: "*" };
    return cardMetadataToWire(await putCardMetadata(ctx, { ...over, metadata }));
  },
});

const reviewAction = defineAction({
  permission: "configure",
  schema: cardSchema,
  verb: async (ctx, input) => cardMetadataToWire(await reviewCard(ctx, changed(input))),
});

/** Over the version that was read; 0 where nothing is stored. */
export async function saveCard(input: { card_id: string; version: number; metadata: CardMetadataWire }) {
  return saveAction(input);
}

/** The card was looked at and still holds. */
export async function recordCardReview(input: { card_id: string; version: number }) {
  return reviewAction(input);
}
