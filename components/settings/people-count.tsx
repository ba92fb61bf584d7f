"use client";

import { ChoiceSelect } from "./choice-select";

type PeopleCountProps = {
  label: string;
  /** Absent is one: what holds where nothing is said. */
  value: number | undefined;
  onChange: (count: number) => void;
  help?: string;
  error?: string;
  className?: string;
};

const counts = ["1", "2", "3", "4", "5"] as const;

/** How many different people must approve. */
export function PeopleCount({ value, onChange, ...field }: PeopleCountProps) {
  return (
    <ChoiceSelect
      {...field}
      value={String(value ?? 1)}
      options={counts.map((count) => ({
        value: count as string,
        label: count === "1" ? "one person" : `${count} people`,
      }))}
      onChange={(count) => onChange(Number(count))}
    />
  );
}
