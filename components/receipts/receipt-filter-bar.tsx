"use client";

import { useQuery } from "@tanstack/react-query";
import { FilterSelect } from "@/components/layout/filter-select";
import { SearchBox } from "@/components/layout/search-box";
import type { Filters } from "@/components/layout/use-filters";
import { Button } from "@/components/ui/button";
import { configQuery } from "@/lib/queries/config";
import type { PostFilters } from "@/lib/queries/posts";
import { postStatuses } from "./receipt-filter-words";

type ReceiptFilterBarProps = { filters: PostFilters; change: Filters<PostFilters> };

/** Search and the two filters of the list; each is in the URL. */
export function ReceiptFilterBar({ filters, change }: ReceiptFilterBarProps) {
  const { data: config } = useQuery(configQuery());
  const destinations = (config?.destinations ?? []).map((destination) => ({
    value: destination.destination_id,
    label: destination.name || destination.destination_id,
  }));
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-border px-4 py-2 md:px-6">
      <SearchBox
        label="Search receipts"
        placeholder="Title, id, key, target"
        value={filters.q ?? ""}
        onSearch={(q) => change.set({ q: q || undefined })}
      />
      <FilterSelect
        label="Status"
        any="Any status"
        value={filters.status}
        options={postStatuses}
        onChange={(status) => change.set({ status })}
      />
      {destinations.length > 0 || filters.destination_id ? (
        <FilterSelect
          label="Destination"
          any="All destinations"
          value={filters.destination_id}
          options={destinations}
          onChange={(destination_id) => change.set({ destination_id })}
        />
      ) : null}
      {narrowed ? (
        <Button variant="ghost" size="sm" className="touch:h-11" onClick={change.clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}
