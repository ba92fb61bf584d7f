import type { DraftFilters } from "@/lib/queries/drafts";
import type { NameOf } from "@/lib/queries/names";
import { draftFilterChips, sortWords } from "./draft-filters";

/** A list in one line: "state: open, project: Shop; worst risk first". */
export function listInWords(filters: DraftFilters, name: NameOf): string {
  const narrowed = draftFilterChips(filters, name).map(({ words }) => words);
  return `${narrowed.join(", ") || "every draft"}; ${sortWords[filters.sort ?? "newest"].toLowerCase()}`;
}
