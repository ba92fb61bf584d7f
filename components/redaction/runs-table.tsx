import { RelativeTime } from "@/components/layout/relative-time";
import { StateLabel } from "@/components/state/state-label";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RedactionRunWire } from "@/lib/contracts/redaction";
import { countsWords, placeWord, totalOf } from "./redaction-words";

/** Walks over what is stored, newest first. */
export function RunsTable({ runs }: { runs: readonly RedactionRunWire[] }) {
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
              <StateLabel
                {...(run.state === "done"
                  ? ({ state: "published", word: "Done" } as const)
                  : ({ state: "sending", word: `At ${placeWord(run.place ?? "its end")}` } as const))}
              />
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
