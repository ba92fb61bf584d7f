"use client";

import { Trash2 } from "lucide-react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { NumberField } from "@/components/settings/number-field";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import type { RetentionProfileWire } from "@/lib/contracts/config-safety";
import { keptKinds } from "./retention-words";

type ProfileRowProps = {
  row: RetentionProfileWire;
  /** Of a field: `.profile_id`; of the whole row: "". */
  errorAt: (field: string) => string | undefined;
  onChange: (row: RetentionProfileWire) => void;
  onRemove: () => void;
};

const modes = [
  { value: "delete" as const, label: "Erases texts", help: "Gone from the database. There is no way back." },
  {
    value: "hide" as const,
    label: "Hides records",
    help: "Out of sight; texts of records stay. Evidence goes.",
  },
];

export function ProfileRow({ row, errorAt, onChange, onRemove }: ProfileRowProps) {
  const name = row.profile_id || "without a name";
  return (
    <li className="rounded-lg border border-border p-3">
      <fieldset className="flex min-w-0 flex-col gap-4">
        <legend className="sr-only">Profile {name}</legend>
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
          <TextField
            label="Name"
            value={row.profile_id}
            maxLength={200}
            required
            error={errorAt(".profile_id")}
            onChange={(value) => onChange({ ...row, profile_id: value ?? "" })}
          />
          <ChoiceSelect
            label="When the time is over"
            value={row.mode}
            options={modes}
            onChange={(mode) => onChange({ ...row, mode })}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            className="touch:size-11 max-sm:justify-self-end sm:mt-6"
            aria-label={`Remove the profile ${name}`}
            onClick={onRemove}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
        <div className="grid grid-cols-1 gap-4 min-[480px]:grid-cols-2 md:grid-cols-4">
          {keptKinds.map(({ key, label, help }) => (
            <NumberField
              key={key}
              label={label}
              unit="days"
              min={1}
              max={36_500}
              help={help}
              value={row[key]}
              error={errorAt(`.${key}`)}
              onChange={(days) => onChange(withDays(row, key, days))}
            />
          ))}
        </div>
        <p className="text-12 text-muted-foreground">{errorAt("") ?? "An empty span keeps for ever."}</p>
      </fieldset>
    </li>
  );
}

/** An emptied span is absent, so that a row that is as it was counts as unchanged. */
function withDays(
  row: RetentionProfileWire,
  key: (typeof keptKinds)[number]["key"],
  days: number | undefined,
): RetentionProfileWire {
  const { [key]: _, ...rest } = row;
  return days === undefined ? rest : { ...rest, [key]: days };
}
