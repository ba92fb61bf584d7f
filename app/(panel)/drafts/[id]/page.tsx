import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DraftScreen } from "@/components/drafts/draft-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getDraftReview } from "@/lib/pipeline/drafts/get-draft-review";
import { draftReviewQuery } from "@/lib/queries/drafts";
import { makeQueryClient } from "@/lib/queries/query-client";
import { draftReviewToWire } from "@/lib/wire/review";

export const metadata: Metadata = { title: "Draft" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: draftReviewQuery(id).queryKey,
    queryFn: async () => draftReviewToWire(await getDraftReview(ctx, id)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DraftScreen key={id} draftId={id} />
    </HydrationBoundary>
  );
}
