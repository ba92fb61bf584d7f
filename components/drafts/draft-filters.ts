import type { FilterChip } from "@/components/layout/filter-chip";
import { draftListQuerySchema, draftQueueStates } from "@/lib/contracts/draft";
import type { DraftFilters } from "@/lib/queries/drafts";

const { q, state, severity, project, destination } = draftListQuerySchema.shape;

/** The filters of the queue as its URL says them; what is not understood narrows nothing. */
export function draftFiltersFrom(params: URLSearchParams): DraftFilters {
  const given = (name: string) => params.get(name) || undefined;
  return {
    q: q.catch(undefined).parse(given("q")),
    state: state.catch(undefined).parse(given("state")),
    severity: severity.catch(undefined).parse(given("severity")),
    project: project.catch(undefined).parse(given("project")),
    destination: destination.catch(undefined).parse(given("destination")),
  };
}

const stateWords: Record<(typeof draftQueueStates)[number], string> = {
  open: "Open",
  approval_due: "Approval due",
  approved: "Approved, not sent",
  sending: "Sending",
  failed: "Delivery failed",
  published: "Published",
  denied: "Denied",
  held: "Held",
};

export const queueStates = draftQueueStates.map((value) => ({ value, label: stateWords[value] }));

/** The filters in force, each in words, for the empty list that names them. */
export function draftFilterChips(filters: DraftFilters): FilterChip<DraftFilters>[] {
  return [
    filters.q && { key: "q" as const, words: `search: ${filters.q}` },
    filters.state && { key: "state" as const, words: `state: ${stateWords[filters.state].toLowerCase()}` },
    filters.severity && { key: "severity" as const, words: `severity: ${filters.severity}` },
    filters.project && { key: "project" as const, words: `project: ${filters.project}` },
    filters.destination && { key: "destination" as const, words: `sent to: ${filters.destination}` },
  ].filter((chip) => typeof chip === "object");
}
