"use client";

import { cn } from "@/components/ui/cn";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

const anything = "*";

type FilterSelectProps<V extends string> = {
  label: string;
  /** What it says when it narrows nothing: "Any severity". */
  any: string;
  value: V | undefined;
  options: readonly { value: V; label: string }[];
  onChange: (value: V | undefined) => void;
};

/**
 * One filter of a list, not there while there is nothing to choose from. A value the options do not hold (an old link) is
 * still shown and can be taken off.
 */
export function FilterSelect<V extends string>(props: FilterSelectProps<V>) {
  const { label, any, value, options, onChange } = props;
  if (options.length === 0 && value === undefined) return null;
  const chosen = options.find((option) => option.value === value);
  const known = value === undefined || chosen !== undefined;
  return (
    <Select
      value={value ?? anything}
      onValueChange={(next) => onChange(next === anything ? undefined : (next as V))}
    >
      <SelectTrigger
        size="sm"
        quiet
        aria-label={label}
        className={cn("max-w-52 touch:h-11", value !== undefined && "bg-accent")}
      >
        <SelectValue>{chosen?.label ?? value ?? any}</SelectValue>
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={anything}>{any}</SelectItem>
        {options.map((option) => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
        {known ? null : <SelectItem value={value ?? anything}>{value}</SelectItem>}
      </SelectContent>
    </Select>
  );
}
