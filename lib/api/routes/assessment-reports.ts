import {
  assessmentGetQuerySchema,
  assessmentListQuerySchema,
  assessmentListSchema,
  assessmentReportResponseSchema,
  assessmentReportSchema,
  keptAssessmentSchema,
} from "@/lib/contracts/assessment-report";
import { getAssessmentReport, listAssessmentReports } from "@/lib/pipeline/governance/assessment-reports";
import { generateAssessmentReport } from "@/lib/pipeline/governance/generate-assessment-report";
import {
  assessmentAnswerToWire,
  assessmentDocument,
  assessmentFromWire,
  assessmentListToWire,
  assessmentsFromQuery,
  keptAssessmentToWire,
} from "@/lib/wire/assessment-report";
import { adminErrors } from "../problem";
import { route } from "../route";

const prefix = "/incident-monitor/security";
const adminCode = "INCIDENT_MONITOR_ASSESSMENT_REPORT_ADMIN_REQUIRED";
const auth = { kind: "actor", permission: "assess", adminCode } as const;

/** Admin-guarded (contract 1.3): a scoped key's header is 403 even beside a valid token. */
export const assessmentReportRoutes = [
  route({
    method: "post",
    path: `${prefix}/assessment-report`,
    summary:
      "Inventory, findings, probes, scenarios, metrics, incidents, receipts and audit in one report with its residual risk; of the projects that the caller may assess. Kept with its digest unless told otherwise; nothing else is written and nothing is sent.",
    auth,
    body: assessmentReportSchema,
    response: assessmentReportResponseSchema,
    errors: adminErrors(adminCode),
    run: async ({ ctx, body }) => ({
      body: assessmentAnswerToWire(
        await generateAssessmentReport(ctx, assessmentFromWire(body), assessmentDocument),
      ),
    }),
  }),
  route({
    method: "get",
    path: `${prefix}/assessment-reports`,
    summary:
      "Reports that are kept, newest first, each with who made it, its risk, its counts and its digest",
    auth,
    query: assessmentListQuerySchema,
    response: assessmentListSchema,
    errors: adminErrors(adminCode),
    run: async ({ ctx, query }) => ({
      body: assessmentListToWire(await listAssessmentReports(ctx, assessmentsFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: `${prefix}/assessment-reports/{report_id}`,
    summary:
      "One report as it was answered, its digest computed again and compared. As Markdown with `format=markdown` or `Accept: text/markdown`.",
    auth,
    query: assessmentGetQuerySchema,
    response: keptAssessmentSchema,
    alsoMarkdown: true,
    errors: {
      ...adminErrors(adminCode),
      assessment_report_not_found: [404, "INCIDENT_MONITOR_ASSESSMENT_REPORT_NOT_FOUND"],
    },
    run: async ({ ctx, params, query, request }) => {
      const reportId = params.report_id ?? "";
      const kept = keptAssessmentToWire(await getAssessmentReport(ctx, { reportId }));
      if (!wantsMarkdown(query.format, request.headers.get("accept"))) return { body: kept };
      return new Response(kept.report.markdown_summary, {
        headers: {
          "content-type": "text/markdown; charset=utf-8",
          "content-disposition": `attachment; filename="${kept.report_id}.md"`,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
          vary: "Accept",
        },
      });
    },
  }),
];

/** What is asked for in the address wins; else Markdown, where it is accepted and JSON is not named. */
function wantsMarkdown(format: "json" | "markdown" | undefined, accept: string | null): boolean {
  if (format) return format === "markdown";
  return /\btext\/markdown\b/i.test(accept ?? "") && !/\bapplication\/json\b/i.test(accept ?? "");
}
