"use client";

import { useQuery } from "@tanstack/react-query";
import { CodeBlock } from "@/components/layout/code-block";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { RecordHeader } from "@/components/layout/record-header";
import { RecordPanes } from "@/components/layout/record-panes";
import { StaleNotice } from "@/components/layout/stale-notice";
import type { EvidenceWire } from "@/lib/contracts/evidence";
import { api, incidentPath, incidentsPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";
import { evidenceQuery } from "@/lib/queries/evidence";
import { EvidenceFacts } from "./evidence-facts";
import { KeptLog } from "./kept-log";
import { readLogEvidence } from "./read-evidence";

/** What a reference of a record names: the lines that were kept, and the proof that they are unchanged. */
export function EvidenceScreen({ reference }: { reference: string }) {
  const record = useQuery(evidenceQuery(reference));
  const evidence = record.data;
  const incident = evidence?.incident_id;
  return (
    <>
      <PageHeader
        backHref={incident ? incidentPath(incident) : incidentsPath()}
        backLabel={incident ? "Incident" : "Incidents"}
        crumbs={[
          { label: "Incidents", href: incidentsPath() },
          ...(incident ? [{ label: "Incident", href: incidentPath(incident) }] : []),
          { label: "Evidence" },
        ]}
      />
      <StaleNotice />
      {evidence ? (
        <RecordPanes
          asideLabel="Proof and place"
          main={<Kept evidence={evidence} />}
          aside={<EvidenceFacts evidence={evidence} />}
        />
      ) : (
        <PageBody padded={false}>
          <h1 className="sr-only">Evidence</h1>
          {record.isError ? (
            <Failure error={record.error} retry={() => void record.refetch()} retrying={record.isFetching} />
          ) : (
            <LoadingRows what="the evidence" shape="form" count={3} className="px-4 py-5 md:px-6" />
          )}
        </PageBody>
      )}
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.evidence({ reference })} />
      </HintBar>
    </>
  );
}

function Kept({ evidence }: { evidence: EvidenceWire }) {
  const log = readLogEvidence(evidence);
  if (log) return <KeptLog log={log} />;
  const text = JSON.stringify(evidence.content, null, 2) ?? "";
  return (
    <>
      <RecordHeader title={evidence.kind.replaceAll("_", " ")} />
      <CodeBlock label="Kept content" title={evidence.content_type} copy={text}>
        {text}
      </CodeBlock>
    </>
  );
}

/** Evidence is not kept for ever, and a reference can be mistyped: both are no fault of the server. */
function Failure({ error, retry, retrying }: { error: Error; retry: () => void; retrying: boolean }) {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 404) {
    return (
      <EmptyState title="This evidence is not here" glyph="cancelled">
        Its time may be over (Safety defaults say how long records are kept), it was never kept because the
        same failure left evidence shortly before, or it belongs to a project that you may not read.
      </EmptyState>
    );
  }
  if (status === 400 || status === 422) {
    return (
      <EmptyState title="That is no reference" glyph="cancelled">
        A reference begins with <code>tandem://incident-monitor/</code> and stands under the evidence of an
        incident or draft.
      </EmptyState>
    );
  }
  return <QueryFailure error={error} what="This evidence" onRetry={retry} retrying={retrying} />;
}
