import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { CardsScreen } from "@/components/security/cards/cards-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listDeploymentCards } from "@/lib/pipeline/governance/deployment-cards";
import { cardsQuery } from "@/lib/queries/cards";
import { makeQueryClient } from "@/lib/queries/query-client";
import { deploymentCardsToWire } from "@/lib/wire/deployment-card";

export const metadata: Metadata = { title: "Deployment cards" };

export default async function Page() {
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: cardsQuery().queryKey,
    queryFn: async () =>
      deploymentCardsToWire(await listDeploymentCards(ctx), {
        includeMarkdown: false,
        rawInventoryAsked: false,
      }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CardsScreen />
    </HydrationBoundary>
  );
}
