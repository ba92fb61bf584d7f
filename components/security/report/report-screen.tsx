"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Printer } from "lucide-react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { RecordHeader } from "@/components/layout/record-header";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { api, assessmentReportsPath } from "@/lib/paths";
import { assessmentReportQuery } from "@/lib/queries/assessment-reports";
import { ReportDocument } from "./report-document";

/** One report, to be read, printed or taken along. */
export function ReportScreen({ reportId }: { reportId: string }) {
  const report = useQuery(assessmentReportQuery(reportId));
  const { data } = report;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Security" },
          { label: "Assessment report", href: assessmentReportsPath() },
          ...(data ? [{ label: "Report" }] : []),
        ]}
        title={data ? undefined : "Report"}
        backHref={assessmentReportsPath()}
        backLabel="Back to the reports"
      />
      <PageBody className="flex flex-col gap-6">
        {data ? (
          <>
            <RecordHeader title="Security assessment report" actions={<Ways reportId={reportId} />} />
            {data.verified ? null : (
              <Alert tone="failed" title="This report was changed after it was kept.">
                Its content no longer has the digest it was kept with. Rely on a copy from before.
              </Alert>
            )}
            <ReportDocument
              document={data.report}
              made={{ by: data.actor.name, reportId: data.report_id, sha256: data.sha256 }}
            />
          </>
        ) : report.isError ? (
          <QueryFailure
            error={report.error}
            what="This report"
            back={{ href: assessmentReportsPath(), label: "See the reports" }}
            onRetry={() => void report.refetch()}
            retrying={report.isFetching}
          />
        ) : (
          <LoadingRows what="the report" count={12} />
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.assessmentReport(reportId)} />
      </HintBar>
    </>
  );
}

function Ways({ reportId }: { reportId: string }) {
  const downloads = [
    { label: "JSON", href: api.assessmentReport(reportId), file: `${reportId}.json` },
    {
      label: "Markdown",
      href: api.assessmentReport(reportId, { format: "markdown" }),
      file: `${reportId}.md`,
    },
  ];
  return (
    <div className="flex flex-wrap gap-2" data-print="hidden">
      <Button size="sm" className="touch:h-11" onClick={() => window.print()}>
        <Printer aria-hidden />
        Print or save as PDF
      </Button>
      {downloads.map(({ label, href, file }) => (
        <Button key={label} asChild size="sm" className="touch:h-11">
          <a href={href} download={file}>
            <Download aria-hidden />
            {label}
          </a>
        </Button>
      ))}
    </div>
  );
}
