import { IdText } from "@/components/layout/id-text";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { IncidentWire } from "@/lib/contracts/incident";
import { identityValue, identityWord, leftOutOfIdentity } from "./identity-words";

/** Which parts make a sighting the same failure, and what is left out of it. */
export function WhyGrouped({ incident }: { incident: IncidentWire }) {
  const namespace = incident.project_id
    ? `${incident.project_id} / ${incident.log_source_id ?? "any source"}`
    : incident.repo;
  const rows = [
    { key: "namespace", part: "Namespace", value: namespace },
    ...incident.identity.map((part, index) => ({
      key: `${index} ${part.name}`,
      part: identityWord(part.name),
      value: identityValue(part.name, part.value),
    })),
  ];
  const leftOut = leftOutOfIdentity(incident.identity.map((part) => part.name));
  return (
    <Section
      title={`Why grouped: identity v${incident.fingerprint_version}`}
      count="the same in every occurrence"
      aside={
        <span className="flex max-w-56 items-center gap-1.5">
          <span aria-hidden>fp</span>
          <IdText id={incident.fingerprint} kind="fingerprint" />
        </span>
      }
    >
      <Table>
        <caption className="sr-only">The parts of this incident's identity</caption>
        <TableHeader>
          <TableRow>
            <TableHead className="w-36">Part</TableHead>
            <TableHead>Value, normalised</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.key}>
              <TableHead scope="row" className="py-1.5 align-top font-normal whitespace-normal text-13">
                {row.part}
              </TableHead>
              <TableCell className="py-1.5 font-mono text-12 break-words">
                <RedactedText text={row.value} />
              </TableCell>
            </TableRow>
          ))}
          <TableRow>
            <TableHead scope="row" className="py-1.5 align-top font-normal whitespace-normal text-13">
              Left out
            </TableHead>
            <TableCell className="py-1.5 text-muted-foreground">{leftOut}</TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </Section>
  );
}
