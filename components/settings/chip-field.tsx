"use client";

import { Field, type FieldProps } from "@/components/ui/field";
import { ChipInput } from "./chip-input";

type ChipFieldProps = Pick<FieldProps, "label" | "note" | "help" | "error" | "aside" | "className"> & {
  values: readonly string[];
  onChange: (values: string[]) => void;
  suggestions?: readonly string[];
  placeholder?: string;
  mono?: boolean;
  whole?: boolean;
};

export function ChipField(props: ChipFieldProps) {
  const { values, onChange, suggestions, placeholder, mono, whole, ...field } = props;
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
          whole={whole}
        />
      )}
    </Field>
  );
}
