import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RoutingScreen } from "@/components/routing/routing-screen";
import { prefetchSettings } from "../prefetch";
import { type SettingsSearchParams, selectedFrom } from "../search-params";

export const metadata: Metadata = { title: "Routing" };

export default async function Page({ searchParams }: { searchParams: SettingsSearchParams }) {
  const [client, selected] = await Promise.all([prefetchSettings(), selectedFrom(searchParams, "route")]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RoutingScreen selected={selected} />
    </HydrationBoundary>
  );
}
