import type { FilterChip } from "@/components/layout/filter-chip";
import { rareFilterChips } from "@/components/layout/rare-filter-chips";
import type { IncidentFilters } from "@/lib/queries/incidents";
import type { NameOf } from "@/lib/queries/names";

export const severities = [
  { value: "critical", label: "Critical" },
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
  { value: "info", label: "Info" },
] as const;

export const incidentStatuses = [
  { value: "drafted", label: "Has a draft" },
  { value: "quality_gate_blocked", label: "Too thin for a draft" },
  { value: "held", label: "Held" },
] as const;

export const attentions = [
  { value: "awake", label: "Awake" },
  { value: "snoozed", label: "Snoozed" },
  { value: "muted", label: "Muted" },
  { value: "resolved", label: "Resolved" },
  { value: "regressed", label: "Came back" },
  { value: "merged", label: "Merged" },
] as const;

/** The filters in force, each in words, for the empty list that names them. */
export function incidentFilterChips(filters: IncidentFilters, name: NameOf): FilterChip<IncidentFilters>[] {
  const status = incidentStatuses.find((option) => option.value === filters.status)?.label;
  return [
    filters.q && { key: "q" as const, words: `search: ${filters.q}` },
    filters.severity && { key: "severity" as const, words: `severity: ${filters.severity}` },
    filters.project && { key: "project" as const, words: `project: ${name.project(filters.project)}` },
    filters.status && {
      key: "status" as const,
      words: `status: ${(status ?? filters.status).toLowerCase()}`,
    },
    filters.attention && {
      key: "attention" as const,
      words: `attention: ${attentions.find((option) => option.value === filters.attention)?.label.toLowerCase()}`,
    },
    filters.destination && {
      key: "destination" as const,
      words: `sent to: ${name.destination(filters.destination)}`,
    },
    ...rareFilterChips(filters),
  ].filter((chip) => typeof chip === "object");
}
