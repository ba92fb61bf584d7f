import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { SourcesScreen } from "@/components/sources/sources-screen";
import { prefetchSettings } from "../prefetch";
import { type SettingsSearchParams, selectedFrom } from "../search-params";

export const metadata: Metadata = { title: "Sources" };

export default async function Page({ searchParams }: { searchParams: SettingsSearchParams }) {
  const [client, project, source] = await Promise.all([
    prefetchSettings({ intakeKeys: true, logSources: true }),
    selectedFrom(searchParams, "project"),
    selectedFrom(searchParams, "source"),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SourcesScreen initial={{ project, source }} />
    </HydrationBoundary>
  );
}
