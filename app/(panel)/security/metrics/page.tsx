import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { requestOf } from "@/components/security/metrics/metric-window";
import { MetricsScreen } from "@/components/security/metrics/metrics-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getGovernanceMetrics } from "@/lib/pipeline/governance/get-governance-metrics";
import { governanceMetricsQuery } from "@/lib/queries/governance";
import { makeQueryClient } from "@/lib/queries/query-client";
import { governanceMetricsFromWire, governanceMetricsToWire } from "@/lib/wire/governance";
import { metricFiltersFrom } from "./search-params";

export const metadata: Metadata = { title: "Governance metrics" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const filters = metricFiltersFrom(await searchParams);
  const ctx = await panelContext();
  const client = makeQueryClient();
  const request = requestOf(filters);
  await client.prefetchQuery({
    queryKey: governanceMetricsQuery(request).queryKey,
    queryFn: async () =>
      governanceMetricsToWire(await getGovernanceMetrics(ctx, governanceMetricsFromWire(request))),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MetricsScreen filters={filters} />
    </HydrationBoundary>
  );
}
