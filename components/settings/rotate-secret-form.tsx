"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { ChoiceSelect } from "./choice-select";
import { SaveError } from "./save-error";
import { dayMs, expiryOf, lifetimes } from "./secret-lifetimes";

/** Without `expires_at_ms` the new one lives as long as the old one was made for; null is never. */
export type RotateSecretInput = { overlap_ms: number; expires_at_ms?: number | null };

type RotateSecretFormProps = {
  noun: "key" | "token";
  name: string;
  /** What the new one has of the old one, and what both do until the old one ends. */
  description: string;
  /** Who is helped by a day's overlap. */
  dayHelp: string;
  neverExpires: boolean;
  pending: boolean;
  error: Error | null;
  onRotate: (input: RotateSecretInput) => void;
};

const same = "same";

/** How long the old one still works, and how long the new one does. Its scope is the old one's. */
export function RotateSecretForm(props: RotateSecretFormProps) {
  const { noun, name, description, dayHelp, neverExpires, pending, error, onRotate } = props;
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
        <DialogTitle>Rotate {name}?</DialogTitle>
        <DialogDescription>{description}</DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        {error ? <SaveError error={error} /> : null}
        <ChoiceSelect
          label={`The old ${noun} still works for`}
          value={overlap}
          options={[
            {
              value: "0",
              label: "Not at all",
              help: `The old ${noun} stops this moment: for one that leaked`,
            },
            { value: "1", label: "1 day", help: dayHelp },
            { value: "7", label: "7 days", help: `Time to put the new ${noun} everywhere` },
            { value: "30", label: "30 days", help: "For what is deployed seldom" },
          ]}
          onChange={setOverlap}
        />
        <ChoiceSelect
          label={`The new ${noun} expires after`}
          value={lifetime}
          options={[
            {
              value: same,
              label: neverExpires ? "Never, as the old one" : "As long as the old one was made for",
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
          Make the new {noun}
        </Button>
      </DialogFooter>
    </form>
  );
}
