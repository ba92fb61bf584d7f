import type { FilterChip } from "@/components/layout/filter-chip";
import { rareFilterChips } from "@/components/layout/rare-filter-chips";
import { draftQueueStates, draftSorts, readTime, severityWords } from "@/lib/contracts/queue-words";
import { type DraftFilters, draftFilterKeys } from "@/lib/queries/drafts";
import type { NameOf } from "@/lib/queries/names";

type Readers = { [Key in (typeof draftFilterKeys)[number]]: (text: string) => DraftFilters[Key] };

const among =
  <const Word extends string>(words: readonly Word[]) =>
  (text: string) =>
    words.find((word) => word === text);
const upTo = (length: number) => (text: string) => (text.length <= length ? text : undefined);
const time = (text: string) => (readTime(text) === null ? undefined : text);

/** As the API's schema reads them; held to it by a test, so that the browser need not load it. */
const readers: Readers = {
  ...{
    q: upTo(200),
    state: among(draftQueueStates),
    severity: among(severityWords),
    risk: among(severityWords),
  },
  ...{ project: upTo(200), source: upTo(200), destination: upTo(200), fingerprint: upTo(300) },
  quiet: among(["true", "false"]),
  ...{ since: time, until: time, sort: among(draftSorts) },
};

/** The filters and the order of the queue as its URL says them; what is not understood narrows nothing. */
export function draftFiltersFrom(params: URLSearchParams): DraftFilters {
  return Object.fromEntries(
    draftFilterKeys.flatMap((key) => {
      const text = params.get(key);
      const value = text ? readers[key](text) : undefined;
      return value === undefined ? [] : [[key, value]];
    }),
  );
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

/** Drafts whose incident is snoozed or muted. */
export const quietOptions = [
  { value: "false", label: "Without quiet" },
  { value: "true", label: "Quiet only" },
] as const;

type State = DraftFilters["state"];

/** What waits for a decision leaves out what is quiet, as the inbox counts it; another state takes that off again. */
export function changeOfState(filters: DraftFilters, state: State): Partial<DraftFilters> {
  if (state === "approval_due") return { state, quiet: filters.quiet ?? "false" };
  const isOurs = filters.state === "approval_due" && filters.quiet === "false";
  return isOurs ? { state, quiet: undefined } : { state };
}

export const sortWords = {
  newest: "Newest first",
  oldest: "Oldest first",
  risk: "Worst risk first",
  occurrences: "Most seen first",
} as const;

/** Does it narrow the list? An order does not. */
export const isNarrowed = ({ sort: _, ...narrowing }: DraftFilters): boolean =>
  Object.values(narrowing).some((value) => value !== undefined);

/** Are both the same list? Keys that are not set are as good as absent, and newest first is how it is anyway. */
export function isSameList(one: DraftFilters, other: DraftFilters): boolean {
  const of = (filters: DraftFilters, key: (typeof draftFilterKeys)[number]) =>
    key === "sort" ? (filters.sort ?? "newest") : filters[key];
  return draftFilterKeys.every((key) => of(one, key) === of(other, key));
}

/** The filters in force, each in words, for the empty list that names them. */
export function draftFilterChips(filters: DraftFilters, name: NameOf): FilterChip<DraftFilters>[] {
  return [
    filters.q && { key: "q" as const, words: `search: ${filters.q}` },
    filters.state && { key: "state" as const, words: `state: ${stateWords[filters.state].toLowerCase()}` },
    filters.severity && { key: "severity" as const, words: `severity: ${filters.severity}` },
    filters.project && { key: "project" as const, words: `project: ${name.project(filters.project)}` },
    filters.destination && {
      key: "destination" as const,
      words: `sent to: ${name.destination(filters.destination)}`,
    },
    filters.quiet && {
      key: "quiet" as const,
      words: filters.quiet === "true" ? "snoozed or muted only" : "without snoozed and muted",
    },
    ...rareFilterChips(filters),
  ].filter((chip) => typeof chip === "object");
}
