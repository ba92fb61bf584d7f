"use client";

import { Field, type FieldProps } from "@/components/ui/field";
import { ChipInput } from "./chip-input";

type ChipFieldProps = Pick<FieldProps, "label" | "note" | "help" | "error" | "aside" | "className"> & {
  values: readonly string[];
  onChange: (values: string[]) => void;
  suggestions?: readonly string[];
  placeholder?: string;
  mono?: boolean;
};

export function ChipField({ values, onChange, suggestions, placeholder, mono, ...field }: ChipFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <ChipInput
          control={control}
          values={values}
          onChange={onChange}
          suggestions={suggestions}
          placeholder={placeholder}
          mono={mono}
        />
      )}
    </Field>
  );
}
