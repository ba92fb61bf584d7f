import Link from "next/link";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { IncidentWire } from "@/lib/contracts/incident";
import { groupingPath } from "@/lib/paths";
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
        <Link href={groupingPath({ incident: incident.incident_id })} className="link text-12">
          Change the grouping
        </Link>
      }
    >
      <Table>
        <caption className="sr-only">The parts of this incident's identity</caption>
        <TableHeader>
          <TableRow>
            <TableHead className="w-28 sm:w-36">Part</TableHead>
            <TableHead>Value, normalised</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.key}>
              <TableHead scope="row" className="py-1.5 align-top text-13 font-normal whitespace-normal">
                {row.part}
              </TableHead>
              <TableCell className="py-1.5 align-top font-mono text-12 leading-5 wrap-anywhere">
                <RedactedText text={row.value} />
              </TableCell>
            </TableRow>
          ))}
          <TableRow>
            <TableHead scope="row" className="py-1.5 align-top text-13 font-normal whitespace-normal">
              Left out
            </TableHead>
            <TableCell className="py-1.5 align-top text-muted-foreground">{leftOut}</TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </Section>
  );
}
