import { listCardVersions } from "@/lib/db/card-metadata-store";
import type { CardVersion } from "@/lib/domain/card-metadata";
import { type CardSubject, cardSubjects } from "@/lib/domain/card-subject";
import { decidePermission } from "@/lib/domain/permission";
import type { Context } from "../context";
import { AppError } from "../errors";
import { getAuthorityInventory } from "./get-authority-inventory";

/** Versions that are shown. */
export const cardVersionsMax = 100;

export type KnownCard = {
  cardId: string;
  projectId: string | null;
  /** null: what it was of is not there any more; what was said of it stays. */
  subject: CardSubject | null;
  /** Newest first. */
  versions: CardVersion[];
};

export const cardAuditSubject = ({ cardId, projectId }: Pick<KnownCard, "cardId" | "projectId">) => ({
  kind: "deployment_card",
  id: cardId,
  projectId,
});

/**
 * A card that the actor may see. One of another project is answered as one that never was.
 *
 * @throws AppError forbidden, not_found `deployment_card_not_found`
 */
export async function requireCard(ctx: Context, cardId: string): Promise<KnownCard> {
  const { inventory, counts } = await getAuthorityInventory(ctx);
  const subject = cardSubjects(inventory, counts).find((each) => each.cardId === cardId) ?? null;
  const versions = await listCardVersions(ctx.db, cardId, cardVersionsMax);
  if (subject) return { cardId, projectId: subject.projectId, subject, versions };
  const newest = versions[0];
  if (newest && decidePermission(ctx.actor, "read", newest.projectId).allowed) {
    return { cardId, projectId: newest.projectId, subject, versions };
  }
  throw new AppError("not_found", "deployment_card_not_found", "There is no such deployment card", {
    card_id: cardId,
  });
}
