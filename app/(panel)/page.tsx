import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { InboxScreen } from "@/components/inbox/inbox-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { trendWindowSchema } from "@/lib/contracts/trend";
import { getOverview } from "@/lib/pipeline/settings/get-overview";
import { getStatus } from "@/lib/pipeline/settings/get-status";
import { getTrends } from "@/lib/pipeline/settings/get-trends";
import { overviewQuery } from "@/lib/queries/overview";
import { makeQueryClient } from "@/lib/queries/query-client";
import { statusQuery } from "@/lib/queries/settings";
import { trendsQuery } from "@/lib/queries/trends";
import { overviewToWire, statusToWire } from "@/lib/wire/status";
import { trendsToWire } from "@/lib/wire/trend";

export const metadata: Metadata = { title: "Inbox" };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const window = trendWindowSchema.catch("24h").parse((await searchParams).window);
  const ctx = await panelContext();
  const client = makeQueryClient();
  await Promise.all([
    client.prefetchQuery({
      queryKey: overviewQuery().queryKey,
      queryFn: async () => overviewToWire(await getOverview(ctx)),
    }),
    client.prefetchQuery({
      queryKey: trendsQuery(window).queryKey,
      queryFn: async () => trendsToWire(await getTrends(ctx, window)),
    }),
    client.prefetchQuery({
      queryKey: statusQuery().queryKey,
      queryFn: async () => statusToWire(await getStatus(ctx)),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InboxScreen window={window} />
    </HydrationBoundary>
  );
}
