"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { exactTime } from "@/components/layout/format-time";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { useTimeZone } from "@/components/layout/time-zone";
import { useFilters } from "@/components/layout/use-filters";
import { cn } from "@/components/ui/cn";
import type { GovernanceMetricsResponseWire } from "@/lib/contracts/governance";
import { api, governanceMetricsPath } from "@/lib/paths";
import { governanceMetricsQuery } from "@/lib/queries/governance";
import { DriftTable } from "./drift-table";
import { MetricCard } from "./metric-card";
import { type MetricFilters, requestOf } from "./metric-window";
import { percentWords } from "./metric-words";
import { WindowChooser } from "./window-chooser";

/** How well this deployment keeps its own rules: six rates, their course, and what moved since the window before. */
export function MetricsScreen({ filters }: { filters: MetricFilters }) {
  const change = useFilters(filters, governanceMetricsPath);
  const isStale = useIsStale();
  const request = requestOf(filters);
  const query = useQuery(governanceMetricsQuery(request));
  const { data } = query;
  const breached = data?.governance_maturity.counts.breached_metrics;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Security" }]}
        title="Governance metrics"
        count={breached ? `${breached} below minimum` : undefined}
      />
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-6", isStale && "stale")} aria-busy={query.isPlaceholderData}>
        <WindowChooser filters={filters} change={change} />
        {data ? (
          <Maturity answer={data} />
        ) : query.isError ? (
          <QueryFailure
            error={query.error}
            what="Governance metrics"
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <LoadingRows what="the metrics" count={6} />
        )}
      </PageBody>
      <HintBar hints={[]}>
        <CopyApiCall path={api.governanceMetrics()} body={request} />
      </HintBar>
    </>
  );
}

function Maturity({ answer }: { answer: GovernanceMetricsResponseWire }) {
  const timeZone = useTimeZone();
  const { metrics, behavioral_drift, threshold_findings, trend, window, thresholds } =
    answer.governance_maturity;
  const projects = answer.scope.project_ids;
  return (
    <>
      <p className="max-w-160 text-muted-foreground">
        From {exactTime(window.current.from_ms, timeZone)} to {exactTime(window.current.to_ms, timeZone)}
        {projects ? `, of ${projects.join(", ")}` : ""}. Each bar of a course is a window of the same length,
        the dashed line the minimum.
      </p>
      <Section title="Metrics">
        <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {metrics.map((metric) => (
            <MetricCard
              key={metric.metric_id}
              metric={metric}
              trend={trend}
              finding={threshold_findings.find((each) => each.metric_id === metric.metric_id)}
            />
          ))}
        </div>
      </Section>
      <Section
        title="Drift"
        aside={`flagged above ${percentWords(thresholds.drift_rate_delta_max).replace(" %", "")} points`}
      >
        <DriftTable rows={behavioral_drift} />
      </Section>
    </>
  );
}
