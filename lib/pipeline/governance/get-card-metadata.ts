import { authorize } from "../authorize";
import type { Context } from "../context";
import { cardAuditSubject, type KnownCard, requireCard } from "./require-card";

/**
 * What is stored of a card, version by version. A card of which nothing was ever said has none.
 *
 * @throws AppError forbidden, not_found `deployment_card_not_found`
 */
export async function getCardMetadata(ctx: Context, { cardId }: { cardId: string }): Promise<KnownCard> {
  await authorize(ctx, "read", { kind: "deployment_card", id: cardId });
  const card = await requireCard(ctx, cardId);
  // A card of no project is for whoever reads anything: it tells what the inventory tells.
  if (card.projectId !== null) await authorize(ctx, "read", cardAuditSubject(card));
  return card;
}
