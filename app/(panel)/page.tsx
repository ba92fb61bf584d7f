import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getOverview } from "@/lib/pipeline/settings/get-overview";
import { getStatus } from "@/lib/pipeline/settings/get-status";
import { overviewQuery } from "@/lib/queries/overview";
import { makeQueryClient } from "@/lib/queries/query-client";
import { statusQuery } from "@/lib/queries/settings";
import { overviewToWire, statusToWire } from "@/lib/wire/status";

export const metadata: Metadata = { title: "Inbox" };

export default async function Page() {
  const ctx = await panelContext();
  const client = makeQueryClient();
  await Promise.all([
    client.prefetchQuery({
      queryKey: overviewQuery().queryKey,
      queryFn: async () => overviewToWire(await getOverview(ctx)),
    }),
    client.prefetchQuery({
      queryKey: statusQuery().queryKey,
      queryFn: async () => statusToWire(await getStatus(ctx)),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InboxScreen />
    </HydrationBoundary>
  );
}
