import type { Inventory, PolicyDecisionRow } from "./authority-inventory";
import type { PostureFault } from "./posture";
import { enabledSources, sourceIds, sourceObject, sourcePlace, sourceWords } from "./posture-setting-rules";

const succeeded: readonly string[] = ["posted", "published", "success", "succeeded", "completed"];

/** Something went out, and there is no proof of it, or nothing that would keep it from going out twice. */
export function externalActionMissingReceipt(inventory: Inventory): PostureFault[] {
  return inventory.externalPublishSurfaces.recentActions.flatMap((action) => {
    if (!succeeded.includes(action.status.toLowerCase())) return [];
    const missing = [
      ...(action.receiptPresent ? [] : ["receipt"]),
      ...(action.idempotencyKeyPresent ? [] : ["idempotency key"]),
    ];
    if (missing.length === 0) return [];
    return [
      {
        ...{ ruleId: "external_action_missing_receipt", category: "audit_gap", severity: "medium" },
        title: `What was sent as ${action.actionId} has no ${missing.join(" and no ")}`,
        detail: "It ended well, but what reached the other side cannot be shown from here.",
        recommendation: "Look at its receipt, and recheck at the destination what arrived.",
        affected: [
          {
            ...{ kind: "external_action", id: action.actionId },
            ...(action.target && { destinationId: action.target }),
            ...(action.projectId && { projectId: action.projectId }),
          },
        ],
        evidence: [`inventory.external_publish_surfaces.recent_actions.${action.actionId}`],
        fix: { kind: "record", code: "receipt", id: action.actionId },
      } satisfies PostureFault,
    ];
  });
}

/** The same thing was refused again and again: either somebody needs it, or somebody is trying. */
export function recurringDeniedAction(inventory: Inventory): PostureFault[] {
  const denied = new Map<string, PolicyDecisionRow[]>();
  for (const row of inventory.policyDecisions) {
    if (row.decision !== "deny") continue;
    const id = `${row.tool} on ${row.resource}`;
    denied.set(id, [...(denied.get(id) ?? []), row]);
  }
  return [...denied].flatMap(([id, rows]): PostureFault[] => {
    if (rows.length < 2) return [];
    const actors = new Set(rows.map((row) => row.actorId)).size;
    return [
      {
        ...{ ruleId: "recurring_denied_action", category: "recurrence_gap", severity: "medium" },
        title: `${id} was refused again and again`,
        detail: `Refused ${rows.length} times to ${actors === 1 ? "one actor" : `${actors} actors`} in the decisions looked at.`,
        recommendation:
          "Find out who needs it or who is trying, then grant it, narrow the credential or end it.",
        affected: [{ kind: "denied_action", id, count: rows.length }],
        evidence: rows.slice(0, 20).map((row) => `inventory.policy_decisions.${row.decisionId}`),
        fix: { kind: "record", code: "denied_action", id },
      },
    ];
  });
}

/** Each thing that a source's readiness finds, with its own severity. */
export function sourceReadinessFailed(inventory: Inventory): PostureFault[] {
  return enabledSources(inventory).flatMap((source) =>
    (source.readiness?.findings ?? []).map(
      (finding): PostureFault => ({
        ...{ ruleId: "source_readiness_failed", category: "source_readiness" },
        severity: finding.severity,
        title: `${sourceWords(source)}: ${finding.title}`,
        detail: finding.detail,
        recommendation: finding.recommendation,
        affected: [sourceObject(source)],
        evidence: [
          `${sourcePlace(source)}.readiness.findings.${finding.findingId}`,
          ...finding.evidenceRefs.map((ref) => `${sourcePlace(source)}.${ref.split("#").at(-1) ?? ""}`),
        ],
        fix: {
          ...{ kind: "setting", code: "source_readiness", ...sourceIds(source) },
          field: finding.evidenceRefs[0]?.split("#").at(-1) ?? "data_readiness",
        },
        dedupeKey: finding.findingId,
      }),
    ),
  );
}
