"use client";

import { useQuery } from "@tanstack/react-query";
import { severities } from "@/components/incidents/incident-filter-words";
import { FilterSelect } from "@/components/layout/filter-select";
import { MoreFilters } from "@/components/layout/more-filters";
import { SearchBox } from "@/components/layout/search-box";
import type { Filters } from "@/components/layout/use-filters";
import { Button } from "@/components/ui/button";
import { configQuery } from "@/lib/queries/config";
import type { PostFilters } from "@/lib/queries/posts";
import { postStatuses } from "./receipt-filter-words";

type ReceiptFilterBarProps = { filters: PostFilters; change: Filters<PostFilters> };

/** Search and the filters of the list; each is in the URL. */
export function ReceiptFilterBar({ filters, change }: ReceiptFilterBarProps) {
  const { data: config } = useQuery(configQuery());
  const destinations = (config?.destinations ?? []).map((destination) => ({
    value: destination.destination_id,
    label: destination.name || destination.destination_id,
  }));
  const projects = (config?.monitored_projects ?? []).map((project) => ({
    value: project.project_id,
    label: project.name || project.project_id,
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
      <FilterSelect
        label="Severity"
        any="Any severity"
        value={filters.severity}
        options={severities}
        onChange={(severity) => change.set({ severity })}
      />
      {projects.length > 0 || filters.project ? (
        <FilterSelect
          label="Project"
          any="All projects"
          value={filters.project}
          options={projects}
          onChange={(project) => change.set({ project })}
        />
      ) : null}
      <MoreFilters filters={filters} setFilters={change.set} />
      {narrowed ? (
        <Button variant="ghost" size="sm" className="touch:h-11" onClick={change.clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}
