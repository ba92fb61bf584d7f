"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Alert } from "@/components/ui/alert";
import type { AssessmentReportResponseWire } from "@/lib/contracts/assessment-report";
import { api, assessmentReportPath } from "@/lib/paths";
import { assessmentReportsQuery } from "@/lib/queries/assessment-reports";
import { ReportDocument } from "./report-document";
import { ReportForm } from "./report-form";
import { ReportList } from "./report-list";

/** Make a report of what this deployment can show of itself, and find those that were made. */
export function ReportsScreen() {
  const router = useRouter();
  const list = useQuery(assessmentReportsQuery());
  const [unkept, setUnkept] = useState<AssessmentReportResponseWire | null>(null);
  function show(answer: AssessmentReportResponseWire) {
    if (answer.evidence_pack.persisted) router.push(assessmentReportPath(answer.evidence_pack.artifact_id));
    else setUnkept(answer);
  }
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Security" }]}
        title="Assessment report"
        count={list.data?.total || undefined}
      />
      <PageBody className="flex flex-col gap-6">
        <p className="max-w-160 text-muted-foreground">
          A report puts together who may act here, what was found, what was tried and what was recorded, and
          says what risk is left. Nothing is sent, and no setting is changed.
        </p>
        {list.data ? (
          <>
            <ReportForm onMade={show} />
            {unkept ? (
              <>
                <Alert tone="idle" title="This report is not kept.">
                  It is gone once you leave this page.
                </Alert>
                <ReportDocument document={unkept} />
              </>
            ) : null}
            {list.data.reports.length === 0 ? (
              <EmptyState title="No report was made yet" glyph="ready" className="ml-0">
                Run the assessment once: the report is kept with a digest, to be read, printed and exported.
              </EmptyState>
            ) : (
              <ReportList list={list.data} />
            )}
          </>
        ) : list.isError ? (
          <QueryFailure
            error={list.error}
            what="Assessment reports"
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        ) : (
          <LoadingRows what="the reports" count={4} />
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.assessmentReports()} />
      </HintBar>
    </>
  );
}
