"use client";

import { Field, type FieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type TextFieldProps = Pick<
  FieldProps,
  "label" | "note" | "help" | "error" | "className" | "required" | "aside"
> & {
  value: string | undefined;
  onChange: (value: string) => void;
  placeholder?: string;
  mono?: boolean;
  readOnly?: boolean;
  type?: "text" | "url";
  maxLength?: number;
};

/** One line of text with its label, help and error. */
export function TextField(props: TextFieldProps) {
  const { value, onChange, placeholder, mono, readOnly, type = "text", maxLength = 500, ...field } = props;
  return (
    <Field {...field}>
      <Input
        type={type}
        value={value ?? ""}
        placeholder={placeholder}
        mono={mono}
        readOnly={readOnly}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={!mono && type === "text"}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
