import type { CreateIntakeKeyWire, IntakeKeyWire } from "@/lib/contracts/intake-key";
import type { IntakeKey } from "@/lib/domain/intake-key";

export function intakeKeyToWire(key: IntakeKey): IntakeKeyWire {
  return {
    key_id: key.keyId,
    project_id: key.projectId,
    name: key.name,
    key_hash: "[redacted]",
    enabled: key.enabled,
    scopes: key.scopes,
    created_at_ms: key.createdAtMs,
    prefix: key.prefix,
    source_ids: key.sourceIds,
    rate_per_second: key.ratePerSecond,
    burst: key.burst,
    rejected_count: key.rejectedCount,
    ...(key.lastUsedAtMs !== null && { last_used_at_ms: key.lastUsedAtMs }),
    ...(key.expiresAtMs !== null && { expires_at_ms: key.expiresAtMs }),
    ...(key.disabledAtMs !== null && { disabled_at_ms: key.disabledAtMs }),
  };
}

export function createIntakeKeyFromWire(body: CreateIntakeKeyWire) {
  return {
    projectId: body.project_id,
    name: body.name,
    scopes: body.scopes ?? [],
    sourceIds: body.source_ids ?? [],
    expiresAtMs: body.expires_at_ms ?? null,
    ratePerSecond: body.rate_per_second ?? null,
    burst: body.burst ?? null,
  };
}
