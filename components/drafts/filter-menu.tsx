"use client";

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FilterButton } from "@/components/ui/filter-button";

const anything = "*";

type FilterMenuProps<V extends string> = {
  label: string;
  value: V | undefined;
  options: readonly { value: V; label: string }[];
  onChange: (value: V | undefined) => void;
};

/** One filter of the queue. Set, it shows what it narrows to; "Any" takes it off. */
export function FilterMenu<V extends string>({ label, value, options, onChange }: FilterMenuProps<V>) {
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <FilterButton active={value !== undefined} className="max-w-44">
          {chosen ? <span className="sr-only">{label}: </span> : null}
          <span className="truncate">{chosen ?? label}</span>
        </FilterButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuRadioGroup
          value={value ?? anything}
          onValueChange={(next) => onChange(next === anything ? undefined : (next as V))}
        >
          <DropdownMenuRadioItem value={anything}>Any</DropdownMenuRadioItem>
          {options.map((option) => (
            <DropdownMenuRadioItem key={option.value} value={option.value}>
              {option.label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
