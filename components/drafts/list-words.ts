import type { DraftFilters } from "@/lib/queries/drafts";
import { draftFilterChips, sortWords } from "./draft-filters";

/** A list in one line: "state: open, project: shop; worst risk first". */
export function listInWords(filters: DraftFilters): string {
  const narrowed = draftFilterChips(filters).map(({ words }) => words);
  return `${narrowed.join(", ") || "every draft"}; ${sortWords[filters.sort ?? "newest"].toLowerCase()}`;
}
