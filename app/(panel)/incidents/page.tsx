import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { IncidentsScreen } from "@/components/incidents/incidents-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listIncidents } from "@/lib/pipeline/incidents/list-incidents";
import { incidentListQuery } from "@/lib/queries/incidents";
import { makeQueryClient } from "@/lib/queries/query-client";
import { incidentListToWire, listIncidentsFromQuery } from "@/lib/wire/incident";
import { incidentFiltersFrom } from "./search-params";

export const metadata: Metadata = { title: "Incidents" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const filters = incidentFiltersFrom(await searchParams);
  const ctx = await panelContext();
  const client = makeQueryClient();
  const input = listIncidentsFromQuery(filters);
  await client.prefetchInfiniteQuery({
    ...incidentListQuery(filters),
    queryFn: async () => incidentListToWire(await listIncidents(ctx, input)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IncidentsScreen filters={filters} />
    </HydrationBoundary>
  );
}
