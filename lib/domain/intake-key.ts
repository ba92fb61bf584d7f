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
  createdAtMs: number;
  expiresAtMs: number | null;
  lastUsedAtMs: number | null;
  rejectedCount: number;
  disabledAtMs: number | null;
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
    created_at_ms: key.createdAtMs,
    expires_at_ms: key.expiresAtMs,
    last_used_at_ms: key.lastUsedAtMs,
  };
}
