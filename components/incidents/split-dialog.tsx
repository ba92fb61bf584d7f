"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { QueryFailure } from "@/components/layout/query-failure";
import { plural } from "@/components/settings/words";
import { RedactedText } from "@/components/state/redacted-text";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { IncidentWire } from "@/lib/contracts/incident";
import { incidentPath } from "@/lib/paths";
import { useSplitIncident, useUndoGrouping, variationsQuery } from "@/lib/queries/incident-actions";
import { attributeWord } from "./identity-words";
import { IncidentDialog } from "./incident-dialog";

/** What differs among its sightings, with counts; one value becomes an incident of its own. */
export function SplitDialog({ incident, onClose }: { incident: IncidentWire; onClose: () => void }) {
  const found = useQuery(variationsQuery(incident.incident_id));
  const split = useSplitIncident(incident.incident_id);
  const undo = useUndoGrouping();
  const [chosen, setChosen] = useState("");
  const [reason, setReason] = useState("");
  const variations = found.data?.variations ?? [];
  const [attribute = "", value = ""] = chosen ? (JSON.parse(chosen) as [string, string]) : [];

  function submit() {
    split.mutate(
      { attribute, value, reason: reason.trim() || null },
      {
        onSuccess: (made) => {
          notify("approved", `${plural(made.moved, "sighting")} split off`, {
            description: (
              <Link href={incidentPath(made.incident.incident_id)} className="link">
                Open the new incident
              </Link>
            ),
            action: { label: "Undo", onClick: () => undo.mutate(made.rule_id) },
          });
          onClose();
        },
      },
    );
  }
  return (
    <IncidentDialog
      title="Split by what varies"
      description="The sightings with one value become an incident of their own, and later ones go there."
      action="Split"
      footnote="Can be undone: the parts are merged again."
      ready={chosen !== ""}
      pending={split.isPending}
      error={split.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {found.isPending ? (
        <LoadingRows what="what varies" count={4} />
      ) : found.isError ? (
        <QueryFailure
          error={found.error}
          what="What varies"
          onRetry={() => void found.refetch()}
          retrying={found.isFetching}
        />
      ) : variations.length === 0 ? (
        <p className="text-muted-foreground">
          Nothing differs among its {plural(found.data?.looked_at ?? 0, "newest sighting")}: release,
          environment, level, process and message are the same in all of them.
        </p>
      ) : (
        <RadioGroup
          value={chosen}
          onValueChange={setChosen}
          aria-label="Value to split off"
          className="gap-4"
        >
          {variations.map((each) => (
            <fieldset key={each.attribute} className="flex flex-col gap-1.5">
              <legend className="mb-1 text-12 text-muted-foreground">
                {attributeWord(each.attribute)}, {each.distinct} different
              </legend>
              {each.values.map((one) =>
                one.value === undefined ? null : (
                  <Choice
                    key={one.value}
                    label={
                      <span className="font-mono text-12 wrap-anywhere">
                        <RedactedText text={one.value} />
                      </span>
                    }
                    aside={
                      <span className="text-12 text-muted-foreground tabular-nums">
                        {one.count.toLocaleString("en-GB")}×
                      </span>
                    }
                  >
                    <RadioGroupItem value={JSON.stringify([each.attribute, one.value])} />
                  </Choice>
                ),
              )}
            </fieldset>
          ))}
        </RadioGroup>
      )}
      {variations.length > 0 ? (
        <Field label="Reason" note="(on the record)">
          <Input value={reason} maxLength={1_000} onChange={(event) => setReason(event.target.value)} />
        </Field>
      ) : null}
    </IncidentDialog>
  );
}
