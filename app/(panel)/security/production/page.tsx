import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ProductionScreen } from "@/components/security/production/production-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getProductionReadiness } from "@/lib/pipeline/governance/production-readiness";
import { makeQueryClient } from "@/lib/queries/query-client";
import { readinessQuery } from "@/lib/queries/readiness";
import { productionReadinessToWire } from "@/lib/wire/production-readiness";

export const metadata: Metadata = { title: "Production governance" };

export default async function Page() {
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: readinessQuery().queryKey,
    queryFn: async () => productionReadinessToWire(await getProductionReadiness(ctx), ctx.nowMs),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ProductionScreen />
    </HydrationBoundary>
  );
}
