"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { QueryFailure } from "@/components/layout/query-failure";
import { plural } from "@/components/settings/words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IncidentWire } from "@/lib/contracts/incident";
import { mergeCandidatesQuery, useMergeIncidents, useUnmergeIncident } from "@/lib/queries/incident-actions";
import { IncidentDialog } from "./incident-dialog";
import { MergeCandidate } from "./merge-candidate";

/** Others into this one: what is like it stands first, part by part; any other by its id. */
export function MergeDialog({ incident, onClose }: { incident: IncidentWire; onClose: () => void }) {
  const candidates = useQuery(mergeCandidatesQuery(incident.incident_id));
  const merge = useMergeIncidents(incident.incident_id);
  const unmerge = useUnmergeIncident();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const ids = [...chosen, ...typed.split(/[\s,]+/).filter((id) => id !== "" && !chosen.includes(id))];
  const rows = candidates.data?.candidates ?? [];

  function submit() {
    merge.mutate(
      { incident_ids: ids, reason: reason.trim() || null },
      {
        onSuccess: () => {
          notify("approved", `${plural(ids.length, "incident")} merged`, {
            description: "Their sightings count here from now on.",
            action: {
              label: "Undo",
              onClick: () => {
                for (const id of ids)
                  unmerge.mutate(id, {
                    onSuccess: () => notify("cancelled", "Taken out again", { description: id }),
                  });
              },
            },
          });
          onClose();
        },
      },
    );
  }
  return (
    <IncidentDialog
      title="Merge into this incident"
      description="It shows all their sightings, and later ones of theirs count here. Their open drafts are closed and approvals voided; what was published stays."
      action={ids.length > 1 ? `Merge ${ids.length}` : "Merge"}
      footnote="Can be undone at any time."
      size="lg"
      ready={ids.length > 0}
      pending={merge.isPending}
      error={merge.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {candidates.isPending ? (
        <LoadingRows what="incidents that are alike" count={3} />
      ) : candidates.isError ? (
        <QueryFailure
          error={candidates.error}
          what="Incidents that are alike"
          onRetry={() => void candidates.refetch()}
          retrying={candidates.isFetching}
        />
      ) : rows.length === 0 ? (
        <p className="text-muted-foreground">Nothing in the same project and source is like it.</p>
      ) : (
        <ul aria-label="Incidents that are alike" className="flex flex-col">
          {rows.map((candidate) => (
            <MergeCandidate
              key={candidate.incident_id}
              candidate={candidate}
              chosen={chosen.includes(candidate.incident_id)}
              onChange={(on) =>
                setChosen((before) =>
                  on
                    ? [...before, candidate.incident_id]
                    : before.filter((id) => id !== candidate.incident_id),
                )
              }
            />
          ))}
        </ul>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Another one, by its id" note="(same project and source)">
          <Input value={typed} className="font-mono" onChange={(event) => setTyped(event.target.value)} />
        </Field>
        <Field label="Reason" note="(on the record)">
          <Input value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </IncidentDialog>
  );
}
