"use client";

import type { FieldProps } from "@/components/ui/field";
import { ChoiceSelect } from "./choice-select";

export const redactionProfiles = [
  { value: "standard", label: "Standard", help: "Secrets, tokens, keys and card numbers" },
  {
    value: "strict",
    label: "Strict",
    help: "Those, and mail addresses, phone numbers and other personal data",
  },
] as const;

const inherited = "*";

type RedactionProfileSelectProps = Pick<FieldProps, "label" | "error" | "className"> & {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** What holds while none is chosen: "The default: standard". Left out where one must be chosen. */
  inherits?: string;
};

/** A redaction profile by name. One that nobody knows is kept, and said to be the strictest. */
export function RedactionProfileSelect({ value, onChange, inherits, ...field }: RedactionProfileSelectProps) {
  const known = redactionProfiles.some((profile) => profile.value === value);
  return (
    <ChoiceSelect
      {...field}
      value={value ?? inherited}
      options={[
        ...(inherits ? [{ value: inherited, label: inherits }] : []),
        ...redactionProfiles,
        ...(value && !known
          ? [{ value, label: value, help: "No profile has this name, so the strictest is used" }]
          : []),
      ]}
      onChange={(next) => onChange(next === inherited ? undefined : next)}
    />
  );
}
