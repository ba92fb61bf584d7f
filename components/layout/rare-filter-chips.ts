import type { DraftFilters } from "@/lib/queries/drafts";
import { lastDayOf } from "./day-span";
import type { FilterChip } from "./filter-chip";

/** Filters that every list of records has under More. */
export const rareFilterKeys = ["risk", "source", "since", "until", "fingerprint"] as const;
export type RareFilters = Pick<DraftFilters, (typeof rareFilterKeys)[number]>;

/** Those in force, each in words. */
export function rareFilterChips(filters: RareFilters): FilterChip<RareFilters>[] {
  return [
    filters.risk && { key: "risk" as const, words: `risk: ${filters.risk} or higher` },
    filters.source && { key: "source" as const, words: `source: ${filters.source}` },
    filters.fingerprint && {
      key: "fingerprint" as const,
      words: `fingerprint: ${filters.fingerprint.slice(0, 12)}`,
    },
    filters.since && { key: "since" as const, words: `from: ${filters.since}` },
    filters.until && { key: "until" as const, words: `to: ${lastDayOf(filters.until) ?? filters.until}` },
  ].filter((chip) => typeof chip === "object");
}
