"use client";

import { zoneName } from "@/components/layout/format-time";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type BackfillRange, backfillSpans, type RangeReading, rangeOf } from "./backfill-range";

type BackfillFieldsProps = {
  range: BackfillRange;
  timeZone: string;
  fault: Extract<RangeReading, { ok: false }> | null;
  disabled: boolean;
  onChange: (range: BackfillRange) => void;
};

/** From when until when, by the clock of the page, or one of the spans people ask for. */
export function BackfillFields({ range, timeZone, fault, disabled, onChange }: BackfillFieldsProps) {
  const zone = `(${zoneName(Date.now(), timeZone)})`;
  const field = (name: keyof BackfillRange, label: string) => (
    <Field label={label} note={zone} error={fault?.field === name ? fault.message : undefined}>
      <Input
        type="datetime-local"
        value={range[name]}
        onChange={(event) => onChange({ ...range, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">Span of time</legend>
      <div className="flex flex-wrap gap-2">
        {backfillSpans.map(({ label, ms }) => (
          <Button
            key={label}
            size="xs"
            className="touch:h-11"
            onClick={() => onChange(rangeOf(ms, Date.now(), timeZone))}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {field("from", "From")}
        {field("to", "Until")}
      </div>
    </fieldset>
  );
}
