import type { ReactNode } from "react";
import { ClearFilters } from "./clear-filters";

type FilterBarProps = {
  filters: Readonly<Record<string, unknown>>;
  onClear: () => void;
  children: ReactNode;
};

/** The row of a list's filters under its header, with what takes them all off at its end. */
export function FilterBar({ filters, onClear, children }: FilterBarProps) {
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-border px-4 py-2 md:px-6">
      {children}
      <ClearFilters filters={filters} onClear={onClear} />
    </div>
  );
}
