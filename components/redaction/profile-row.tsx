"use client";

import { Trash2 } from "lucide-react";
import { ChipField } from "@/components/settings/chip-field";
import { TextField } from "@/components/settings/text-field";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import type { RedactionProfileWire } from "@/lib/contracts/config-safety";
import { PatternRows } from "./pattern-rows";
import { personalClasses } from "./redaction-words";

type ProfileRowProps = {
  row: RedactionProfileWire;
  /** Of a field: `.profile_id`. */
  errorAt: (field: string) => string | undefined;
  onChange: (row: RedactionProfileWire) => void;
  onRemove: () => void;
};

/** One profile: classes of personal data, patterns, and what is spared. */
export function ProfileRow({ row, errorAt, onChange, onRemove }: ProfileRowProps) {
  const name = row.profile_id || "without a name";
  const has = new Set(row.personal_data);
  return (
    <li className="rounded-lg border border-border p-3">
      <fieldset className="flex min-w-0 flex-col gap-4">
        <legend className="sr-only">Profile {name}</legend>
        <div className="grid gap-4 grid-cols-[minmax(0,1fr)_auto] sm:grid-cols-[minmax(0,280px)_auto] sm:justify-between">
          <TextField
            label="Name"
            value={row.profile_id}
            maxLength={200}
            required
            error={errorAt(".profile_id")}
            onChange={(value) => onChange({ ...row, profile_id: value ?? "" })}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            className="mt-6 touch:size-11"
            aria-label={`Remove the profile ${name}`}
            onClick={onRemove}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
        <fieldset className="flex min-w-0 flex-col gap-2">
          <legend className="mb-1 text-12 font-medium">Personal data that is taken out</legend>
          <div className="grid grid-cols-1 gap-2 min-[480px]:grid-cols-2 md:grid-cols-4">
            {personalClasses.map(({ value, label, help }) => (
              <Choice key={value} label={label} help={help}>
                <Checkbox
                  checked={has.has(value)}
                  onCheckedChange={(checked) =>
                    onChange({ ...row, personal_data: toggled(row, value, checked === true) })
                  }
                />
              </Choice>
            ))}
          </div>
        </fieldset>
        <PatternRows
          profile={name}
          patterns={row.patterns ?? []}
          errorAt={(field) => errorAt(`.patterns${field}`)}
          onChange={(patterns) => onChange(without({ ...row, patterns }))}
        />
        <ChipField
          label="Values to spare"
          note="(optional)"
          mono
          whole
          placeholder="support@example.com"
          help="Left in place where personal data or a pattern finds them; @example.com spares every address there. No secret is ever spared."
          values={row.allowed_values ?? []}
          onChange={(allowed_values) => onChange(without({ ...row, allowed_values }))}
        />
      </fieldset>
    </li>
  );
}

function toggled(
  { personal_data }: RedactionProfileWire,
  value: RedactionProfileWire["personal_data"][number],
  checked: boolean,
) {
  const others = personal_data.filter((each) => each !== value);
  return checked ? [...others, value] : others;
}

/** An emptied list is absent, so that a row that is as it was counts as unchanged. */
function without(row: RedactionProfileWire): RedactionProfileWire {
  const { patterns, allowed_values, ...rest } = row;
  return {
    ...rest,
    ...(patterns && patterns.length > 0 && { patterns }),
    ...(allowed_values && allowed_values.length > 0 && { allowed_values }),
  };
}
