import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { TableCell, TableRow } from "@/components/ui/table";
import { provenanceWords } from "./incident-state";
import { differencesOf, type OccurrenceWire, runOf } from "./sighting-facts";

type OccurrenceRowProps = { occurrence: OccurrenceWire; varied: readonly string[] };

/** One sighting. On a phone run and differences fold under who reported it. */
export function OccurrenceRow({ occurrence, varied }: OccurrenceRowProps) {
  const run = runOf(occurrence);
  const differences = differencesOf(occurrence, varied);
  const what =
    differences.length > 0
      ? differences.map((difference) => (
          <span key={difference.name} className="mr-3 text-12 leading-5">
            <span className="text-muted-foreground">{difference.name}</span>{" "}
            <span className="break-words">
              <RedactedText text={difference.value} />
            </span>
          </span>
        ))
      : null;
  return (
    <TableRow>
      <TableCell className="py-1.5 align-top font-mono text-12 leading-5 text-muted-foreground">
        <RelativeTime value={occurrence.received_at_ms} format="clock" />
      </TableCell>
      <TableCell className="py-1.5 align-top">
        <span className="block" title={provenanceWords(occurrence.provenance)}>
          {occurrence.reporter.name}
        </span>
        {run ? (
          <span className="block font-mono text-12 leading-5 break-all text-muted-foreground sm:hidden">
            {run}
          </span>
        ) : null}
        {what ? <span className="block sm:hidden">{what}</span> : null}
      </TableCell>
      <TableCell className="max-w-44 py-1.5 align-top font-mono text-12 leading-5 break-all max-sm:hidden">
        {run ? (
          <RedactedText text={run} />
        ) : (
          <span className="font-sans text-muted-foreground">not given</span>
        )}
      </TableCell>
      <TableCell className="py-1.5 align-top max-sm:hidden">
        {what ?? <span className="text-12 leading-5 text-muted-foreground">nothing</span>}
      </TableCell>
    </TableRow>
  );
}
