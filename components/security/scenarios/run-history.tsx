"use client";

import { useQuery } from "@tanstack/react-query";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { ScenarioRunFactsWire } from "@/lib/contracts/scenario";
import { scenarioRunsQuery } from "@/lib/queries/scenarios";
import { packWords } from "./scenario-words";

type RunHistoryProps = { selected: string | null; onOpen: (runId: string) => void };

/** Earlier runs, the newest first: evidence of what held when. */
export function RunHistory({ selected, onOpen }: RunHistoryProps) {
  const { data, error, isPending, isFetching, refetch } = useQuery(scenarioRunsQuery());
  return (
    <Section title="Earlier runs" count={data ? data.count : undefined}>
      {isPending ? <LoadingRows what="runs" shape="two-line" count={3} /> : null}
      {error && !data ? (
        <QueryFailure
          error={error}
          what="Runs"
          onRetry={() => refetch()}
          retrying={isFetching}
          className="py-2"
        />
      ) : null}
      {data?.count === 0 ? (
        <p className="text-muted-foreground">None yet. A run stays here as evidence of what held.</p>
      ) : null}
      {data && data.count > 0 ? (
        <ul>
          {data.runs.map((run) => (
            <RunRow
              key={run.run_id}
              run={run}
              selected={run.run_id === selected}
              onOpen={() => onOpen(run.run_id)}
            />
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

function RunRow({
  run,
  selected,
  onOpen,
}: {
  run: ScenarioRunFactsWire;
  selected: boolean;
  onOpen: () => void;
}) {
  const { total, passed, failed, blocked } = run.counts;
  return (
    <li
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-border px-1 py-2",
        selected && "bg-primary-soft shadow-[inset_2px_0_0_var(--primary)]",
      )}
    >
      <div className="min-w-0 flex-1 basis-60">
        <p className="break-words">
          {packWords(run)}{" "}
          <span title={run.pack_id} className="text-12 text-muted-foreground">
            {run.version}
            {run.origin === "given" ? ", sent along" : ""}
          </span>
        </p>
        <p className="text-12 text-muted-foreground">
          <RelativeTime value={run.started_at_ms} /> by {run.ran_by.name}
        </p>
      </div>
      <p className="text-12">
        {passed} of {total} passed
        {failed > 0 ? <span className="font-[550] text-state-failed">, {failed} failed</span> : null}
        {blocked > 0 ? <span className="text-state-waiting">, {blocked} not evaluable</span> : null}
      </p>
      <Button size="xs" className="touch:h-11" aria-pressed={selected} onClick={onOpen}>
        Open<span className="sr-only"> the run of {packWords(run)}</span>
      </Button>
    </li>
  );
}
