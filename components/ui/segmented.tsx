"use client";

import type { ReactNode } from "react";
import { ToggleGroup, ToggleGroupItem } from "./toggle-group";

export type SegmentedOption<V extends string> = { value: V; label: ReactNode; disabled?: boolean };

type SegmentedProps<V extends string> = {
  label: string;
  value: V;
  onValueChange: (value: V) => void;
  options: readonly SegmentedOption<V>[];
  className?: string;
};

/** A toggle group of which exactly one is always on. */
export function Segmented<V extends string>({
  label,
  value,
  onValueChange,
  options,
  className,
}: SegmentedProps<V>) {
  return (
    <ToggleGroup
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        if (next) onValueChange(next as V);
      }}
      className={className}
    >
      {options.map((option) => (
        <ToggleGroupItem key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </ToggleGroupItem>
      ))}
    </ToggleGroup>
  );
}
