import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { GroupingScreen } from "@/components/grouping/grouping-screen";
import { prefetchSettings } from "../prefetch";
import { type SettingsSearchParams, selectedFrom } from "../search-params";

export const metadata: Metadata = { title: "Grouping" };

export default async function Page({ searchParams }: { searchParams: SettingsSearchParams }) {
  const [client, incident, project] = await Promise.all([
    prefetchSettings(),
    selectedFrom(searchParams, "incident"),
    selectedFrom(searchParams, "project"),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <GroupingScreen incidentId={incident} projectId={project} />
    </HydrationBoundary>
  );
}
