import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ScenariosScreen } from "@/components/security/scenarios/scenarios-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listScenarioPacks } from "@/lib/pipeline/scenarios/list-scenario-packs";
import { listScenarioRuns } from "@/lib/pipeline/scenarios/list-scenario-runs";
import { makeQueryClient } from "@/lib/queries/query-client";
import { scenarioPacksQuery, scenarioRunsQuery } from "@/lib/queries/scenarios";
import { scenarioPackListToWire, scenarioRunFactsToWire } from "@/lib/wire/scenario";

export const metadata: Metadata = { title: "Scenarios" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const { run } = await searchParams;
  const ctx = await panelContext();
  const client = makeQueryClient();
  await Promise.all([
    client.prefetchQuery({
      ...scenarioPacksQuery(),
      queryFn: async () => scenarioPackListToWire(await listScenarioPacks(ctx)),
    }),
    client.prefetchQuery({
      ...scenarioRunsQuery(),
      queryFn: async () => {
        const found = await listScenarioRuns(ctx, null);
        return { runs: found.map(scenarioRunFactsToWire), count: found.length };
      },
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ScenariosScreen run={typeof run === "string" ? run : null} />
    </HydrationBoundary>
  );
}
