import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ReceiptsScreen } from "@/components/receipts/receipts-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listPosts } from "@/lib/pipeline/publishing/list-posts";
import { postListQuery } from "@/lib/queries/posts";
import { makeQueryClient } from "@/lib/queries/query-client";
import { listPostsFromQuery, postListToWire } from "@/lib/wire/post";
import { postFiltersFrom } from "./search-params";

export const metadata: Metadata = { title: "Receipts" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const filters = postFiltersFrom(await searchParams);
  const ctx = await panelContext();
  const client = makeQueryClient();
  const input = listPostsFromQuery(filters);
  await client.prefetchInfiniteQuery({
    ...postListQuery(filters),
    queryFn: async () => postListToWire(await listPosts(ctx, input)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReceiptsScreen filters={filters} />
    </HydrationBoundary>
  );
}
