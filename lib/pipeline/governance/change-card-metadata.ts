import { insertCardVersion } from "@/lib/db/card-metadata-store";
import { announceChange } from "@/lib/db/change-feed";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { type CardMetadata, type CardVersion, nextVersion } from "@/lib/domain/card-metadata";
import { wireName } from "@/lib/domain/deployment-card";
import { decidePrecondition, type Preconditions } from "@/lib/domain/precondition";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { recordReassessmentTrigger } from "./record-reassessment-trigger";
import { redactCardMetadata } from "./redact-card-metadata";
import { cardAuditSubject, type KnownCard, requireCard } from "./require-card";

export type PutCardMetadataInput = Preconditions & { cardId: string; metadata: CardMetadata };
export type ChangeCardInput = Preconditions & { cardId: string };

/**
 * Replaces what is stored of a card, whole, as its next version. Saved again as it was it makes none.
 *
 * @throws AppError forbidden, not_found `deployment_card_not_found`, conflict `card_metadata_stale` with `current_version`
 */
export async function putCardMetadata(ctx: Context, input: PutCardMetadataInput): Promise<KnownCard> {
  const card = await requireChangeable(ctx, input);
  const { safetyDefaults } = await readConfig(ctx);
  const [metadata] = await redactCardMetadata([input.metadata], safetyDefaults);
  return addVersion(ctx, card, "saved", metadata ?? input.metadata);
}

/**
 * Records that somebody looked at the card and that it still holds: its next review is due from now on.
 *
 * @throws AppError as putCardMetadata, and not_found `card_metadata_not_found` where nothing is stored
 */
export async function reviewCard(ctx: Context, input: ChangeCardInput): Promise<KnownCard> {
  const card = await requireChangeable(ctx, input);
  return addVersion(ctx, card, "reviewed", requireStored(card));
}

/**
 * Takes back what is stored of a card; its versions stay and say who did.
 *
 * @throws AppError as reviewCard
 */
export async function deleteCardMetadata(ctx: Context, input: ChangeCardInput): Promise<KnownCard> {
  const card = await requireChangeable(ctx, input);
  requireStored(card);
  return addVersion(ctx, card, "removed", null);
}

async function requireChangeable(
  ctx: Context,
  { cardId, ...conditions }: ChangeCardInput,
): Promise<KnownCard> {
  const card = await requireCard(ctx, cardId);
  await authorize(ctx, "configure", cardAuditSubject(card));
  const current = card.versions[0];
  // A version number is the tag; after a removal there is nothing that could be written over.
  const tag = current?.metadata ? String(current.version) : null;
  if (!decidePrecondition(conditions, tag).ok) throw stale(cardId, current);
  return card;
}

function requireStored({ cardId, versions }: KnownCard): CardMetadata {
  const metadata = versions[0]?.metadata;
  if (metadata) return metadata;
  throw new AppError("not_found", "card_metadata_not_found", "Nothing is stored of this deployment card", {
    card_id: cardId,
  });
}

async function addVersion(
  ctx: Context,
  card: KnownCard,
  action: CardVersion["action"],
  metadata: CardMetadata | null,
): Promise<KnownCard> {
  const { cardId, projectId, versions } = card;
  const current = versions[0] ?? null;
  const next = nextVersion(current, {
    ...{ cardId, projectId, action, metadata, actor: actorRef(ctx.actor), atMs: ctx.nowMs },
  });
  if (action === "saved" && current?.metadata && next.changes.length === 0) return card;
  try {
    await inTransaction(ctx.db, async (tx) => {
      await insertCardVersion(tx, next);
      await recordAudit(tx, ctx, {
        action: `incident_monitor.deployment_card.${action}`,
        subject: cardAuditSubject(card),
        detail: { version: next.version, fields: next.changes.map((each) => wireName(each.field)) },
      });
      const detail = [`deployment_cards.${cardId}`];
      await recordReassessmentTrigger(tx, ctx, [
        { trigger: "compliance_mapping_change", detail, ...(projectId !== null && { projectId }) },
      ]);
      await announceChange(tx, { topic: "config", id: cardId, projectId });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw stale(cardId, next);
    throw error;
  }
  return { ...card, versions: [next, ...versions] };
}

const stale = (cardId: string, current: CardVersion | undefined) =>
  new AppError("conflict", "card_metadata_stale", "The card was changed since you read it; look again", {
    card_id: cardId,
    current_version: current?.version ?? null,
  });
