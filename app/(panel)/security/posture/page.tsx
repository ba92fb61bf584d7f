import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { PostureScreen } from "@/components/security/posture/posture-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getPosture } from "@/lib/pipeline/governance/get-posture";
import { postureQuery } from "@/lib/queries/posture";
import { makeQueryClient } from "@/lib/queries/query-client";
import { postureChecksToWire, postureFromQuery } from "@/lib/wire/posture";
import { postureFiltersFrom } from "./search-params";

export const metadata: Metadata = { title: "Posture" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const filters = postureFiltersFrom(await searchParams);
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    ...postureQuery(filters),
    queryFn: async () => postureChecksToWire(await getPosture(ctx, postureFromQuery(filters))),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PostureScreen filters={filters} />
    </HydrationBoundary>
  );
}
