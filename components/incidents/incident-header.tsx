"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { RecordHeader } from "@/components/layout/record-header";
import { RelativeTime } from "@/components/layout/relative-time";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { RedactedText } from "@/components/state/redacted-text";
import { SeverityLabel } from "@/components/state/severity-label";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import type { IncidentWire } from "@/lib/contracts/incident";
import { draftPath } from "@/lib/paths";
import { useNames } from "@/lib/queries/names";
import { type IncidentActionName, IncidentActions } from "./incident-actions";
import { incidentSeverity, incidentSource, incidentStanding } from "./incident-state";

type IncidentHeaderProps = { incident: IncidentWire; opened: IncidentActionName | null };

/** Title, facts, what can be done about it, and the way on: its draft. */
export function IncidentHeader({ incident, opened }: IncidentHeaderProps) {
  const router = useRouter();
  const name = useNames();
  const draft = incident.draft_id ? draftPath(incident.draft_id) : undefined;
  useShortcuts([
    {
      keys: "enter",
      label: "Review the draft",
      group: "Incident",
      disabled: !draft,
      run: () => draft && router.push(draft),
    },
  ]);
  const standing = incidentStanding(incident.status);
  return (
    <RecordHeader
      title={<RedactedText text={incident.title} />}
      actions={
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <IncidentActions incident={incident} opened={opened} />
          {draft ? (
            <Button asChild variant="default" kbd="↵" className="touch:h-11 max-sm:w-full">
              <Link href={draft}>Review draft</Link>
            </Button>
          ) : null}
        </div>
      }
    >
      <SeverityLabel severity={incidentSeverity(incident)} />
      {incident.held ? (
        <StateLabel state="held" />
      ) : (
        <StateLabel state={standing.state} word={standing.word} />
      )}
      <span>{incidentSource(incident, name)}</span>
      <span>
        {incident.occurrence_count.toLocaleString("en-GB")}{" "}
        {incident.occurrence_count === 1 ? "occurrence" : "occurrences"}
      </span>
      <span>
        first <RelativeTime value={incident.first_seen_at_ms} />
      </span>
      <span>
        last <RelativeTime value={incident.last_seen_at_ms} />
      </span>
    </RecordHeader>
  );
}
