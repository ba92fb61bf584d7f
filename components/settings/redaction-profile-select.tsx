"use client";

import type { FieldProps } from "@/components/ui/field";
import type { RedactionProfileWire } from "@/lib/contracts/config-safety";
import { ChoiceSelect } from "./choice-select";
import { useKnownProfiles } from "./use-known-profiles";

const builtIn = [
  { value: "standard", label: "Standard", help: "Secrets, tokens, keys and card numbers" },
  {
    value: "strict",
    label: "Strict",
    help: "Those, and mail and IP addresses, phone numbers and other personal data",
  },
];

const inherited = "*";

type RedactionProfileSelectProps = Pick<FieldProps, "label" | "error" | "className"> & {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** What holds while none is chosen: "The default: standard". Left out where one must be chosen. */
  inherits?: string;
  /** As they stand in a form; those that are saved when left out. */
  profiles?: readonly RedactionProfileWire[];
};

/** A redaction profile by name. One that nobody knows is kept, and said to be the strictest. */
export function RedactionProfileSelect(props: RedactionProfileSelectProps) {
  const { value, onChange, inherits, profiles, ...field } = props;
  const saved = useKnownProfiles().redaction;
  const own = (profiles ?? saved).filter(({ profile_id }) => profile_id !== "");
  const options = [
    ...builtIn,
    ...own
      .filter(({ profile_id }) => !builtIn.some((each) => each.value === profile_id))
      .map((row) => ({ value: row.profile_id, label: row.profile_id, help: profileWords(row) })),
  ];
  const known = options.some((each) => each.value === value);
  return (
    <ChoiceSelect
      {...field}
      value={value ?? inherited}
      options={[
        ...(inherits ? [{ value: inherited, label: inherits }] : []),
        ...options,
        ...(value && !known
          ? [{ value, label: value, help: "No profile has this name, so the strictest is used" }]
          : []),
      ]}
      onChange={(next) => onChange(next === inherited ? undefined : next)}
    />
  );
}

/** "Secrets, email, 2 patterns". */
function profileWords({ personal_data, patterns = [] }: RedactionProfileWire): string {
  const classes = personal_data.map((each) => each.replaceAll("_", " "));
  const own = patterns.length === 0 ? [] : [`${patterns.length} pattern${patterns.length === 1 ? "" : "s"}`];
  return ["Secrets", ...classes, ...own].join(", ");
}
