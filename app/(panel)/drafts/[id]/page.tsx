import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DraftScreen } from "@/components/drafts/draft-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getDraftReview } from "@/lib/pipeline/drafts/get-draft-review";
import { getTriageReview } from "@/lib/pipeline/triage/get-triage-review";
import { draftReviewQuery } from "@/lib/queries/drafts";
import { makeQueryClient } from "@/lib/queries/query-client";
import { triageReviewQuery } from "@/lib/queries/triage";
import { draftReviewToWire } from "@/lib/wire/review";
import { triageReviewToWire } from "@/lib/wire/triage-review";

export const metadata: Metadata = { title: "Draft" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await panelContext();
  const client = makeQueryClient();
  await Promise.all([
    client.prefetchQuery({
      queryKey: draftReviewQuery(id).queryKey,
      queryFn: async () => draftReviewToWire(await getDraftReview(ctx, id)),
    }),
    client.prefetchQuery({
      queryKey: triageReviewQuery(id).queryKey,
      queryFn: async () => triageReviewToWire(await getTriageReview(ctx, id)),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DraftScreen key={id} draftId={id} />
    </HydrationBoundary>
  );
}
