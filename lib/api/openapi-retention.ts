const im = "/incident-monitor";

/** What the document calls each operation of retention. */
export const retentionOperations: Readonly<Record<string, { id: string }>> = {
  [`GET ${im}/retention/preview`]: { id: "previewRetention" },
  [`GET ${im}/retention/runs`]: { id: "listRetentionRuns" },
  [`GET ${im}/retention/holds`]: { id: "listHolds" },
  [`POST ${im}/retention/holds`]: { id: "placeHold" },
  [`POST ${im}/retention/holds/{hold_id}/release`]: { id: "releaseHold" },
  [`POST ${im}/retention/erasures/preview`]: { id: "previewErasure" },
  [`POST ${im}/retention/erasures`]: { id: "eraseText" },
};

export const retentionTag = {
  name: "Retention",
  description: "What is kept for how long, legal holds that stop every removal, and forgetting on request.",
  paths: /^\/incident-monitor\/retention\b/,
};
