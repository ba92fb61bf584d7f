import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { plural } from "@/components/settings/words";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ProbeRunSummaryWire } from "@/lib/contracts/probe";
import { probesPath } from "@/lib/paths";

type ProbeHistoryProps = { runs: readonly ProbeRunSummaryWire[]; shown: string; keptAtMost: number };

/** Earlier runs, newest first: when, by whom and how they ended. */
export function ProbeHistory({ runs, shown, keptAtMost }: ProbeHistoryProps) {
  return (
    <Section title="Runs" count={`${runs.length}, the newest ${keptAtMost} are kept`}>
      <Table>
        <caption className="sr-only">Runs of the probes, newest first</caption>
        <TableHeader className="max-md:sr-only">
          <TableRow>
            <TableHead>When</TableHead>
            <TableHead className="max-md:hidden">By</TableHead>
            <TableHead className="max-md:hidden">Probes</TableHead>
            <TableHead>Outcome</TableHead>
            <TableHead className="max-md:hidden">Hash</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {runs.map((run) => (
            <TableRow key={run.probe_run_id} selected={run.probe_run_id === shown}>
              <TableCell>
                <Link
                  href={probesPath({ run: run.probe_run_id })}
                  aria-current={run.probe_run_id === shown || undefined}
                  className="link"
                >
                  <RelativeTime value={run.created_at_ms} />
                </Link>
              </TableCell>
              <TableCell className="max-md:hidden">{run.actor.name}</TableCell>
              <TableCell className="max-md:hidden">
                {plural(run.selected_probe_ids.length, "probe")}
              </TableCell>
              <TableCell>
                {run.counts.pass} passed, {run.counts.fail} failed
                {run.counts.blocked > 0 ? `, ${run.counts.blocked} with nothing to try` : ""}
              </TableCell>
              <TableCell className="max-md:hidden">{run.verified ? "unchanged" : "changed"}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
