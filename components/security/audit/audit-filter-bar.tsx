"use client";

import { useQuery } from "@tanstack/react-query";
import { FilterSelect } from "@/components/layout/filter-select";
import { SearchBox } from "@/components/layout/search-box";
import type { Filters } from "@/components/layout/use-filters";
import { Button } from "@/components/ui/button";
import type { AuditFilters } from "@/lib/queries/audit";
import { configQuery } from "@/lib/queries/config";
import { actionChoices, actorChoices, outcomeChoices } from "./audit-words";

type AuditFilterBarProps = { filters: AuditFilters; change: Filters<AuditFilters> };

const dayMs = 86_400_000;
const spans = [
  { value: "1", label: "Last 24 hours" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
];

/** The filters of the list; each is in the URL. */
export function AuditFilterBar({ filters, change }: AuditFilterBarProps) {
  const { data: config } = useQuery(configQuery());
  const projects = (config?.monitored_projects ?? []).map((project) => ({
    value: project.project_id,
    label: project.name || project.project_id,
  }));
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  const sinceDays = spanOf(filters.since);
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-border px-4 py-2 md:px-6">
      <SearchBox
        label="Subject id"
        placeholder="Id of a draft, user, token …"
        value={filters.subject_id ?? ""}
        onSearch={(id) => change.set({ subject_id: id || undefined })}
      />
      <FilterSelect
        label="Action"
        any="Any action"
        value={filters.action}
        options={actionChoices}
        onChange={(action) => change.set({ action })}
      />
      <FilterSelect
        label="Actor"
        any="Anybody"
        value={filters.actor}
        options={actorChoices}
        onChange={(actor) => change.set({ actor })}
      />
      <FilterSelect
        label="Outcome"
        any="Any outcome"
        value={filters.outcome}
        options={outcomeChoices}
        onChange={(outcome) => change.set({ outcome })}
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
        label="Time"
        any="Any time"
        value={sinceDays}
        options={spans}
        onChange={(days) =>
          change.set({
            since: days && new Date(Date.now() - Number(days) * dayMs).toISOString(),
            until: undefined,
          })
        }
      />
      {narrowed ? (
        <Button variant="ghost" size="sm" className="touch:h-11" onClick={change.clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}

/** A span of the list that this beginning stands for, else the time itself. */
function spanOf(since: string | undefined): string | undefined {
  if (since === undefined) return undefined;
  const days = (Date.now() - Date.parse(since)) / dayMs;
  return spans.find((span) => Math.abs(days - Number(span.value)) < 0.5)?.value ?? since;
}
