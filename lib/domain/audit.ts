/** What the audit knows how to say. Names follow the reference (7.5) and add what it left out (W-29). */
export const auditActions = [
  "incident_monitor.config.updated",
  "incident_monitor.config.restored",
  "incident_monitor.paused",
  "incident_monitor.resumed",
  "incident_monitor.intake_key.created",
  "incident_monitor.intake_key.disabled",
  "incident_monitor.intake_key.rejected",
  "incident_monitor.intake.batch",
  "incident_monitor.report.refused",
  "incident_monitor.draft.approved",
  "incident_monitor.draft.denied",
  "incident_monitor.approval.required",
  "incident_monitor.approval.voided",
  "incident_monitor.approval.expired",
  "incident_monitor.publish.attempted",
  "incident_monitor.publish.completed",
  "incident_monitor.publish.failed",
  "incident_monitor.delivery.cancelled",
  "incident_monitor.match.rechecked",
  "incident_monitor.incident.deleted",
  "incident_monitor.incidents.deleted",
  "incident_monitor.draft.deleted",
  "incident_monitor.drafts.deleted",
  "incident_monitor.post.deleted",
  "incident_monitor.posts.deleted",
  "incident_monitor.destination.tested",
  "incident_monitor.destination.disabled",
  "incident_monitor.session.signed_in",
  "incident_monitor.session.rejected",
  "incident_monitor.session.signed_out",
  "incident_monitor.access.denied",
  "incident_monitor.access.throttled",
  "incident_monitor.bootstrap.completed",
] as const;
export type AuditAction = (typeof auditActions)[number];

export type AuditOutcome = "done" | "denied" | "failed";

export type AuditSubject = { kind: string; id: string; projectId?: string | null };
