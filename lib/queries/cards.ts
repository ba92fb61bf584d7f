import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { recordCardReview, saveCard } from "@/lib/actions/cards";
import type {
  CardMetadataResponseWire,
  CardMetadataWire,
  DeploymentCardsResponseWire,
} from "@/lib/contracts/deployment-card";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** Every card that may be seen. A review falls due by the clock, which announces nothing. */
export function cardsQuery() {
  return queryOptions({
    queryKey: keys.cards.list,
    queryFn: ({ signal }) => getJson<DeploymentCardsResponseWire>(api.deploymentCards(), signal),
    refetchInterval: 60_000,
  });
}

/** One card with what stands against it. */
export function cardQuery(cardId: string) {
  return queryOptions({
    queryKey: keys.cards.one(cardId),
    queryFn: ({ signal }) =>
      getJson<DeploymentCardsResponseWire>(api.deploymentCards({ card_id: cardId }), signal),
    refetchInterval: 60_000,
  });
}

/** What is stored of it, version by version. */
export function cardMetadataQuery(cardId: string) {
  return queryOptions({
    queryKey: keys.cards.metadata(cardId),
    queryFn: ({ signal }) => getJson<CardMetadataResponseWire>(api.cardMetadata(cardId), signal),
  });
}

/** The cards as one document, asked for when somebody wants it. */
export async function readCardsMarkdown(cardId?: string): Promise<string> {
  const path = api.deploymentCards({ include_markdown: "true", card_id: cardId });
  return (await getJson<DeploymentCardsResponseWire>(path)).markdown_export ?? "";
}

type OverVersion = { card_id: string; version: number };

export function useSaveCard() {
  return useCardChange((input: OverVersion & { metadata: CardMetadataWire }) => actionData(saveCard(input)));
}

export function useReviewCard() {
  return useCardChange((input: OverVersion) => actionData(recordCardReview(input)));
}

function useCardChange<Input extends OverVersion>(
  change: (input: Input) => Promise<CardMetadataResponseWire>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => client.setQueryData(cardMetadataQuery(answer.card_id).queryKey, answer),
    onSettled: () => client.invalidateQueries({ queryKey: keys.cards.all }),
  });
}
