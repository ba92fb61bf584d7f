"use client";

import { EmptyState } from "@/components/layout/empty-state";
import { Button } from "@/components/ui/button";
import { FilterButton } from "@/components/ui/filter-button";
import type { FilterChip } from "./filter-chip";

type NoMatchProps<F> = {
  /** "incident", "receipt". */
  what: string;
  chips: readonly FilterChip<F>[];
  onRemove: (key: keyof F) => void;
  onClear: () => void;
};

/** Nothing under these filters: names them and takes them off one by one. */
export function NoMatch<F>({ what, chips, onRemove, onClear }: NoMatchProps<F>) {
  return (
    <EmptyState
      title={`No ${what} matches ${chips.length === 1 ? "this filter" : `${chips.length} filters`}`}
      glyph="cancelled"
      actions={
        <Button size="sm" className="touch:h-11" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      <span className="flex flex-wrap gap-1.5">
        {chips.map((chip) => (
          <FilterButton
            key={String(chip.key)}
            active
            affords="remove"
            aria-label={`Remove filter: ${chip.words}`}
            className="max-w-full"
            onClick={() => onRemove(chip.key)}
          >
            <span className="truncate">{chip.words}</span>
          </FilterButton>
        ))}
      </span>
    </EmptyState>
  );
}
