"use client";

import { useQuery } from "@tanstack/react-query";
import { shortId } from "@/components/drafts/draft-words";
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
import { usePermission } from "@/lib/queries/session";
import { BlockedNotice } from "./blocked-notice";
import type { IncidentActionName } from "./incident-actions";
import { IncidentEvidence } from "./incident-evidence";
import { IncidentFacts } from "./incident-facts";
import { IncidentGate } from "./incident-gate";
import { IncidentHeader } from "./incident-header";
import { IncidentRedactions } from "./incident-redactions";
import { MergedHere } from "./merged-here";
import { NewReport } from "./new-report";
import { OccurrenceChart } from "./occurrence-chart";
import { QuietNotice } from "./quiet-notice";
import { RecentOccurrences } from "./recent-occurrences";
import { WhereItStands } from "./where-it-stands";
import { WhyGrouped } from "./why-grouped";

type IncidentScreenProps = {
  incidentId: string;
  firstBucket: OccurrenceBucket;
  /** What a link asks to be opened at once. */
  opened?: IncidentActionName | null;
};

/** One failure with all its sightings: what we know left, where it stands right. */
export function IncidentScreen({ incidentId, firstBucket, opened = null }: IncidentScreenProps) {
  const record = useQuery(incidentQuery(incidentId));
  const drafts = useQuery(incidentDraftsQuery(incidentId));
  const mayReport = usePermission("report").allowed;
  const mayDecide = usePermission("decide").allowed;
  const incident = record.data?.incident;
  const gate = incident?.quality_gate;
  // Those of what is merged into it are listed too: its own is the one it names.
  const listed = drafts.data?.drafts;
  const draft =
    listed?.find((each) => each.draft_id === incident?.draft_id) ??
    listed?.find((each) => each.superseded_by === undefined);
  return (
    <>
      <PageHeader
        backHref={incidentsPath()}
        backLabel="Incidents"
        crumbs={[
          { label: "Incidents", href: incidentsPath() },
          {
            label: (
              <IdText
                id={incidentId}
                kind="incident id"
                words={
                  <>
                    <span className="font-sans">Incident</span> {shortId(incidentId)}
                  </>
                }
                className="max-w-full"
              />
            ),
          },
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
              <IncidentHeader incident={incident} opened={opened} />
              <QuietNotice incident={incident} />
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
              <MergedHere incident={incident} />
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
          ...(mayDecide && incident
            ? [
                { keys: ["m"], label: "merge" },
                { keys: ["s"], label: "snooze" },
              ]
            : []),
          ...(mayReport ? [{ keys: ["n"], label: "new report" }] : []),
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.incident(incidentId)} />
      </HintBar>
    </>
  );
}
