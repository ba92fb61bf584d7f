import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ReassessmentsScreen } from "@/components/security/reassessments/reassessments-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listReassessments } from "@/lib/pipeline/governance/list-reassessments";
import { reassessmentsQuery } from "@/lib/queries/governance";
import { makeQueryClient } from "@/lib/queries/query-client";
import { reassessmentListToWire } from "@/lib/wire/reassessment";

export const metadata: Metadata = { title: "Reassessments" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const { record } = await searchParams;
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: reassessmentsQuery().queryKey,
    queryFn: async () => reassessmentListToWire(await listReassessments(ctx), ctx.nowMs),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReassessmentsScreen recordId={typeof record === "string" ? record : undefined} />
    </HydrationBoundary>
  );
}
