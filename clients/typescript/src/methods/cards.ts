import { type CallOptions, segment, type Transport } from "../transport.js";
import type { CardMetadataAnswer, ProductionReadiness, StoredCards } from "../types/cards.js";
import type { CardMetadata } from "../types/governance.js";

const path = "/incident-monitor/security/deployment-cards";
const cardPath = (id: string) => `${path}/${segment(id, "cardId")}`;

/** `ifMatch`: only over the version with this ETag; `ifNoneMatch: "*"`: only where nothing is stored yet. */
export type PutCardMetadataOptions = CallOptions & { ifMatch?: string; ifNoneMatch?: "*" };
export type ChangeCardOptions = CallOptions & { ifMatch?: string };

export function cardMethods(transport: Transport) {
  return {
    /** The cards as they are stored, with what is missing and which reviews are overdue. */
    listDeploymentCards: (
      query: { card_id?: string; include_markdown?: boolean } = {},
      options?: CallOptions,
    ): Promise<StoredCards> => transport.json({ method: "GET", path, query }, options),

    /** Which controls of a production deployment hold here, and who vouches for what cannot be seen. */
    getProductionReadiness: (options?: CallOptions): Promise<ProductionReadiness> =>
      transport.json({ method: "GET", path: "/incident-monitor/security/production-readiness" }, options),

    /** What is stored of a card, and every version of it. */
    getCardMetadata: async (cardId: string, options?: CallOptions): Promise<CardMetadataAnswer> =>
      transport.json({ method: "GET", path: `${cardPath(cardId)}/metadata` }, options),

    /** Stores what is said of a card, whole, as its next version. */
    putCardMetadata: async (
      cardId: string,
      metadata: CardMetadata,
      options: PutCardMetadataOptions = {},
    ): Promise<CardMetadataAnswer> =>
      transport.json(
        {
          method: "PUT",
          path: `${cardPath(cardId)}/metadata`,
          body: metadata,
          headers: { "if-match": options.ifMatch, "if-none-match": options.ifNoneMatch },
        },
        options,
      ),

    /** Takes back what is stored of a card; its versions stay. */
    deleteCardMetadata: async (
      cardId: string,
      options: ChangeCardOptions = {},
    ): Promise<CardMetadataAnswer> =>
      transport.json(
        {
          method: "DELETE",
          path: `${cardPath(cardId)}/metadata`,
          headers: { "if-match": options.ifMatch },
        },
        options,
      ),

    /** Records that the card was looked at and still holds. */
    reviewCard: async (cardId: string, options: ChangeCardOptions = {}): Promise<CardMetadataAnswer> =>
      transport.json(
        { method: "POST", path: `${cardPath(cardId)}/reviews`, headers: { "if-match": options.ifMatch } },
        options,
      ),
  };
}
