import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ReceiptScreen } from "@/components/receipts/receipt-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getPost } from "@/lib/pipeline/publishing/get-post";
import { postQuery } from "@/lib/queries/posts";
import { makeQueryClient } from "@/lib/queries/query-client";
import { postDetailToWire } from "@/lib/wire/post";

export const metadata: Metadata = { title: "Receipt" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: postQuery(id).queryKey,
    queryFn: async () => postDetailToWire(await getPost(ctx, id)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReceiptScreen postId={id} />
    </HydrationBoundary>
  );
}
