import type { AuditAction } from "./audit";

/** The entries of the audit that a receipt is made of; whatever else the ledger has is no part of it. */
export const receiptActions = {
  approved: ["incident_monitor.draft.approved", "incident_monitor.approval.given"],
  asked: "incident_monitor.publish.attempted",
  followUp: "incident_monitor.follow_up.queued",
  attempts: ["incident_monitor.publish.completed", "incident_monitor.publish.failed"],
  settled: ["incident_monitor.delivery.reconciled", "incident_monitor.delivery.resolved"],
} as const satisfies Record<string, AuditAction | readonly AuditAction[]>;
