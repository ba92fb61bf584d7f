import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ReportScreen } from "@/components/security/report/report-screen";
import { panelContext } from "@/lib/auth/panel-context";
import { getAssessmentReport } from "@/lib/pipeline/governance/assessment-reports";
import { assessmentReportQuery } from "@/lib/queries/assessment-reports";
import { makeQueryClient } from "@/lib/queries/query-client";
import { keptAssessmentToWire } from "@/lib/wire/assessment-report";

export const metadata: Metadata = { title: "Security assessment report" };

type PageProps = { params: Promise<{ reportId: string }> };

export default async function Page({ params }: PageProps) {
  const { reportId } = await params;
  const ctx = await panelContext();
  const client = makeQueryClient();
  await client.prefetchQuery({
    ...assessmentReportQuery(reportId),
    queryFn: async () => keptAssessmentToWire(await getAssessmentReport(ctx, { reportId })),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReportScreen reportId={reportId} />
    </HydrationBoundary>
  );
}
