import { type Reason, reason } from "./reason";

/** The only thing a key may be allowed (W-14). */
export const reportScope = "incident_monitor:report";

/** A key that reports for one project. The raw key and its hash are no part of this. */
export type IntakeKey = {
  keyId: string;
  projectId: string;
  name: string;
  /** The beginning of the raw key, enough to tell keys apart. */
  prefix: string;
  enabled: boolean;
  scopes: string[];
  /** Sources the key may name; empty means any of its project. */
  sourceIds: string[];
  ratePerSecond: number;
  burst: number;
  /** Reports a UTC day at most; null: as many as its rate allows. */
  dailyQuota: number | null;
  createdAtMs: number;
  expiresAtMs: number | null;
  lastUsedAtMs: number | null;
  rejectedCount: number;
  disabledAtMs: number | null;
  /** The key this one takes over from; null for one made anew. */
  rotatedFromId: string | null;
};

export type KeyUse = { projectId: string; sourceId?: string | null; nowMs: number };

/** May the holder of this key report for that project (and source) now? null when yes (case 43). */
export function refuseKeyUse(key: IntakeKey, use: KeyUse): Reason | null {
  if (!key.enabled) return reason("key_disabled", "The key is disabled.");
  if (key.expiresAtMs !== null && key.expiresAtMs <= use.nowMs) {
    return reason("key_expired", "The key has expired.");
  }
  if (key.projectId !== use.projectId) return reason("key_other_project", "The key is for another project.");
  if (!key.scopes.includes(reportScope)) {
    return reason("key_scope_missing", "The key does not have the scope to report.");
  }
  if (use.sourceId && key.sourceIds.length > 0 && !key.sourceIds.includes(use.sourceId)) {
    return reason("key_other_source", "The key is not for this source.");
  }
  return null;
}

/** What the audit keeps of a key (reference 7.5): neither the raw key nor its hash. */
export function keyAuditDetail(key: IntakeKey): Record<string, unknown> {
  return {
    key_id: key.keyId,
    project_id: key.projectId,
    name: key.name,
    enabled: key.enabled,
    scopes: key.scopes,
    source_ids: key.sourceIds,
    daily_quota: key.dailyQuota,
    created_at_ms: key.createdAtMs,
    expires_at_ms: key.expiresAtMs,
    last_used_at_ms: key.lastUsedAtMs,
    rotated_from_id: key.rotatedFromId,
  };
}

/** The old key and its successor both report for so long (W-14): time to put the new one everywhere. */
export const overlapDefaultMs = 7 * 86_400_000;

export type Rotation =
  | { ok: true; previousExpiresAtMs: number; successorExpiresAtMs: number | null }
  | { ok: false; reason: Reason };

/**
 * When both keys end. The old one never later than it did before; the new one lives as long as the old one was made for,
 * unless `expiresAtMs` says otherwise (null: it does not expire).
 */
export function planRotation(
  key: Pick<IntakeKey, "enabled" | "createdAtMs" | "expiresAtMs">,
  { overlapMs, expiresAtMs, nowMs }: { overlapMs: number; expiresAtMs?: number | null; nowMs: number },
): Rotation {
  if (!key.enabled) return { ok: false, reason: reason("key_disabled", "The key is disabled.") };
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) {
    return { ok: false, reason: reason("key_expired", "The key has expired.") };
  }
  const end = nowMs + overlapMs;
  const lifetimeMs = key.expiresAtMs === null ? null : key.expiresAtMs - key.createdAtMs;
  const inherited = lifetimeMs === null ? null : nowMs + lifetimeMs;
  return {
    ok: true,
    previousExpiresAtMs: key.expiresAtMs === null ? end : Math.min(end, key.expiresAtMs),
    successorExpiresAtMs: expiresAtMs === undefined ? inherited : expiresAtMs,
  };
}
