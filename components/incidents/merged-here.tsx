"use client";

import Link from "next/link";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import type { IncidentWire } from "@/lib/contracts/incident";
import { incidentPath } from "@/lib/paths";
import { useUnmergeIncident } from "@/lib/queries/incident-actions";
import { usePermission } from "@/lib/queries/session";

/** What is merged into this incident; each can be taken out again. */
export function MergedHere({ incident }: { incident: IncidentWire }) {
  const unmerge = useUnmergeIncident();
  const may = usePermission("decide").allowed;
  const members = incident.members ?? [];
  if (members.length === 0) return null;
  return (
    <Section title="Merged here" count={String(members.length)}>
      <ul className="-mt-1">
        {members.map((member) => (
          <li
            key={member.incident_id}
            className="flex min-h-9 min-w-0 items-center gap-2 border-b border-border py-1 last:border-b-0"
          >
            <Link href={incidentPath(member.incident_id)} className="link min-w-0 flex-1 truncate">
              <RedactedText text={member.title} />
            </Link>
            <span className="flex-none text-12 text-muted-foreground tabular-nums">
              {member.occurrence_count.toLocaleString("en-GB")}×
            </span>
            {may ? (
              <Button
                size="xs"
                className="touch:h-11"
                aria-label={`Take out ${member.title}`}
                pending={unmerge.isPending && unmerge.variables === member.incident_id}
                onClick={() =>
                  unmerge.mutate(member.incident_id, {
                    onSuccess: () =>
                      notify("approved", "Taken out again", {
                        description: "What came by its own fingerprint went with it.",
                      }),
                    onError: (error) => notifyFailure("Not taken out", error),
                  })
                }
              >
                Take out
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
