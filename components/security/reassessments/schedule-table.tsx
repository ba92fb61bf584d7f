import { RelativeTime } from "@/components/layout/relative-time";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ReassessmentListWire, ReassessmentScheduleWire } from "@/lib/contracts/reassessment";
import { scopeWords } from "./reassessment-words";

type ScheduleTableProps = {
  list: ReassessmentListWire;
  /** The scope being assessed now. */
  running: string | null;
  onRun: (scopeKey: string) => void;
};

/** Each scope: when it was assessed, when it is due again, and what waits for it. */
export function ScheduleTable({ list, running, onRun }: ScheduleTableProps) {
  return (
    <Table>
      <caption className="sr-only">When each scope is assessed again</caption>
      <TableHeader>
        <TableRow>
          <TableHead>Scope</TableHead>
          <TableHead>Next</TableHead>
          <TableHead className="max-md:hidden">Last</TableHead>
          <TableHead align="right" className="max-md:hidden">
            Causes waiting
          </TableHead>
          <TableHead align="right">
            <span className="sr-only">Assess it</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {list.schedule.map((row) => (
          <TableRow key={row.scope_key}>
            <TableCell className="min-w-28 font-medium whitespace-normal" title={row.scope_key}>
              {scopeWords(row.scope_key)}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Next row={row} />
            </TableCell>
            <TableCell className="whitespace-nowrap max-md:hidden">
              <RelativeTime value={row.last_completed_at_ms} />
              {row.last_version ? (
                <span className="text-muted-foreground">, version {row.last_version}</span>
              ) : null}
            </TableCell>
            <TableCell align="right" className="tabular-nums max-md:hidden">
              {list.waiting.filter((each) => each.scope_key === row.scope_key).length}
            </TableCell>
            <TableCell align="right">
              <Button
                size="xs"
                pending={running === row.scope_key}
                disabled={running !== null}
                aria-label={`Assess ${scopeWords(row.scope_key)} now`}
                className="touch:h-11"
                onClick={() => onRun(row.scope_key)}
              >
                Assess now
              </Button>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Next({ row }: { row: ReassessmentScheduleWire }) {
  if (row.overdue) {
    return (
      <span className="flex flex-wrap items-baseline gap-x-2">
        <StateLabel state="notReady" word="Overdue" />
        <span className="text-12 text-muted-foreground">
          since <RelativeTime value={row.next_due_at_ms} />
        </span>
      </span>
    );
  }
  if (row.due) return <StateLabel state="degraded" word="Due now" />;
  return <RelativeTime value={row.next_due_at_ms} />;
}
