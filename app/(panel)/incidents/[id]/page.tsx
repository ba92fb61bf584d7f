import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { IncidentScreen } from "@/components/incidents/incident-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { describeIncident } from "@/lib/pipeline/incidents/describe-incident";
import { listOccurrences } from "@/lib/pipeline/incidents/list-occurrences";
import { incidentQuery, type OccurrenceBucket, occurrencesQuery } from "@/lib/queries/incidents";
import { makeQueryClient } from "@/lib/queries/query-client";
import { incidentDetailToWire, listOccurrencesFromQuery, occurrencesToWire } from "@/lib/wire/incident";

export const metadata: Metadata = { title: "Incident" };

const hourMs = 3_600_000;

type PageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Page({ params, searchParams }: PageProps) {
  const [{ id }, asked] = await Promise.all([params, searchParams]);
  const opened = (["merge", "snooze"] as const).find((name) => asked[name] === "1") ?? null;
  const ctx = await panelContext();
  const client = makeQueryClient();
  const { queryKey } = incidentQuery(id);
  await client.prefetchQuery({
    queryKey,
    queryFn: async () => ({ incident: incidentDetailToWire(await describeIncident(ctx, id)) }),
  });
  const firstSeenAtMs = client.getQueryData(queryKey)?.incident.first_seen_at_ms ?? 0;
  const firstBucket = bucketFor(ctx.nowMs - firstSeenAtMs);
  await client.prefetchQuery({
    queryKey: occurrencesQuery(id, firstBucket).queryKey,
    queryFn: async () =>
      occurrencesToWire(await listOccurrences(ctx, listOccurrencesFromQuery(id, { bucket: firstBucket }))),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IncidentScreen incidentId={id} firstBucket={firstBucket} opened={opened} />
    </HydrationBoundary>
  );
}

/** The chart opens on the shortest span that holds the whole life of the incident. */
function bucketFor(ageMs: number): OccurrenceBucket {
  if (ageMs < hourMs) return "minute";
  return ageMs < 48 * hourMs ? "hour" : "day";
}
