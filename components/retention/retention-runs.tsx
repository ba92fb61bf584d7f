"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { LoadingRows } from "@/components/layout/loading-rows";
import { QueryFailure } from "@/components/layout/query-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { StateLabel } from "@/components/state/state-label";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RetentionRunWire } from "@/lib/contracts/retention";
import { api } from "@/lib/paths";
import { retentionRunsQuery } from "@/lib/queries/retention";
import { countsWords, placeWord } from "./retention-words";

const looks = {
  running: { state: "sending", word: "Running" },
  done: { state: "published", word: "Done" },
  more: { state: "due", word: "Goes on" },
  failed: { state: "deliveryFailed", word: "Failed" },
} as const;

/** What the job removed and what was erased on request. A run that had nothing to do leaves no row. */
export function RetentionRuns() {
  const runs = useQuery(retentionRunsQuery());
  return (
    <Section title="Runs" aside={<CopyApiCall path={api.retentionRuns()} />}>
      {runs.data ? (
        runs.data.runs.length > 0 ? (
          <RunTable runs={runs.data.runs} />
        ) : (
          <p className="text-muted-foreground">
            Nothing has been removed yet. The job looks every half minute; a run that finds nothing leaves no
            row.
          </p>
        )
      ) : runs.isError ? (
        <QueryFailure
          what="Runs"
          error={runs.error}
          onRetry={() => runs.refetch()}
          retrying={runs.isFetching}
          className="py-2"
        />
      ) : (
        <LoadingRows what="runs" shape="table" count={3} />
      )}
    </Section>
  );
}

function RunTable({ runs }: { runs: readonly RetentionRunWire[] }) {
  return (
    <Table aria-label="Runs of retention">
      <TableHeader>
        <TableRow>
          <TableHead>When</TableHead>
          <TableHead>By</TableHead>
          <TableHead>Removed</TableHead>
          <TableHead>Held back</TableHead>
          <TableHead>End</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {runs.map((run) => (
          <TableRow key={run.run_id}>
            <TableCell className="whitespace-nowrap">
              <RelativeTime value={run.started_at_ms} />
            </TableCell>
            <TableCell className="min-w-32 py-1.5">
              {run.trigger === "schedule" ? "The job" : run.actor.name || run.actor.kind}
              {run.subject.reason ? (
                <span className="block text-12 break-words text-muted-foreground">
                  {run.subject.kind}: {run.subject.reason}
                </span>
              ) : null}
            </TableCell>
            <TableCell className="min-w-48 py-1.5">{countsWords(run.removed)}</TableCell>
            <TableCell className="min-w-32 py-1.5">{countsWords(run.held_back)}</TableCell>
            <TableCell className="py-1.5">
              <StateLabel {...looks[run.state]} />
              {run.errors.map(({ code, place }) => (
                <span key={`${code} ${place}`} className="block text-12 text-muted-foreground">
                  {place ? `${placeWord(place)}: ` : ""}
                  {code}
                </span>
              ))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
