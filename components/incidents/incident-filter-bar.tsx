"use client";

import { useQuery } from "@tanstack/react-query";
import { FilterSelect } from "@/components/layout/filter-select";
import { MoreFilters } from "@/components/layout/more-filters";
import { SearchBox } from "@/components/layout/search-box";
import type { Filters } from "@/components/layout/use-filters";
import { Button } from "@/components/ui/button";
import { configQuery } from "@/lib/queries/config";
import type { IncidentFilters } from "@/lib/queries/incidents";
import { attentions, incidentStatuses, severities } from "./incident-filter-words";

type IncidentFilterBarProps = { filters: IncidentFilters; change: Filters<IncidentFilters> };

/** Search and the filters of the list; each is in the URL. */
export function IncidentFilterBar({ filters, change }: IncidentFilterBarProps) {
  const { data: config } = useQuery(configQuery());
  const projects = (config?.monitored_projects ?? []).map((project) => ({
    value: project.project_id,
    label: project.name || project.project_id,
  }));
  const destinations = (config?.destinations ?? []).map((each) => ({
    value: each.destination_id,
    label: each.name || each.destination_id,
  }));
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-border px-4 py-2 md:px-6">
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
      {projects.length > 0 || filters.project ? (
        <FilterSelect
          label="Project"
          any="All projects"
          value={filters.project}
          options={projects}
          onChange={(project) => change.set({ project })}
        />
      ) : null}
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
      {destinations.length > 0 || filters.destination ? (
        <FilterSelect
          label="Sent to"
          any="Sent anywhere or not"
          value={filters.destination}
          options={destinations}
          onChange={(destination) => change.set({ destination })}
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
