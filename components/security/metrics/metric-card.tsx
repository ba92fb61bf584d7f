import Link from "next/link";
import { useId } from "react";
import { ChartTable } from "@/components/inbox/chart-table";
import { exactTime } from "@/components/layout/format-time";
import { useTimeZone } from "@/components/layout/time-zone";
import { StateLabel } from "@/components/state/state-label";
import type { StateName } from "@/components/state/state-map";
import type { GovernanceFindingWire, GovernanceMetricWire } from "@/lib/contracts/governance";
import { useNames } from "@/lib/queries/names";
import { DraftFinding } from "./draft-finding";
import { MetricTrend, pointsOf, type TrendPointWire } from "./metric-trend";
import { meaning, ofWhat, percentWords, reasonWords, refPath, refWords, verdictOf } from "./metric-words";

const verdicts: Record<ReturnType<typeof verdictOf>, { state: StateName; word: string }> = {
  breached: { state: "notReady", word: "Below its minimum" },
  kept: { state: "destinationReady", word: "Kept" },
  shown: { state: "ready", word: "No minimum" },
  unknown: { state: "neverRead", word: "Not evaluable" },
};

type MetricCardProps = {
  metric: GovernanceMetricWire;
  trend: readonly TrendPointWire[];
  finding: GovernanceFindingWire | undefined;
};

/** One rate: what it is of, its minimum, its course, and the records that it misses something of. */
export function MetricCard({ metric, trend, finding }: MetricCardProps) {
  const id = useId();
  const timeZone = useTimeZone();
  const { state, word } = verdicts[verdictOf(metric)];
  const hasTrend = metric.metric_id !== "route_readiness_compliance" && trend.length > 0;
  return (
    <article
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-border bg-card p-4"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <h3 id={id} className="text-13 font-semibold">
          {metric.name}
        </h3>
        <StateLabel state={state} word={word} />
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="text-20 font-semibold tabular-nums">{percentWords(metric.rate)}</span>
        {metric.threshold === null ? null : (
          <span className="text-12 text-muted-foreground">at least {percentWords(metric.threshold)}</span>
        )}
      </div>
      <p className="text-12 leading-4.5">
        {metric.denominator === 0 ? null : (
          <>
            <span className="font-medium tabular-nums">
              {metric.numerator.toLocaleString("en-GB")} of {metric.denominator.toLocaleString("en-GB")}
            </span>{" "}
            {ofWhat[metric.metric_id]}.{" "}
          </>
        )}
        {metric.evaluable ? null : `${reasonWords(metric)} `}
        <span className="text-muted-foreground">{meaning[metric.metric_id]}</span>
      </p>
      {hasTrend ? (
        <>
          <MetricTrend metric={metric} trend={trend} />
          <ChartTable
            caption={`${metric.name} over the last ${trend.length} windows`}
            columns={["Window until", "Rate", "Cases"]}
            rows={pointsOf(metric, trend).map((point) => ({
              key: String(point.fromMs),
              cells: [exactTime(point.toMs, timeZone), percentWords(point.rate), point.of],
            }))}
          />
        </>
      ) : null}
      {metric.evidence_refs.length > 0 ? <Lacking metric={metric} /> : null}
      {finding?.incident_draft_suggestion ? <DraftFinding finding={finding} /> : null}
    </article>
  );
}

function Lacking({ metric }: { metric: GovernanceMetricWire }) {
  const name = useNames();
  return (
    <div className="min-w-0 text-12">
      <p className="text-muted-foreground">Where something is missing, newest first</p>
      <ul className="mt-1 flex flex-col">
        {metric.evidence_refs.slice(0, 5).map((ref) => {
          const path = refPath(ref);
          const words = refWords(ref, name);
          return (
            <li
              key={`${ref.kind} ${ref.id}`}
              className="truncate touch:wrap-anywhere touch:whitespace-normal"
              title={ref.id}
            >
              {path ? (
                <Link
                  href={path}
                  className="touch:inline-flex touch:min-h-11 touch:items-center underline decoration-border-strong underline-offset-3 hover:decoration-current"
                >
                  {words}
                </Link>
              ) : (
                words
              )}
            </li>
          );
        })}
      </ul>
      {metric.evidence_refs.length > 5 ? (
        <p className="text-muted-foreground">and {metric.evidence_refs.length - 5} more</p>
      ) : null}
    </div>
  );
}
