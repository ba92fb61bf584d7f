import type { QualityGateWire } from "@/lib/contracts/record-values";
import type { GateReport } from "@/lib/domain/gate-report";
import type { Attributes } from "@/lib/domain/report";
import type { Silenced } from "@/lib/domain/silence";

/** Keys of a record without the unset ones: the contract leaves them out rather than writing null (G4). */
export function present<T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}

export function qualityGateToWire(gate: GateReport | null): QualityGateWire | undefined {
  if (!gate) return undefined;
  return {
    stage: gate.stage,
    status: gate.status,
    passed: gate.passed,
    passed_count: gate.passedCount,
    total_count: gate.totalCount,
    gates: gate.gates,
    missing: gate.missing,
    ...present({ blocked_reason: gate.blockedReason }),
  };
}

/** The key itself, where something holds the record. */
export function silencedToWire(silenced: Silenced | null | undefined) {
  if (!silenced) return {};
  const { silenceId, untilMs, reason } = silenced;
  return { silenced: { silence_id: silenceId, until_ms: untilMs, reason } };
}

/** Optional scalars that incidents and drafts share on the wire. */
export function attributesToWire(attributes: Attributes) {
  return present({
    actor: attributes.actor,
    model: attributes.model,
    tool_name: attributes.toolName,
    action: attributes.action,
    policy: attributes.policy,
    approval_state: attributes.approvalState,
    blast_radius: attributes.blastRadius,
    tenant_id: attributes.tenantId,
    workspace_id: attributes.workspaceId,
    event_schema_version: attributes.eventSchemaVersion,
    release: attributes.release,
    environment: attributes.environment,
    redaction_profile: attributes.redactionProfile,
    retention_profile: attributes.retentionProfile,
  });
}
