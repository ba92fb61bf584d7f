"use client";

import { severities } from "@/components/incidents/incident-filter-words";
import { FilterBar } from "@/components/layout/filter-bar";
import { FilterSelect } from "@/components/layout/filter-select";
import { MoreFilters } from "@/components/layout/more-filters";
import { SearchBox } from "@/components/layout/search-box";
import type { Filters } from "@/components/layout/use-filters";
import { useChoices } from "@/lib/queries/choices";
import type { PostFilters } from "@/lib/queries/posts";
import { postStatuses } from "./receipt-filter-words";

type ReceiptFilterBarProps = { filters: PostFilters; change: Filters<PostFilters> };

/** Search and the filters of the list; each is in the URL. */
export function ReceiptFilterBar({ filters, change }: ReceiptFilterBarProps) {
  const { projects, destinations } = useChoices();
  return (
    <FilterBar filters={filters} onClear={change.clear}>
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
      <FilterSelect
        label="Destination"
        any="All destinations"
        value={filters.destination_id}
        options={destinations}
        onChange={(destination_id) => change.set({ destination_id })}
      />
      <FilterSelect
        label="Severity"
        any="Any severity"
        value={filters.severity}
        options={severities}
        onChange={(severity) => change.set({ severity })}
      />
      <FilterSelect
        label="Project"
        any="All projects"
        value={filters.project}
        options={projects}
        onChange={(project) => change.set({ project })}
      />
      <MoreFilters filters={filters} setFilters={change.set} />
    </FilterBar>
  );
}
