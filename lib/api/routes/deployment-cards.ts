import {
  cardMetadataResponseSchema,
  cardMetadataSchema,
  deploymentCardsQuerySchema,
  deploymentCardsResponseSchema,
  deploymentCardsSchema,
  reviewCardSchema,
} from "@/lib/contracts/deployment-card";
import {
  deleteCardMetadata,
  putCardMetadata,
  reviewCard,
} from "@/lib/pipeline/governance/change-card-metadata";
import { generateDeploymentCards, listDeploymentCards } from "@/lib/pipeline/governance/deployment-cards";
import { getCardMetadata } from "@/lib/pipeline/governance/get-card-metadata";
import type { KnownCard } from "@/lib/pipeline/governance/require-card";
import {
  cardMetadataFromWire,
  cardMetadataToWire,
  deploymentCardsFromWire,
  deploymentCardsToWire,
} from "@/lib/wire/deployment-card";
import { etagHeader, preconditionsOf } from "../etag";
import { adminErrors, type RouteErrors } from "../problem";
import { route } from "../route";

const cards = "/incident-monitor/security/deployment-cards";
const adminCode = "INCIDENT_MONITOR_DEPLOYMENT_CARDS_ADMIN_REQUIRED";
const errors: RouteErrors = {
  deployment_card_not_found: [404, "INCIDENT_MONITOR_DEPLOYMENT_CARD_NOT_FOUND"],
  card_metadata_not_found: [404, "INCIDENT_MONITOR_CARD_METADATA_NOT_FOUND"],
  card_metadata_stale: [409, "INCIDENT_MONITOR_CARD_METADATA_STALE"],
  not_found: [404, "INCIDENT_MONITOR_DEPLOYMENT_CARD_NOT_FOUND"],
};

export const deploymentCardRoutes = [
  route({
    method: "post",
    path: cards,
    summary:
      "A card of each deployed thing, with what is sent along laid over what is stored. Nothing of it is stored; of what the caller may see.",
    auth: { kind: "actor", permission: "assess", adminCode },
    body: deploymentCardsSchema,
    response: deploymentCardsResponseSchema,
    errors: adminErrors(adminCode),
    run: async ({ ctx, body }) => ({
      body: deploymentCardsToWire(await generateDeploymentCards(ctx, deploymentCardsFromWire(body)), {
        includeMarkdown: body.include_markdown ?? true,
        rawInventoryAsked: body.include_raw_inventory ?? false,
      }),
    }),
  }),
  route({
    method: "get",
    path: cards,
    summary: "The cards as they are stored, with what is missing and which reviews are overdue. Reads only.",
    auth: { kind: "actor", permission: "read" },
    query: deploymentCardsQuerySchema,
    response: deploymentCardsResponseSchema,
    run: async ({ ctx, query }) => ({
      body: deploymentCardsToWire(await listDeploymentCards(ctx), {
        ...{ includeMarkdown: query.include_markdown === "true", rawInventoryAsked: false },
        cardId: query.card_id,
      }),
    }),
  }),
  route({
    method: "get",
    path: `${cards}/{card_id}/metadata`,
    summary: "What is stored of a card, with its ETag, and every version of it with what changed and by whom",
    auth: { kind: "actor", permission: "read" },
    response: cardMetadataResponseSchema,
    errors,
    run: async ({ ctx, params }) => answer(await getCardMetadata(ctx, { cardId: params.card_id ?? "" })),
  }),
  route({
    method: "put",
    path: `${cards}/{card_id}/metadata`,
    summary:
      "Store what is said of a card, whole, as its next version. If-Match: only over what was read; If-None-Match: * only where nothing is stored.",
    auth: { kind: "actor", permission: "configure" },
    body: cardMetadataSchema,
    response: cardMetadataResponseSchema,
    errors,
    run: async ({ ctx, params, body, request }) => {
      const input = { cardId: params.card_id ?? "", metadata: cardMetadataFromWire(body) };
      return answer(await putCardMetadata(ctx, { ...input, ...preconditionsOf(request) }));
    },
  }),
  route({
    method: "delete",
    path: `${cards}/{card_id}/metadata`,
    summary: "Take back what is stored of a card; its versions stay",
    auth: { kind: "actor", permission: "configure" },
    response: cardMetadataResponseSchema,
    errors,
    run: async ({ ctx, params, request }) => {
      const { ifMatch } = preconditionsOf(request);
      return answer(await deleteCardMetadata(ctx, { cardId: params.card_id ?? "", ifMatch }));
    },
  }),
  route({
    method: "post",
    path: `${cards}/{card_id}/reviews`,
    summary: "Record that the card was looked at and still holds: its next review is due from now on",
    auth: { kind: "actor", permission: "configure" },
    body: reviewCardSchema,
    response: cardMetadataResponseSchema,
    errors,
    run: async ({ ctx, params, request }) => {
      const { ifMatch } = preconditionsOf(request);
      return answer(await reviewCard(ctx, { cardId: params.card_id ?? "", ifMatch }));
    },
  }),
];

function answer(card: KnownCard) {
  const [newest] = card.versions;
  return {
    body: cardMetadataToWire(card),
    ...(newest?.metadata && { headers: etagHeader(String(newest.version)) }),
  };
}
