/** The orders of the queue; what ranks alike is newest first. */
export const draftSorts = ["newest", "oldest", "risk", "occurrences"] as const;
export type DraftSort = (typeof draftSorts)[number];
