"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { NumberField } from "@/components/settings/number-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { ReadinessControlWire } from "@/lib/contracts/readiness";
import { useAttestControl, useWithdrawAttestation } from "@/lib/queries/readiness";
import { usePermission } from "@/lib/queries/session";

/** The buttons of a control that a person vouches for. */
export function Vouching({ control }: { control: ReadinessControlWire }) {
  const [isOpen, setOpen] = useState(false);
  const withdraw = useWithdrawAttestation();
  const announce = useAnnounce();
  const may = usePermission("configure");
  if (may.known && !may.allowed) {
    return <p className="text-12 text-muted-foreground">Admins vouch for it.</p>;
  }
  const { control_id: id, title, acknowledgement } = control;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-2">
      <Button
        size="xs"
        className="touch:h-11"
        aria-label={`Vouch for: ${title}`}
        onClick={() => setOpen(true)}
      >
        {acknowledgement ? "Vouch again" : "Vouch for it"}
      </Button>
      {acknowledgement ? (
        <Button
          size="xs"
          variant="ghost"
          className="touch:h-11"
          aria-label={`Take back: ${title}`}
          pending={withdraw.isPending}
          onClick={() => withdraw.mutate(id, { onSuccess: () => announce("It was taken back.") })}
        >
          Take it back
        </Button>
      ) : null}
      {withdraw.isError ? (
        <span role="alert" className="text-12">
          Not taken back: {withdraw.error.message}
        </span>
      ) : null}
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent size="sm">
          <VouchForm control={control} onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </div>
  );
}

const daysMax = 366;

function VouchForm({ control, onDone }: { control: ReadinessControlWire; onDone: () => void }) {
  const [note, setNote] = useState("");
  const [days, setDays] = useState<number | undefined>(90);
  const [isTried, setTried] = useState(false);
  const attest = useAttestControl();
  const announce = useAnnounce();
  const isSound = note.trim() !== "" && days !== undefined && days >= 1 && days <= daysMax;
  function submit() {
    setTried(true);
    if (!isSound) return;
    attest.mutate(
      { control_id: control.control_id, note, expires_in_days: days },
      {
        onSuccess: () => {
          announce("Recorded.");
          onDone();
        },
      },
    );
  }
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <DialogHeader>
        <DialogTitle>{control.title}</DialogTitle>
        <DialogDescription>
          {control.why} Your name, the note and the day are kept and audited; it is asked again when the day
          is over.
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        <Field
          label="What you vouch for"
          required
          help="Where it lies, who holds it, how it was checked. No passwords."
          error={isTried && note.trim() === "" ? "Say what you vouch for" : undefined}
        >
          <Textarea
            rows={3}
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <NumberField label="Holds for" unit="days" min={1} max={daysMax} value={days} onChange={setDays} />
        {attest.isError ? (
          <Alert tone="failed" title="Not recorded.">
            {attest.error.message}
          </Alert>
        ) : null}
      </DialogBody>
      <DialogFooter>
        <Button type="button" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="default" pending={attest.isPending}>
          Vouch for it
        </Button>
      </DialogFooter>
    </form>
  );
}
