import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EvidenceScreen } from "@/components/evidence/evidence-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getEvidence } from "@/lib/pipeline/evidence/get-evidence";
import { evidenceQuery } from "@/lib/queries/evidence";
import { makeQueryClient } from "@/lib/queries/query-client";
import { evidenceToWire } from "@/lib/wire/evidence";

export const metadata: Metadata = { title: "Evidence" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { reference } = await searchParams;
  if (typeof reference !== "string" || reference === "" || reference.length > 1_000) notFound();
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    queryKey: evidenceQuery(reference).queryKey,
    queryFn: async () => evidenceToWire(await getEvidence(ctx, { reference })),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <EvidenceScreen reference={reference} />
    </HydrationBoundary>
  );
}
