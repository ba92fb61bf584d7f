"use client";

import { useState } from "react";
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
  /** Somebody tried to go on: its error stands although nobody was in it yet. */
  insist?: boolean;
};

/** One line of text with its label, help and error. That it is still empty is held against nobody before they leave it. */
export function TextField(props: TextFieldProps) {
  const {
    value,
    onChange,
    placeholder,
    mono,
    readOnly,
    type = "text",
    maxLength = 500,
    insist,
    ...field
  } = props;
  const [left, setLeft] = useState(false);
  return (
    <Field {...field} error={value || left || insist ? field.error : undefined}>
      <Input
        type={type}
        value={value ?? ""}
        placeholder={placeholder}
        mono={mono}
        readOnly={readOnly}
        className="disabled:placeholder:text-transparent"
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={!mono && type === "text"}
        onBlur={() => setLeft(true)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
