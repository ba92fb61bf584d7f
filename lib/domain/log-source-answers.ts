/** A folder of the host under which workspace roots may lie, and whether it can be looked into now. */
export type AllowedRoot = {
  path: string;
  readable: boolean;
  /** In a sentence; null when nothing is wrong. */
  problem: string | null;
};

export const quarantineOutcomes = [
  "submitted",
  "already_counted",
  "still_quarantined",
  "dropped",
  "not_found",
] as const;
export type QuarantineOutcome = (typeof quarantineOutcomes)[number];

/** What became of records that were set aside, by the rules as they are now. */
export type ReplayedQuarantine = {
  projectId: string;
  sourceId: string;
  dryRun: boolean;
  submitted: number;
  alreadyCounted: number;
  stillQuarantined: number;
  /** No failure any more: settled without a record. */
  dropped: number;
  results: Array<{
    quarantineId: string;
    outcome: QuarantineOutcome;
    incidentId: string | null;
    detail: string | null;
  }>;
  /** More wait than one call replays. */
  more: boolean;
};
