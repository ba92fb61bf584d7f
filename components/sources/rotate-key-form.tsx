"use client";

import { type FormEvent, useState } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { SaveError } from "@/components/settings/save-error";
import { Button } from "@/components/ui/button";
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { IntakeKeyWire, RotateIntakeKeyWire } from "@/lib/contracts/intake-key";
import { dayMs, expiryOf, lifetimes, overlaps } from "./key-lifetimes";

type RotateKeyFormProps = {
  intakeKey: IntakeKeyWire;
  pending: boolean;
  error: Error | null;
  onRotate: (input: RotateIntakeKeyWire) => void;
};

const same = "same";

/** How long the old key still works, and how long the new one does. Its scope is the old one's. */
export function RotateKeyForm({ intakeKey, pending, error, onRotate }: RotateKeyFormProps) {
  const [overlap, setOverlap] = useState("7");
  const [lifetime, setLifetime] = useState(same);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    onRotate({
      overlap_ms: Number(overlap) * dayMs,
      ...(lifetime !== same && { expires_at_ms: expiryOf(lifetime, Date.now()) }),
    });
  }
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogHeader>
        <DialogTitle>Rotate {intakeKey.name}?</DialogTitle>
        <DialogDescription>
          A new key with the same project, sources and limits. Both report until the old one ends.
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        {error ? <SaveError error={error} /> : null}
        <ChoiceSelect
          label="The old key still works for"
          value={overlap}
          options={overlaps}
          onChange={setOverlap}
        />
        <ChoiceSelect
          label="The new key expires after"
          value={lifetime}
          options={[
            {
              value: same,
              label:
                intakeKey.expires_at_ms === undefined
                  ? "Never, as the old one"
                  : "As long as the old one was made for",
            },
            ...lifetimes,
          ]}
          onChange={setLifetime}
        />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="default" pending={pending}>
          Make the new key
        </Button>
      </DialogFooter>
    </form>
  );
}
