import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DestinationsScreen } from "@/components/destinations/destinations-screen";
import { prefetchSettings } from "../prefetch";
import { type SettingsSearchParams, selectedFrom } from "../search-params";

export const metadata: Metadata = { title: "Destinations" };

export default async function Page({ searchParams }: { searchParams: SettingsSearchParams }) {
  const [client, selected] = await Promise.all([prefetchSettings(), selectedFrom(searchParams, "id")]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DestinationsScreen selected={selected} />
    </HydrationBoundary>
  );
}
