"use client";

import type { FieldProps } from "@/components/ui/field";
import { ChoiceSelect } from "./choice-select";
import { useKnownProfiles } from "./use-known-profiles";

const inherited = "*";
const builtIn = [
  { value: "default", label: "Default", help: "As many days as are set for all" },
  { value: "forever", label: "For ever", help: "Nothing is removed" },
];

type RetentionProfileSelectProps = Pick<FieldProps, "label" | "error" | "className"> & {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** What holds while none is chosen. */
  inherits: string;
};

/** A retention profile by name: one made under Safety, Retention, or one that is always there. */
export function RetentionProfileSelect(props: RetentionProfileSelectProps) {
  const { value, onChange, inherits, ...field } = props;
  const own = useKnownProfiles().retention.map(({ profile_id, mode }) => ({
    value: profile_id,
    label: profile_id,
    help:
      mode === "delete" ? "Erases texts when their time is over" : "Hides records when their time is over",
  }));
  const options = [...builtIn, ...own];
  const known = options.some((each) => each.value === value);
  return (
    <ChoiceSelect
      {...field}
      value={value ?? inherited}
      options={[
        { value: inherited, label: inherits },
        ...options,
        ...(value && !known
          ? [{ value, label: value, help: "No profile has this name: nothing is removed by it" }]
          : []),
      ]}
      onChange={(next) => onChange(next === inherited ? undefined : next)}
    />
  );
}
