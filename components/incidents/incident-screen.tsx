"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { IdText } from "@/components/layout/id-text";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { RecordPanes } from "@/components/layout/record-panes";
import { StaleNotice } from "@/components/layout/stale-notice";
import { api, incidentsPath } from "@/lib/paths";
import { incidentDraftsQuery, incidentQuery, type OccurrenceBucket } from "@/lib/queries/incidents";
import { BlockedNotice } from "./blocked-notice";
import { IncidentEvidence } from "./incident-evidence";
import { IncidentFacts } from "./incident-facts";
import { IncidentGate } from "./incident-gate";
import { IncidentHeader } from "./incident-header";
import { IncidentRedactions } from "./incident-redactions";
import { NewReport } from "./new-report";
import { OccurrenceChart } from "./occurrence-chart";
import { RecentOccurrences } from "./recent-occurrences";
import { WhereItStands } from "./where-it-stands";
import { WhyGrouped } from "./why-grouped";

type IncidentScreenProps = { incidentId: string; firstBucket: OccurrenceBucket };

/** One failure with all its sightings: what we know left, where it stands right. */
export function IncidentScreen({ incidentId, firstBucket }: IncidentScreenProps) {
  const record = useQuery(incidentQuery(incidentId));
  const drafts = useQuery(incidentDraftsQuery(incidentId));
  const incident = record.data?.incident;
  const gate = incident?.quality_gate;
  const draft = drafts.data?.drafts[0];
  return (
    <>
      <PageHeader
        backHref={incidentsPath()}
        backLabel="Incidents"
        crumbs={[
          { label: "Incidents", href: incidentsPath() },
          { label: <IdText id={incidentId} kind="incident id" className="max-w-full" /> },
        ]}
      >
        <NewReport />
      </PageHeader>
      <StaleNotice />
      {incident ? (
        <RecordPanes
          asideLabel="Where it stands"
          main={
            <>
              <IncidentHeader incident={incident} />
              {gate && !gate.passed ? <BlockedNotice incident={incident} gate={gate} /> : null}
              <OccurrenceChart incident={incident} draft={draft} firstBucket={firstBucket} />
              <IncidentEvidence incident={incident} />
              <WhyGrouped incident={incident} />
              <RecentOccurrences incidentId={incidentId} bucket={firstBucket} />
            </>
          }
          aside={
            <div className="flex flex-col gap-6">
              <WhereItStands draft={draft} loading={drafts.isPending} />
              <IncidentFacts incident={incident} />
              <IncidentRedactions redactions={incident.redactions} />
              {gate?.passed ? <IncidentGate gate={gate} /> : null}
            </div>
          }
        />
      ) : (
        <PageBody padded={false}>
          <h1 className="sr-only">Incident {incidentId}</h1>
          {record.isError ? (
            <QueryFailure
              error={record.error}
              what="This incident"
              back={{ href: incidentsPath(), label: "All incidents" }}
              onRetry={() => void record.refetch()}
              retrying={record.isFetching}
            />
          ) : (
            <LoadingRows what="the incident" shape="form" count={4} className="px-4 py-5 md:px-6" />
          )}
        </PageBody>
      )}
      <HintBar
        hints={[
          ...(incident?.draft_id ? [{ keys: ["↵"], label: "review draft" }] : []),
          { keys: ["n"], label: "new report" },
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.incident(incidentId)} />
      </HintBar>
    </>
  );
}
