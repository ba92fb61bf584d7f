import type { AuditAction, AuditOutcome } from "./audit";
import type { PolicyDecisionRow } from "./authority-evidence";
import { localTenant } from "./authority-evidence";

/** An entry of the audit as it is read back. */
export type AuditRecord = {
  id: string;
  atMs: number;
  actorId: string;
  actorKind: string;
  action: AuditAction;
  outcome: AuditOutcome;
  subjectKind: string;
  subjectId: string;
  projectId: string | null;
  detail: Readonly<Record<string, unknown>>;
};

/**
 * Entries that say what a policy of this product decided. The index of the migration lists the same: an entry that is
 * not among them is no decision, whatever its outcome.
 */
export const policyDecisionActions = [
  "incident_monitor.access.denied",
  "incident_monitor.access.throttled",
  "incident_monitor.approval.given",
  "incident_monitor.approval.refused",
  "incident_monitor.approval.required",
  "incident_monitor.break_glass.refused",
  "incident_monitor.break_glass.used",
  "incident_monitor.draft.approved",
  "incident_monitor.draft.denied",
  "incident_monitor.intake_key.rejected",
  "incident_monitor.publish.completed",
  "incident_monitor.publish.failed",
] as const satisfies readonly AuditAction[];

type Verdict = Pick<PolicyDecisionRow, "tool" | "decision" | "reasonCode">;

/**
 * What was decided, by which rule and for whom; null where the entry decides nothing (a delivery that failed on the way).
 * Denials stand beside allows: both are how a policy works.
 */
export function policyDecisionOf(entry: AuditRecord): PolicyDecisionRow | null {
  const verdict = verdictOf(entry);
  if (!verdict) return null;
  const { detail } = entry;
  return {
    decisionId: entry.id,
    tenantContext: localTenant,
    actorId: `${entry.actorKind}:${entry.actorId}`,
    ...{ sessionId: null, runId: null, automationId: null, nodeId: null },
    ...verdict,
    resource: `${entry.subjectKind}:${entry.subjectId}`,
    dataClasses: [],
    riskTier: wordOf(detail.risk_level),
    policyId: wordOf(detail.route_id) ?? wordOf(detail.policy_version),
    grantId: null,
    approvalId: wordOf(detail.approval_id),
    createdAtMs: entry.atMs,
    metadataKeys: Object.keys(detail).sort(),
    projectId: entry.projectId,
  };
}

function verdictOf({ action, subjectKind, detail }: AuditRecord): Verdict | null {
  const why = wordOf(detail.reason);
  switch (action) {
    case "incident_monitor.access.denied":
    case "incident_monitor.access.throttled":
      return deny(wordOf(detail.permission) ?? "unknown", why ?? "forbidden");
    case "incident_monitor.intake_key.rejected":
      return deny("intake", why ?? "key_rejected");
    case "incident_monitor.approval.refused":
      return deny("approve", why ?? "approval_refused");
    case "incident_monitor.break_glass.refused":
      return deny("break_glass", why ?? "break_glass_refused");
    case "incident_monitor.draft.denied":
      return deny("publish", "draft_denied");
    case "incident_monitor.approval.required":
      return { tool: "publish", decision: "approval_required", reasonCode: firstCode(detail.because) };
    case "incident_monitor.approval.given":
      return { tool: "publish", decision: "approval_required", reasonCode: "more_approvals_needed" };
    case "incident_monitor.draft.approved":
      return { tool: "publish", decision: "allow", reasonCode: "approved" };
    case "incident_monitor.break_glass.used":
      return { tool: "break_glass", decision: "allow", reasonCode: "break_glass" };
    case "incident_monitor.publish.completed":
      if (subjectKind === "delivery") return { tool: "publish", decision: "allow", reasonCode: "published" };
      return wordOf(detail.action) === "approval_required"
        ? { tool: "publish", decision: "approval_required", reasonCode: "approval_required" }
        : null;
    case "incident_monitor.publish.failed":
      // A delivery's own failure is the network's or the other side's word, unless a rule stopped it before it left.
      if (subjectKind !== "delivery") return deny("publish", wordOf(detail.action) ?? "publish_blocked");
      return wordOf(detail.state) === "blocked" ? deny("publish", why ?? "delivery_blocked") : null;
    default:
      return null;
  }
}

const deny = (tool: string, reasonCode: string): Verdict => ({ tool, decision: "deny", reasonCode });

/** Codes and ids alone; anything longer than one is none. */
const wordOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" && value.length <= 200 ? value : null;

function firstCode(because: unknown): string {
  const first = Array.isArray(because) ? because[0] : null;
  return wordOf(first) ?? "approval_required";
}
