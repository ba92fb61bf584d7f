"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { RowsField } from "./rows-field";
import type { SummaryFieldSpec } from "./summary-fields";
import type { FormValue } from "./summary-form";

type SummaryFieldProps = {
  field: SummaryFieldSpec;
  value: FormValue;
  /** Where its words come from. */
  note?: ReactNode;
  error?: string;
  /** The first value: one that was said cannot be unsaid. */
  base: FormValue;
  onChange: (value: FormValue) => void;
};

/** One field of a summary in the control that fits it. */
export function SummaryField({ field, value, note, error, base, onChange }: SummaryFieldProps) {
  if (field.kind === "rows" || field.kind === "shaped") {
    return (
      <RowsField
        label={field.label}
        noun={field.noun}
        rows={typeof value === "string" ? [] : value}
        rowsMax={field.rowsMax}
        mono={field.kind === "rows" && field.mono}
        note={note}
        error={error}
        onChange={onChange}
      />
    );
  }
  const text = typeof value === "string" ? value : "";
  if (field.kind === "choice") {
    const options = field.options.filter((option) => option.value !== "" || base === "");
    return (
      <Field label={field.label} note={note} error={error} className="sm:max-w-72">
        {(control) => (
          <Select value={text || unsaid} onValueChange={(next) => onChange(next === unsaid ? "" : next)}>
            <SelectTrigger {...control}>
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {options.map((option) => (
                <SelectItem key={option.value} value={option.value || unsaid}>
                  {option.label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
    );
  }
  return (
    <Field
      label={field.label}
      note={note}
      error={error}
      aside={
        text.length > field.max * 0.8 ? (
          <span className="text-muted-foreground">
            {text.length.toLocaleString("en-GB")} of {field.max.toLocaleString("en-GB")}
          </span>
        ) : undefined
      }
    >
      {(control) =>
        field.lines === 1 ? (
          <Input {...control} value={text} onChange={({ target }) => onChange(target.value)} />
        ) : (
          <Textarea
            {...control}
            rows={field.lines}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      }
    </Field>
  );
}

/** A select has no empty value of its own. */
const unsaid = "unsaid";
