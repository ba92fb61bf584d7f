import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { rowLink } from "@/components/layout/use-row-keys";
import { plainWords } from "@/components/state/parse-redactions";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityIcon } from "@/components/state/severity-icon";
import { StateLabel } from "@/components/state/state-label";
import { TableCell, TableRow } from "@/components/ui/table";
import type { IncidentWire } from "@/lib/contracts/incident";
import { draftPath, incidentPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { incidentSeverity, incidentSource, incidentStanding } from "./incident-state";
import { attentionWord } from "./quiet-words";

/** One incident. The whole row opens it; the draft has its own link. On a phone the columns fold under the title. */
export function IncidentRow({ incident }: { incident: IncidentWire }) {
  const standing = incidentStanding(incident.status);
  const source = incidentSource(incident, useNames());
  const count = incident.occurrence_count.toLocaleString("en-GB");
  const word = attentionWord(incident);
  const state = word ? (
    <StateLabel
      state={word === "Came back" ? "deliveryFailed" : "cancelled"}
      word={word}
      className="flex w-fit"
    />
  ) : incident.held ? (
    <StateLabel state="held" className="flex w-fit" />
  ) : (
    <StateLabel state={standing.state} word={standing.word} className="flex w-fit" />
  );
  return (
    <TableRow data-row="" className="relative hover:bg-muted focus-within:bg-accent">
      <TableCell className="w-6 max-md:pt-2.5 max-md:align-top">
        <SeverityIcon severity={incidentSeverity(incident)} className="align-middle" />
      </TableCell>
      <TableCell className="max-w-0 min-w-0 max-md:w-full max-md:py-2">
        <Link
          href={incidentPath(incident.incident_id)}
          {...rowLink}
          title={plainWords(incident.title)}
          className="block truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          <RedactedText text={incident.title} />
        </Link>
        <span className="flex min-w-0 items-center gap-x-2 text-12 text-muted-foreground md:hidden">
          <span className="truncate">{source}</span>
          <span className="flex-none">{count}×</span>
          <RelativeTime value={incident.last_seen_at_ms} format="short" className="ml-auto flex-none" />
        </span>
        <span className="md:hidden">{state}</span>
      </TableCell>
      <TableCell className="max-w-0 truncate text-muted-foreground max-md:hidden" title={source}>
        {source}
      </TableCell>
      <TableCell align="right" className="pr-6 whitespace-nowrap max-md:hidden">
        {count}
      </TableCell>
      <TableCell className="text-muted-foreground max-lg:hidden">
        <RelativeTime value={incident.first_seen_at_ms} />
      </TableCell>
      <TableCell className="text-muted-foreground max-md:hidden">
        <RelativeTime value={incident.last_seen_at_ms} />
      </TableCell>
      <TableCell className="max-md:hidden">{state}</TableCell>
      <TableCell className="max-lg:hidden">
        {incident.draft_id ? (
          <Link href={draftPath(incident.draft_id)} className="link relative py-1 text-12">
            Open draft<span className="sr-only"> of {incident.title}</span>
          </Link>
        ) : (
          <span className="text-12 text-muted-foreground">None</span>
        )}
      </TableCell>
    </TableRow>
  );
}
