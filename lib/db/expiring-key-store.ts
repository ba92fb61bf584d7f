import { type ExpiringKey, expiredShownMs, expiryNoticeMs } from "@/lib/domain/overview";
import type { Database } from "./client";
import { ms, text, textOrNull } from "./rows";

const listMax = 20;

/**
 * Enabled keys and tokens that end soon or have ended lately and that no other took over from, the first to end first.
 * `projects` null: tokens too, which belong to no project.
 */
export async function listExpiringKeys(
  db: Database,
  projects: readonly string[] | null,
  nowMs: number,
): Promise<ExpiringKey[]> {
  if (projects?.length === 0) return [];
  const { rows } = await db.pool.query({
    name: "expiring-keys",
    text: `SELECT * FROM (
        SELECT 'intake_key' AS kind, k.id, k.name, k.project_id, k.expires_at FROM intake_keys k
        WHERE k.enabled AND ($1::text[] IS NULL OR k.project_id = ANY($1))
          AND NOT EXISTS (SELECT 1 FROM intake_keys later WHERE later.rotated_from_id = k.id)
        UNION ALL
        SELECT 'api_token', t.id, t.name, NULL, t.expires_at FROM api_tokens t
        WHERE t.disabled_at IS NULL AND $1::text[] IS NULL
      ) keys WHERE expires_at BETWEEN $2 AND $3 ORDER BY expires_at, id LIMIT ${listMax}`,
    values: [projects, new Date(nowMs - expiredShownMs), new Date(nowMs + expiryNoticeMs)],
  });
  return rows.map((row) => ({
    kind: row.kind as ExpiringKey["kind"],
    id: text(row.id),
    name: text(row.name),
    projectId: textOrNull(row.project_id),
    expiresAtMs: ms(row.expires_at),
  }));
}
