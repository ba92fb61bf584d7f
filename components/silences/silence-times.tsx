"use client";

import { zoneName } from "@/components/layout/format-time";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { presetEnd, presets, type SilenceForm } from "./silence-form";

type SilenceTimesProps = {
  form: SilenceForm;
  timeZone: string;
  errorAt: (path: string) => string | undefined;
  onChange: (form: SilenceForm) => void;
};

/** From when until when. The end must be said; the usual ones are one press away. */
export function SilenceTimes({ form, timeZone, errorAt, onChange }: SilenceTimesProps) {
  const zone = zoneName(Date.now(), timeZone);
  return (
    <FieldSet legend={`When, ${zone}`}>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="From" help="Empty: from now on." error={errorAt("starts_at_ms")}>
          <Input
            type="datetime-local"
            value={form.starts}
            onChange={(event) => onChange({ ...form, starts: event.target.value })}
          />
        </Field>
        <Field label="Until" required error={errorAt("expires_at_ms")}>
          <Input
            type="datetime-local"
            value={form.expires}
            onChange={(event) => onChange({ ...form, expires: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-1">
        {presets.map(({ label, ms }) => (
          <Button
            key={label}
            size="xs"
            className="touch:h-11"
            aria-label={`Until ${label} from ${form.starts ? "the start" : "now"}`}
            onClick={() => onChange({ ...form, expires: presetEnd(ms, form.starts, Date.now(), timeZone) })}
          >
            {label}
          </Button>
        ))}
      </div>
    </FieldSet>
  );
}
