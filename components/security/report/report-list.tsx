import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { GateGlyph } from "@/components/state/gate-glyph";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { toneClass } from "@/components/ui/tone";
import type { AssessmentListWire } from "@/lib/contracts/assessment-report";
import { assessmentReportPath } from "@/lib/paths";
import { riskLooks } from "./report-words";

/** Reports that are kept: when, by whom, how much risk, and the digest that each is known by. */
export function ReportList({ list }: { list: AssessmentListWire }) {
  return (
    <Section title="Reports" count={`${list.total}, the newest ${list.kept_at_most} are kept`}>
      <Table>
        <caption className="sr-only">Assessment reports, newest first</caption>
        <TableHeader className="max-md:sr-only">
          <TableRow>
            <TableHead>When</TableHead>
            <TableHead>Risk</TableHead>
            <TableHead className="max-md:hidden">By</TableHead>
            <TableHead className="max-md:hidden">Covers</TableHead>
            <TableHead className="max-md:hidden">Findings</TableHead>
            <TableHead className="max-md:hidden">Digest</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {list.reports.map((report) => {
            const look = riskLooks[report.risk];
            return (
              <TableRow key={report.report_id}>
                <TableCell>
                  <Link
                    href={assessmentReportPath(report.report_id)}
                    className="link inline-flex touch:min-h-11 touch:items-center"
                  >
                    <RelativeTime value={report.created_at_ms} />
                  </Link>
                </TableCell>
                <TableCell>
                  <span className={cn(toneClass(look.tone), "inline-flex items-center gap-1.5 text-tone")}>
                    <GateGlyph name={look.glyph} size={16} className="flex-none" />
                    {report.risk}
                  </span>
                </TableCell>
                <TableCell className="max-md:hidden">{report.actor.name}</TableCell>
                <TableCell className="max-md:hidden">
                  {report.project_ids.join(", ") || "everything"}
                </TableCell>
                <TableCell className="max-md:hidden">{report.counts.findings}</TableCell>
                <TableCell className="font-mono text-12 max-md:hidden" title={`sha256:${report.sha256}`}>
                  {report.sha256.slice(0, 16)}…
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Section>
  );
}
