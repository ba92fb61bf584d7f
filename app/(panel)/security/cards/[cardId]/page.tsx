import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { CardScreen } from "@/components/security/cards/card-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listDeploymentCards } from "@/lib/pipeline/governance/deployment-cards";
import { getCardMetadata } from "@/lib/pipeline/governance/get-card-metadata";
import { cardMetadataQuery, cardQuery } from "@/lib/queries/cards";
import { makeQueryClient } from "@/lib/queries/query-client";
import { cardMetadataToWire, deploymentCardsToWire } from "@/lib/wire/deployment-card";

export const metadata: Metadata = { title: "Deployment card" };

export default async function Page({ params }: { params: Promise<{ cardId: string }> }) {
  // Ids have colons, which arrive as they stand in the address.
  const cardId = decodeURIComponent((await params).cardId);
  const ctx = await panelContext();
  const client = makeQueryClient();
  const asked = { includeMarkdown: false, rawInventoryAsked: false, cardId };
  await Promise.all([
    client.prefetchQuery({
      queryKey: cardQuery(cardId).queryKey,
      queryFn: async () => deploymentCardsToWire(await listDeploymentCards(ctx), asked),
    }),
    client.prefetchQuery({
      queryKey: cardMetadataQuery(cardId).queryKey,
      queryFn: async () => cardMetadataToWire(await getCardMetadata(ctx, { cardId })),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CardScreen cardId={cardId} />
    </HydrationBoundary>
  );
}
