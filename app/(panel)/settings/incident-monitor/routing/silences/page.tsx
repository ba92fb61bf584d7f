import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SilencesScreen } from "@/components/silences/silences-screen";
import { prefetchSettings } from "../../prefetch";
import { type SettingsSearchParams, selectedFrom } from "../../search-params";

export const metadata: Metadata = { title: "Silences" };

export default async function Page({ searchParams }: { searchParams: SettingsSearchParams }) {
  const [client, selected] = await Promise.all([prefetchSettings(), selectedFrom(searchParams, "id")]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SilencesScreen selected={selected} />
    </HydrationBoundary>
  );
}
