import { RelativeTime } from "@/components/layout/relative-time";
import { StateLabel } from "@/components/state/state-label";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RedactionRunWire } from "@/lib/contracts/redaction";
import { countsWords, placeWord, totalOf } from "./redaction-words";
import { StopRereading } from "./stop-rereading";

/** Walks over what is stored, newest first. */
export function RunsTable({ runs, canStop }: { runs: readonly RedactionRunWire[]; canStop: boolean }) {
  return (
    <Table aria-label="Walks over what is stored">
      <TableHeader>
        <TableRow>
          <TableHead>When</TableHead>
          <TableHead>Because of</TableHead>
          <TableHead align="right">Read</TableHead>
          <TableHead>Changed</TableHead>
          <TableHead>Stays as it is</TableHead>
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
              {run.trigger === "rules" ? "Rules that find more" : run.actor.name || run.actor.kind}
            </TableCell>
            <TableCell align="right" className="tabular-nums">
              {totalOf(run.examined).toLocaleString("en-GB")}
            </TableCell>
            <TableCell className="min-w-48 py-1.5">
              {countsWords(run.changed)}
              {run.approvals_voided > 0 ? (
                <span className="block text-12 text-muted-foreground">
                  approvals ended: {run.approvals_voided.toLocaleString("en-GB")}
                </span>
              ) : null}
            </TableCell>
            <TableCell className="min-w-40 py-1.5">
              {countsWords(run.frozen)}
              {totalOf(run.held_back) > 0 ? (
                <span className="block text-12 text-muted-foreground">
                  on hold: {countsWords(run.held_back)}
                </span>
              ) : null}
            </TableCell>
            <TableCell className="py-1.5">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <StateLabel {...stateOf(run)} />
                {run.state === "running" && canStop ? <StopRereading run={run} /> : null}
              </div>
              {run.error ? (
                <span className="block text-12 text-muted-foreground">
                  its last turn failed ({run.error}); the next goes on
                </span>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function stateOf(run: RedactionRunWire) {
  const place = placeWord(run.place ?? "its end");
  if (run.state === "done") return { state: "published", word: "Done" } as const;
  if (run.state === "stopped") return { state: "cancelled", word: `Stopped at ${place}` } as const;
  return { state: "sending", word: `At ${place}` } as const;
}
