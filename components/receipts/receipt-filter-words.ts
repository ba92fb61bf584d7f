import type { FilterChip } from "@/components/layout/filter-chip";
import { rareFilterChips } from "@/components/layout/rare-filter-chips";
import type { NameOf } from "@/lib/queries/names";
import type { PostFilters } from "@/lib/queries/posts";

export const postStatuses = [
  { value: "pending", label: "Under way or ambiguous" },
  { value: "posted", label: "Published" },
  { value: "failed", label: "Failed" },
  { value: "blocked", label: "Blocked or cancelled" },
] as const;

/** The filters in force, each in words, for the empty list that names them. */
export function postFilterChips(filters: PostFilters, name: NameOf): FilterChip<PostFilters>[] {
  const status = postStatuses.find((option) => option.value === filters.status)?.label;
  return [
    filters.q && { key: "q" as const, words: `search: ${filters.q}` },
    filters.status && {
      key: "status" as const,
      words: `status: ${(status ?? filters.status).toLowerCase()}`,
    },
    filters.destination_id && {
      key: "destination_id" as const,
      words: `destination: ${name.destination(filters.destination_id)}`,
    },
    filters.severity && { key: "severity" as const, words: `severity: ${filters.severity}` },
    filters.project && { key: "project" as const, words: `project: ${name.project(filters.project)}` },
    ...rareFilterChips(filters),
  ].filter((chip) => typeof chip === "object");
}
