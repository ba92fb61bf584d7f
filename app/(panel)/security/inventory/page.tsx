import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { InventoryScreen } from "@/components/security/inventory/inventory-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getAuthorityGraph } from "@/lib/pipeline/governance/get-authority-graph";
import { getAuthorityInventory } from "@/lib/pipeline/governance/get-authority-inventory";
import { listAuthoritySubjects } from "@/lib/pipeline/governance/list-authority-subjects";
import {
  authorityGraphQuery,
  authorityInventoryQuery,
  authoritySubjectsQuery,
} from "@/lib/queries/authority";
import { makeQueryClient } from "@/lib/queries/query-client";
import { authorityGraphToWire, authorityInventoryToWire } from "@/lib/wire/authority-inventory";
import { registrationListToWire } from "@/lib/wire/authority-subjects";

export const metadata: Metadata = { title: "Authority inventory" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Only the tab that is open is read ahead. */
export default async function Page({ searchParams }: PageProps) {
  const { view } = await searchParams;
  const ctx = await panelContext();
  const client = makeQueryClient();
  if (view === "everything") {
    await client.prefetchQuery({
      ...authorityInventoryQuery(),
      queryFn: async () => authorityInventoryToWire(await getAuthorityInventory(ctx)),
    });
  } else if (view === "registered") {
    await client.prefetchQuery({
      ...authoritySubjectsQuery(),
      queryFn: async () => registrationListToWire(await listAuthoritySubjects(ctx), ctx.nowMs),
    });
  } else {
    await client.prefetchQuery({
      ...authorityGraphQuery(),
      queryFn: async () => authorityGraphToWire(await getAuthorityGraph(ctx)),
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InventoryScreen view={typeof view === "string" ? view : null} />
    </HydrationBoundary>
  );
}
