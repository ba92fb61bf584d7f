import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { generateReport } from "@/lib/actions/assessment-reports";
import type {
  AssessmentListWire,
  AssessmentReportAskWire,
  KeptAssessmentWire,
} from "@/lib/contracts/assessment-report";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** Reports that are kept, newest first, without what they say. */
export function assessmentReportsQuery() {
  return queryOptions({
    queryKey: keys.assessmentReports.list,
    queryFn: ({ signal }) => getJson<AssessmentListWire>(api.assessmentReports({ limit: 100 }), signal),
  });
}

/** One report as it was answered. It never changes. */
export function assessmentReportQuery(reportId: string) {
  return queryOptions({
    queryKey: keys.assessmentReports.one(reportId),
    queryFn: ({ signal }) => getJson<KeptAssessmentWire>(api.assessmentReport(reportId), signal),
    staleTime: 300_000,
  });
}

export function useGenerateReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: AssessmentReportAskWire) => actionData(generateReport(input)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.assessmentReports.list }),
  });
}
