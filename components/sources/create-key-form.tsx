"use client";

import { type FormEvent, useState } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import { SaveError } from "@/components/settings/save-error";
import { expiryOf, lifetimes } from "@/components/settings/secret-lifetimes";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import {
  DialogBody,
  DialogClose,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldSet } from "@/components/ui/field-set";
import type { MonitoredProjectWire } from "@/lib/contracts/config";
import type { CreateIntakeKeyWire } from "@/lib/contracts/intake-key";

type CreateKeyFormProps = {
  project: MonitoredProjectWire;
  pending: boolean;
  error: Error | null;
  onCreate: (input: CreateIntakeKeyWire) => void;
};

/** What a new key is for: a name, how long it lives, and which sources it may name. */
export function CreateKeyForm({ project, pending, error, onCreate }: CreateKeyFormProps) {
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState("90");
  const [sourceIds, setSourceIds] = useState<string[]>([]);
  const [rate, setRate] = useState<number | undefined>();
  const [burst, setBurst] = useState<number | undefined>();
  const [quota, setQuota] = useState<number | undefined>();
  const [asked, setAsked] = useState(false);
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === "" || pending) return;
    onCreate({
      project_id: project.project_id,
      name: name.trim(),
      source_ids: sourceIds,
      expires_at_ms: expiryOf(lifetime, Date.now()),
      rate_per_second: rate,
      burst,
      daily_quota: quota,
    });
  }
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <DialogHeader>
        <DialogTitle>New intake key for {project.name}</DialogTitle>
        <DialogDescription>It can report for this project and do nothing else.</DialogDescription>
      </DialogHeader>
      <DialogBody className="flex flex-col gap-4">
        {error ? <SaveError error={error} /> : null}
        <TextField
          label="Name"
          required
          value={name}
          placeholder="GitHub Actions"
          help="Who uses it. One key for each user makes it easy to take one back."
          error={asked && name.trim() === "" ? "A key needs a name" : undefined}
          maxLength={120}
          onChange={setName}
        />
        <ChoiceSelect label="Expires after" value={lifetime} options={lifetimes} onChange={setLifetime} />
        {project.log_sources.length > 0 ? (
          <FieldSet legend="Sources it may name" help="None chosen: any source of the project.">
            {project.log_sources.map(({ source_id }) => (
              <Choice key={source_id} label={source_id}>
                <Checkbox
                  checked={sourceIds.includes(source_id)}
                  onCheckedChange={(checked) =>
                    setSourceIds(
                      checked === true
                        ? [...sourceIds, source_id]
                        : sourceIds.filter((other) => other !== source_id),
                    )
                  }
                />
              </Choice>
            ))}
          </FieldSet>
        ) : null}
        <MoreSettings
          title="Limits"
          summary={rate || burst || quota ? "set by hand" : "1,000/s, bursts of 10,000, any number a day"}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            <NumberField
              label="Reports a second"
              min={1}
              max={1_000_000}
              fallback={1_000}
              value={rate}
              onChange={setRate}
            />
            <NumberField
              label="At once after a pause"
              min={1}
              max={10_000_000}
              fallback={10_000}
              value={burst}
              onChange={setBurst}
            />
            <NumberField
              label="Reports a day"
              help="Counted by UTC days. Empty: as many as its rate allows."
              min={1}
              max={2_000_000_000}
              value={quota}
              onChange={setQuota}
            />
          </div>
        </MoreSettings>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="default" pending={pending}>
          Create key
        </Button>
      </DialogFooter>
    </form>
  );
}
