import { StateLabel } from "@/components/state/state-label";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { DriftSignalWire } from "@/lib/contracts/governance";
import { deltaWords, driftVerdict, percentWords, signalWords } from "./metric-words";

/** Shares now and in the window before, and whether they moved by more than is allowed. */
export function DriftTable({ rows }: { rows: readonly DriftSignalWire[] }) {
  return (
    <Table>
      <caption className="sr-only">Shares now and in the window before</caption>
      <TableHeader>
        <TableRow>
          <TableHead>Share</TableHead>
          <TableHead align="right" className="max-sm:hidden">
            Before
          </TableHead>
          <TableHead align="right">Now</TableHead>
          <TableHead align="right">Change</TableHead>
          <TableHead className="pl-6 max-sm:hidden">Verdict</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.signal}>
            <TableCell className="min-w-40 whitespace-normal">
              {signalWords(row.signal)}
              <span className="block sm:hidden">
                <Verdict row={row} />
              </span>
            </TableCell>
            <TableCell align="right" className="tabular-nums max-sm:hidden">
              {percentWords(row.baseline_rate)}
            </TableCell>
            <TableCell align="right" className="tabular-nums">
              {percentWords(row.current_rate)}
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap tabular-nums">
              {deltaWords(row.delta)}
            </TableCell>
            <TableCell className="pl-6 max-sm:hidden">
              <Verdict row={row} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Verdict({ row }: { row: DriftSignalWire }) {
  if (row.drift_flagged) return <StateLabel state="degraded" word="Drifted" />;
  return <span className="text-12 text-muted-foreground">{driftVerdict(row)}</span>;
}
