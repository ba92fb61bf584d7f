"use client";

import { useQuery } from "@tanstack/react-query";
import { severities } from "@/components/incidents/incident-filter-words";
import { SearchBox } from "@/components/layout/search-box";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { configQuery } from "@/lib/queries/config";
import { queueStates } from "./draft-filters";
import { useDraftQueue } from "./draft-queue";
import { FilterMenu } from "./filter-menu";

/** Search and filters of the queue; each is in the URL. */
export function DraftFilterBar() {
  const { filters, setFilters, clearFilters } = useDraftQueue();
  const { data: config } = useQuery(configQuery());
  const projects = (config?.monitored_projects ?? []).map((each) => ({
    value: each.project_id,
    label: each.name || each.project_id,
  }));
  const destinations = (config?.destinations ?? []).map((each) => ({
    value: each.destination_id,
    label: each.name || each.destination_id,
  }));
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  return (
    <div className="flex flex-none flex-col gap-2 border-b border-border py-2 pr-3 pl-4">
      <div
        data-draft-search
        className="relative [&:has(input:focus)>kbd]:hidden [&:has(input:not(:placeholder-shown))>kbd]:hidden [&>search]:w-full"
      >
        <SearchBox
          label="Search drafts"
          placeholder="Title, id, fingerprint, source"
          value={filters.q ?? ""}
          onSearch={(q) => setFilters({ q: q || undefined })}
        />
        <Kbd aria-hidden className="pointer-events-none absolute top-[5px] right-2 max-md:hidden">
          /
        </Kbd>
      </div>
      <div className="flex flex-wrap gap-1">
        <FilterMenu
          label="State"
          value={filters.state}
          options={queueStates}
          onChange={(state) => setFilters({ state })}
        />
        <FilterMenu
          label="Severity"
          value={filters.severity}
          options={severities}
          onChange={(severity) => setFilters({ severity })}
        />
        {projects.length > 0 || filters.project ? (
          <FilterMenu
            label="Project"
            value={filters.project}
            options={projects}
            onChange={(project) => setFilters({ project })}
          />
        ) : null}
        <FilterMenu
          label="Sent to"
          value={filters.destination}
          options={destinations}
          onChange={(destination) => setFilters({ destination })}
        />
        {narrowed ? (
          <Button variant="ghost" size="xs" className="touch:h-9" onClick={clearFilters}>
            Clear
          </Button>
        ) : null}
      </div>
    </div>
  );
}
