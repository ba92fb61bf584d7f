import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ProbesScreen } from "@/components/security/probes/probes-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getProbeRun, listProbeRuns } from "@/lib/pipeline/governance/probe-runs";
import { probeRunQuery, probeRunsQuery } from "@/lib/queries/posture";
import { makeQueryClient } from "@/lib/queries/query-client";
import { probeRunListToWire, probeRunToWire } from "@/lib/wire/probe";
import { runFrom } from "./search-params";

export const metadata: Metadata = { title: "Probes" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const selected = runFrom(await searchParams);
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    ...probeRunsQuery(),
    queryFn: async () => probeRunListToWire(await listProbeRuns(ctx, { limit: 100 })),
  });
  const newest = client.getQueryData(probeRunsQuery().queryKey)?.runs[0]?.probe_run_id;
  const shown = selected ?? newest;
  if (shown) {
    await client.prefetchQuery({
      ...probeRunQuery(shown),
      queryFn: async () => probeRunToWire(await getProbeRun(ctx, { probeRunId: shown })),
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ProbesScreen selected={selected} />
    </HydrationBoundary>
  );
}
