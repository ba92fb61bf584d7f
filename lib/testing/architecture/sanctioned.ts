/** What the architecture test lets pass, each with the reason why it is safe. Nothing is added here for convenience. */

/** Writes of the pipeline that leave authorizing or recording to the verbs around them. */
export const sharedWrites: Readonly<
  Record<string, { authorizedBy: "callers" | "itself"; auditedBy: "itself" | "callers" | "statement" }>
> = {
  // Decide, guarded write, revision and audit in one place for patch, restore and pause; each of them authorizes first.
  "lib/pipeline/settings/change-config.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // What publish and the expiry loop do when a grant has ended; both authorize first.
  "lib/pipeline/publishing/require-approval.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // The transaction of approving, ordinarily or by breaking the glass; both authorize and refuse first.
  "lib/pipeline/drafts/record-approval.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // Runs inside the transaction of approve or publish, which authorize and record what was queued.
  "lib/pipeline/publishing/queue-targets.ts": { authorizedBy: "callers", auditedBy: "callers" },
  // One statement writes a batch and its summary entry (D-20); acceptBatch authorizes each of its reports first.
  "lib/pipeline/intake/write-reports.ts": { authorizedBy: "callers", auditedBy: "statement" },
  // The same entry, in the transaction that also moves where a log is read up to.
  "lib/pipeline/sources/watch-windows.ts": { authorizedBy: "itself", auditedBy: "statement" },
  // What backfill and quarantine found is counted as reports are; both of them authorize first and record what they did.
  "lib/pipeline/sources/count-failures.ts": { authorizedBy: "callers", auditedBy: "callers" },
  // One phase of a run that runTriage authorized; the entry of the run's end names every phase with its artifact.
  "lib/pipeline/triage/run-phase.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // Inside the transaction of a run's end or of an edit: both authorize first and record what was written.
  "lib/pipeline/triage/save-judged.ts": { authorizedBy: "callers", auditedBy: "callers" },
  // Members below a lead and out again, inside the transactions of merge, split and grouping, which authorize first.
  "lib/pipeline/incidents/move-members.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // These two write nothing but through it: the entry of each member is written there, in their transaction.
  "lib/pipeline/incidents/merge-incidents.ts": { authorizedBy: "itself", auditedBy: "callers" },
  "lib/pipeline/incidents/unmerge-incident.ts": { authorizedBy: "itself", auditedBy: "callers" },
  // The mail of an invitation or a reset, in the transaction of the verb that made the link and authorized.
  "lib/pipeline/notifications/queue-access-mail.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // Inside the transactions of forgetting and of `eraseAuditDetail`, which authorize first.
  "lib/pipeline/governance/erase-entries.ts": { authorizedBy: "callers", auditedBy: "itself" },
  "lib/pipeline/governance/erase-audit-detail.ts": { authorizedBy: "itself", auditedBy: "callers" },
  // Inside the transaction of a change that is authorized and recorded there; a cause is no change of its own.
  "lib/pipeline/governance/record-reassessment-trigger.ts": { authorizedBy: "callers", auditedBy: "callers" },
  // What a person's wish and the worker's turn do; both authorize first.
  "lib/pipeline/governance/reassess.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // What follows stored texts that were read again, in the transaction of the walk, which authorizes first.
  "lib/pipeline/redaction/settle-changed.ts": { authorizedBy: "callers", auditedBy: "itself" },
  // The entry of a refusal has no verb to authorize, and is the audit.
  "lib/pipeline/record-audit.ts": { authorizedBy: "callers", auditedBy: "itself" },
};

/** Files of the pipeline that an edge calls without a permission. */
export const unguardedReads: Readonly<Record<string, string>> = {
  "lib/pipeline/errors": "no verb: the refusals themselves",
  "lib/pipeline/unsafe-input": "no verb: what is sent is looked at for what no database can hold",
  "lib/pipeline/without-secrets": "no verb: what is typed and said loses its secrets here",
  "lib/pipeline/settings/check-health": "the health check is public and says up or down only",
  "lib/pipeline/publishing/deliver":
    "runs a claimed delivery whose publishing was authorized; only the worker calls it",
  "lib/pipeline/triage/enrichers":
    "no verb: how the phases of a claimed run are worked on; runTriage authorizes",
  "lib/pipeline/sources/watch-plan": "no verb: which sources of a configuration may be read",
  "lib/pipeline/sources/watch-open":
    "opens what the worker reads, bounded by the host; recordWindows authorizes before anything of it is kept",
};

/** Names that read like a forbidden one and are not. */
export const allowedNames: Readonly<Record<string, string>> = {
  "new-report": "the panel's New report action, not a newer kind of report",
  "new-rows-pill": "says that new rows have come, not a newer pill",
  "personal-data": "the term of data protection law",
};

/** Entries that speak HTTP as a server, or start a helper on loopback; neither reaches outside. */
export const httpOutsideNet = /^(?:server\.ts$|scripts\/|bench\/|clients\/)/;

/** The browser's own fetch, to this site. */
export const browserFetch = /^(?:components\/|lib\/queries\/)/;
