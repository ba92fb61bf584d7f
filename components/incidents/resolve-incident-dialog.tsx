"use client";

import { useState } from "react";
import { notify } from "@/components/layout/notify";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IncidentWire } from "@/lib/contracts/incident";
import { useEndQuiet, useResolveIncident } from "@/lib/queries/incident-actions";
import { IncidentDialog } from "./incident-dialog";

/** Done with, in a release; seen again, it is a regression. */
export function ResolveIncidentDialog({
  incident,
  onClose,
}: {
  incident: IncidentWire;
  onClose: () => void;
}) {
  const resolve = useResolveIncident(incident.incident_id);
  const end = useEndQuiet(incident.incident_id);
  const newest = incident.releases?.at(-1)?.release ?? "";
  const [release, setRelease] = useState("");
  const [reason, setReason] = useState("");

  function submit() {
    resolve.mutate(
      { release: release.trim() || null, reason: reason.trim() || null },
      {
        onSuccess: () => {
          notify("published", "Resolved", {
            description: "Seen again, it is marked as a regression.",
            action: { label: "Undo", onClick: () => end.mutate("reopen") },
          });
          onClose();
        },
      },
    );
  }
  return (
    <IncidentDialog
      title="Resolve this incident"
      description="Its next sighting marks it as a regression, with the release it came back in."
      action="Resolve"
      ready
      pending={resolve.isPending}
      error={resolve.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Resolved in release"
        help={newest ? `Empty: ${newest}, the newest it was seen in.` : "Its sightings name no release yet."}
      >
        <Input value={release} maxLength={200} onChange={(event) => setRelease(event.target.value)} />
      </Field>
      <Field label="Reason" note="(on the record)">
        <Input value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </IncidentDialog>
  );
}
