"use client";

import { severities } from "@/components/incidents/incident-filter-words";
import { MoreFilters } from "@/components/layout/more-filters";
import { SearchBox } from "@/components/layout/search-box";
import { Button } from "@/components/ui/button";
import { FilterButton } from "@/components/ui/filter-button";
import { Kbd } from "@/components/ui/kbd";
import { useChoices } from "@/lib/queries/choices";
import { changeOfState, isNarrowed, queueStates, quietOptions } from "./draft-filters";
import { useDraftQueue } from "./draft-queue";
import { isMarking, nothingSelected } from "./draft-selection";
import { FilterMenu } from "./filter-menu";
import { SortMenu } from "./sort-menu";
import { ViewsMenu } from "./views-menu";

/** Search and filters of the queue; each is in the URL. */
export function DraftFilterBar() {
  const { filters, setFilters, clearFilters, marked, mark } = useDraftQueue();
  const { projects, destinations } = useChoices();
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
        <ViewsMenu />
        <SortMenu />
        <FilterButton
          affords="toggle"
          active={isMarking(marked)}
          className="ml-auto pr-2"
          onClick={() => mark((now) => (isMarking(now) ? nothingSelected : { ...now, picking: true }))}
        >
          Select
        </FilterButton>
      </div>
      <div className="flex flex-wrap gap-1">
        <FilterMenu
          label="State"
          value={filters.state}
          options={queueStates}
          onChange={(state) => setFilters(changeOfState(filters, state))}
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
        <FilterMenu
          label="Quiet"
          value={filters.quiet}
          options={quietOptions}
          onChange={(quiet) => setFilters({ quiet })}
        />
        <MoreFilters filters={filters} setFilters={setFilters} />
        {isNarrowed(filters) ? (
          <Button variant="ghost" size="xs" className="touch:h-9" onClick={clearFilters}>
            Clear
          </Button>
        ) : null}
      </div>
    </div>
  );
}
