"use client";

import { Field, type FieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type NumberFieldProps = Pick<FieldProps, "label" | "note" | "help" | "error" | "className" | "required"> & {
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  unit?: string;
  /** What holds while it is empty. */
  fallback?: number;
  min?: number;
  max?: number;
};

/** A whole number with its unit; empty is "not set". Says the range when it is left. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, unit, fallback, min = 0, max = Number.MAX_SAFE_INTEGER, error, ...field } = props;
  const outside = value !== undefined && (value < min || value > max);
  const range = max === Number.MAX_SAFE_INTEGER ? `At least ${min}` : `From ${min} to ${max}`;
  return (
    <Field {...field} error={error ?? (outside ? range : undefined)}>
      <Input
        inputMode="numeric"
        value={value === undefined ? "" : String(value)}
        placeholder={fallback === undefined ? undefined : String(fallback)}
        onChange={(event) => {
          const digits = event.target.value.replaceAll(/\D/g, "").slice(0, 15);
          onChange(digits === "" ? undefined : Number(digits));
        }}
        trailing={unit ? <span className="flex-none text-12 text-muted-foreground">{unit}</span> : undefined}
      />
    </Field>
  );
}
