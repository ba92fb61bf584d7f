import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DraftsFrame } from "@/components/drafts/drafts-frame";
import { panelContext } from "@/lib/auth/panel-context";
import { listDrafts } from "@/lib/pipeline/drafts/list-drafts";
import { draftListQuery } from "@/lib/queries/drafts";
import { makeQueryClient } from "@/lib/queries/query-client";
import { draftListToWire, listDraftsFromQuery } from "@/lib/wire/draft";

/** The queue stays mounted while drafts are opened beside it. A layout does not know the URL's filters: those are read by the screen. */
export default async function Layout({ children }: { children: ReactNode }) {
  const ctx = await panelContext();
  const client = makeQueryClient();
  const input = listDraftsFromQuery({});
  await client.prefetchInfiniteQuery({
    ...draftListQuery({}),
    queryFn: async () => draftListToWire(await listDrafts(ctx, input)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DraftsFrame>{children}</DraftsFrame>
    </HydrationBoundary>
  );
}
