import type {
  CreateIntakeKeyWire,
  IntakeKeyListQuery,
  IntakeKeyWire,
  RotateIntakeKeyWire,
} from "@/lib/contracts/intake-key";
import type { IntakeKey } from "@/lib/domain/intake-key";
import { flagOf, given, pageFromQuery, spanFromQuery } from "./list-query";
import { present } from "./record-parts";

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
    ...(key.dailyQuota !== null && { daily_quota: key.dailyQuota }),
    ...(key.lastUsedAtMs !== null && { last_used_at_ms: key.lastUsedAtMs }),
    ...(key.expiresAtMs !== null && { expires_at_ms: key.expiresAtMs }),
    ...(key.disabledAtMs !== null && { disabled_at_ms: key.disabledAtMs }),
    ...(key.rotatedFromId !== null && { rotated_from_id: key.rotatedFromId }),
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
    dailyQuota: body.daily_quota ?? null,
  };
}

/** Absent and null are two things for the expiry: as the old key was made for, and never. */
export function rotateIntakeKeyFromWire(keyId: string, body: RotateIntakeKeyWire) {
  return { keyId, overlapMs: body.overlap_ms ?? undefined, expiresAtMs: body.expires_at_ms };
}

export function rotatedIntakeKeyToWire(rotated: { key: IntakeKey; rawKey: string; previous: IntakeKey }) {
  return {
    key: intakeKeyToWire(rotated.key),
    raw_key: rotated.rawKey,
    previous: intakeKeyToWire(rotated.previous),
  };
}

export function intakeKeyListToWire(list: { keys: IntakeKey[]; nextCursor: string | null }) {
  return { keys: list.keys.map(intakeKeyToWire), ...present({ next_cursor: list.nextCursor }) };
}

/** Without a limit or a cursor every key is answered (contract 3). */
export function listIntakeKeysFromQuery(query: IntakeKeyListQuery) {
  const { limit, cursor } = pageFromQuery(query);
  return {
    page: { limit: query.limit === undefined && !cursor ? null : limit, cursor },
    filter: {
      search: given(query.q),
      projectId: given(query.project),
      enabled: flagOf(query.enabled),
      ...spanFromQuery(query),
    },
  };
}
