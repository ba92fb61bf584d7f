import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { BreakGlassScreen } from "@/components/break-glass/break-glass-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listBreakGlassReviews } from "@/lib/pipeline/drafts/list-break-glass-reviews";
import { breakGlassListQuery } from "@/lib/queries/approvals";
import { makeQueryClient } from "@/lib/queries/query-client";
import { breakGlassListToWire, listBreakGlassFromQuery } from "@/lib/wire/break-glass";

export const metadata: Metadata = { title: "Break-glass reviews" };

export default async function Page() {
  const ctx = await panelContext();
  const client = makeQueryClient();
  const input = listBreakGlassFromQuery({});
  await client.prefetchInfiniteQuery({
    ...breakGlassListQuery(),
    queryFn: async () => breakGlassListToWire(await listBreakGlassReviews(ctx, input)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <BreakGlassScreen />
    </HydrationBoundary>
  );
}
