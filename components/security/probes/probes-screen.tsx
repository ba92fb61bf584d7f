"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { api, probesPath } from "@/lib/paths";
import { probeRunQuery, probeRunsQuery } from "@/lib/queries/posture";
import { ProbeForm } from "./probe-form";
import { ProbeHistory } from "./probe-history";
import { ProbeResults } from "./probe-results";

/** Controls tried for real: run them, read what each answered, and what earlier runs found. `selected`: the address's run. */
export function ProbesScreen({ selected }: { selected: string | null }) {
  const router = useRouter();
  const list = useQuery(probeRunsQuery());
  const runs = list.data?.runs ?? [];
  const shown = selected ?? runs[0]?.probe_run_id ?? null;
  return (
    <>
      <PageHeader crumbs={[{ label: "Security" }]} title="Probes" count={runs.length || undefined} />
      <PageBody className="flex flex-col gap-6">
        <p className="max-w-160 text-muted-foreground">
          A probe tries a control with something harmless and keeps what it answered as evidence. Nothing
          outside is called, nothing is sent and no setting is changed.
        </p>
        <ProbeForm onRun={(run) => router.push(probesPath({ run }), { scroll: false })} />
        {list.isError && !list.data ? (
          <QueryFailure
            error={list.error}
            what="Runs of the probes"
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        ) : !list.data ? (
          <LoadingRows what="the runs" count={4} />
        ) : shown === null ? (
          <EmptyState title="The probes never ran here" glyph="ready">
            Run them once: each says what it tried, what it expected and what it saw.
          </EmptyState>
        ) : (
          <>
            <ShownRun probeRunId={shown} />
            <ProbeHistory runs={runs} shown={shown} keptAtMost={list.data.kept_at_most} />
          </>
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={shown ? api.probeRun(shown) : api.probeRuns()} />
      </HintBar>
    </>
  );
}

function ShownRun({ probeRunId }: { probeRunId: string }) {
  const run = useQuery(probeRunQuery(probeRunId));
  if (run.data) return <ProbeResults run={run.data} />;
  if (run.isError) {
    return (
      <QueryFailure
        error={run.error}
        what="This run"
        back={{ href: probesPath(), label: "See the newest run" }}
        onRetry={() => void run.refetch()}
        retrying={run.isFetching}
      />
    );
  }
  return <LoadingRows what="the results" count={6} />;
}
