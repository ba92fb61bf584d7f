"use client";

import { ArrowDownWideNarrow } from "lucide-react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { FilterButton } from "@/components/ui/filter-button";
import { draftSorts } from "@/lib/contracts/queue-words";
import { sortWords } from "./draft-filters";
import { useDraftQueue } from "./draft-queue";

/** The order of the queue. */
export function SortMenu() {
  const { filters, setFilters } = useDraftQueue();
  const sort = filters.sort ?? "newest";
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <FilterButton active={sort !== "newest"}>
          <ArrowDownWideNarrow aria-hidden className="size-3" />
          <span className="sr-only">Order: </span>
          {sortWords[sort]}
        </FilterButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuRadioGroup
          value={sort}
          onValueChange={(next) =>
            setFilters({ sort: draftSorts.find((each) => each === next && each !== "newest") })
          }
        >
          {draftSorts.map((each) => (
            <DropdownMenuRadioItem key={each} value={each}>
              {sortWords[each]}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
