"use client";

import { FilterBar } from "@/components/layout/filter-bar";
import { FilterSelect } from "@/components/layout/filter-select";
import { MoreFilters } from "@/components/layout/more-filters";
import { SearchBox } from "@/components/layout/search-box";
import type { Filters } from "@/components/layout/use-filters";
import { useChoices } from "@/lib/queries/choices";
import type { IncidentFilters } from "@/lib/queries/incidents";
import { attentions, incidentStatuses, severities } from "./incident-filter-words";

type IncidentFilterBarProps = { filters: IncidentFilters; change: Filters<IncidentFilters> };

/** Search and the filters of the list; each is in the URL. */
export function IncidentFilterBar({ filters, change }: IncidentFilterBarProps) {
  const { projects, destinations } = useChoices();
  return (
    <FilterBar filters={filters} onClear={change.clear}>
      <SearchBox
        label="Search incidents"
        placeholder="Title, id, source, fingerprint"
        value={filters.q ?? ""}
        onSearch={(q) => change.set({ q: q || undefined })}
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
      <FilterSelect
        label="Status"
        any="Any status"
        value={filters.status}
        options={incidentStatuses}
        onChange={(status) => change.set({ status })}
      />
      <FilterSelect
        label="Attention"
        any="Any attention"
        value={filters.attention}
        options={attentions}
        onChange={(attention) => change.set({ attention })}
      />
      <FilterSelect
        label="Sent to"
        any="Sent anywhere or not"
        value={filters.destination}
        options={destinations}
        onChange={(destination) => change.set({ destination })}
      />
      <MoreFilters filters={filters} setFilters={change.set} />
    </FilterBar>
  );
}
