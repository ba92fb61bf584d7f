"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import type { ReassessmentListWire } from "@/lib/contracts/reassessment";
import { api, safetyPath } from "@/lib/paths";
import { reassessmentsQuery, useRunReassessment } from "@/lib/queries/governance";
import { comparisonWords, triggerWords } from "./reassessment-words";
import { RecordList } from "./record-list";
import { RecordView } from "./record-view";
import { ScheduleTable } from "./schedule-table";

/** What the deployment was found to be, again and again: when the next look is due, and what changed since the last. */
export function ReassessmentsScreen({ recordId }: { recordId: string | undefined }) {
  const isStale = useIsStale();
  const query = useQuery(reassessmentsQuery());
  const { data } = query;
  const overdue = data?.counts.overdue_scopes ?? 0;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Security" }]}
        title="Reassessments"
        count={overdue > 0 ? `${overdue} overdue` : undefined}
      />
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-6", isStale && "stale")}>
        <p className="max-w-160 text-muted-foreground">
          Findings are looked for at intervals and after changes, and each record says what is new, still
          there or gone. Looking changes nothing, and a pause does not stop it. How often is set under{" "}
          <Link className="underline underline-offset-2 hover:text-foreground" href={safetyPath()}>
            Safety defaults
          </Link>
          .
        </p>
        {data ? (
          <Reassessments list={data} recordId={recordId} />
        ) : query.isError ? (
          <QueryFailure
            error={query.error}
            what="Reassessments"
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <LoadingRows what="the reassessments" count={5} />
        )}
      </PageBody>
      <HintBar hints={[]}>
        <CopyApiCall path={api.reassessments()} />
      </HintBar>
    </>
  );
}

function Reassessments({ list, recordId }: { list: ReassessmentListWire; recordId: string | undefined }) {
  const run = useRunReassessment();
  const [running, setRunning] = useState<string | null>(null);
  const { records } = list;
  const shown = records.find((each) => each.record_id === recordId) ?? (recordId ? undefined : records[0]);
  function assess(scopeKey: string) {
    setRunning(scopeKey);
    run.mutate(
      { scope_key: scopeKey },
      {
        onSuccess: ({ reassessment }) =>
          notify("ready", "Assessed", { description: comparisonWords(reassessment) }),
        onSettled: () => setRunning(null),
      },
    );
  }
  return (
    <>
      {run.isError ? (
        <Alert tone="failed" title="It was not assessed.">
          {run.error.message}
        </Alert>
      ) : null}
      <Section title="Schedule">
        <ScheduleTable list={list} running={running} onRun={assess} />
      </Section>
      {list.waiting.length > 0 ? (
        <Section title="Waiting for the next record" count={list.waiting.length}>
          <ul className="flex flex-col gap-1 text-12">
            {[...new Set(list.waiting.map((each) => each.trigger))].map((trigger) => (
              <li key={trigger}>{triggerWords[trigger]}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      {records.length === 0 ? (
        <EmptyState title="Nothing was assessed yet." glyph="queued">
          The first record is made within a minute of the start, or now by the button above.
        </EmptyState>
      ) : (
        <div className="grid gap-6 lg:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
          <Section title="Records" count={list.counts.records}>
            <RecordList records={records} selectedId={shown?.record_id} />
          </Section>
          {shown ? (
            <RecordView record={shown} records={records} />
          ) : (
            <EmptyState title="This record is not among the newest 50." glyph="cancelled">
              It may have been let go since; choose another one from the list.
            </EmptyState>
          )}
        </div>
      )}
    </>
  );
}
