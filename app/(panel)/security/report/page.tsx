import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ReportsScreen } from "@/components/security/report/reports-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { listAssessmentReports } from "@/lib/pipeline/governance/assessment-reports";
import { assessmentReportsQuery } from "@/lib/queries/assessment-reports";
import { makeQueryClient } from "@/lib/queries/query-client";
import { assessmentListToWire } from "@/lib/wire/assessment-report";

export const metadata: Metadata = { title: "Assessment report" };

export default async function Page() {
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    ...assessmentReportsQuery(),
    queryFn: async () => assessmentListToWire(await listAssessmentReports(ctx, { limit: 100 })),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReportsScreen />
    </HydrationBoundary>
  );
}
