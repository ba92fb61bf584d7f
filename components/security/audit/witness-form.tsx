"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { NumberField } from "@/components/settings/number-field";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { AuditPostingWire, AuditWitnessWire } from "@/lib/contracts/audit";
import { useSaveAuditWitness } from "@/lib/queries/audit";

const nobody = "none";

/** Who outside is told of checkpoints: what they hold shows any later rewriting, even by us. */
export function WitnessForm({ witness, canConfigure }: { witness: AuditWitnessWire; canConfigure: boolean }) {
  const nameOf = (id: string | null) =>
    witness.destinations.find((each) => each.destination_id === id)?.name || id || "Nobody";
  return (
    <Section title="Witness">
      <p className="text-12 text-muted-foreground">
        Signed checkpoints, posted to somebody else on a schedule. They hold hashes and sizes, nothing of an
        entry.
      </p>
      {canConfigure ? (
        <Fields witness={witness} />
      ) : (
        <p>
          {nameOf(witness.destination_id)}
          {witness.destination_id ? `, every ${witness.interval_minutes} min` : " is told"}. Admins change it.
        </p>
      )}
      {witness.postings.length > 0 ? (
        <ul aria-label="Last postings" className="flex flex-col gap-1 text-12">
          {witness.postings.map((posting) => (
            <li key={posting.posting_id} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <StateLabel state={postingState[posting.state]} word={postingWord[posting.state]} />
              <span>checkpoint {posting.size.toLocaleString("en-GB")}</span>
              <RelativeTime
                value={posting.ended_at_ms ?? posting.created_at_ms}
                className="text-muted-foreground"
              />
              {posting.reason ? (
                <span className="basis-full text-muted-foreground">{posting.reason.message}</span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

const postingState = { due: "due", sent: "published", failed: "deliveryFailed" } as const;
const postingWord: Record<AuditPostingWire["state"], string> = {
  due: "Due",
  sent: "Witnessed",
  failed: "Failed",
};

function Fields({ witness }: { witness: AuditWitnessWire }) {
  const [destination, setDestination] = useState(witness.destination_id ?? nobody);
  const [minutes, setMinutes] = useState<number | undefined>(witness.interval_minutes);
  const save = useSaveAuditWitness();
  const announce = useAnnounce();
  const isSound = minutes !== undefined && minutes >= 1 && minutes <= 10_080;
  const wanted = destination === nobody ? null : destination;
  const isChanged = wanted !== witness.destination_id || minutes !== witness.interval_minutes;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSound) return;
        const input = { destination_id: wanted, interval_minutes: minutes, version: witness.version };
        save.mutate(input, { onSuccess: () => announce("The witness was saved.") });
      }}
    >
      <ChoiceSelect
        label="Post to"
        value={destination}
        onChange={setDestination}
        help={
          witness.destinations.length === 0
            ? "Make a webhook destination first; it is signed and sent under its rules."
            : "A webhook destination, signed and sent under its own rules."
        }
        options={[
          { value: nobody, label: "Nobody" },
          ...witness.destinations.map((each) => ({
            value: each.destination_id,
            label: each.name || each.destination_id,
          })),
        ]}
      />
      <NumberField
        label="At most one in"
        unit="min"
        min={1}
        max={10_080}
        value={minutes}
        onChange={setMinutes}
      />
      {save.isError ? (
        <Alert tone="failed" title="Not saved.">
          {save.error.message}
        </Alert>
      ) : null}
      <Button
        type="submit"
        size="sm"
        className="w-fit touch:h-11"
        pending={save.isPending}
        disabled={!isChanged || !isSound}
      >
        Save witness
      </Button>
    </form>
  );
}
