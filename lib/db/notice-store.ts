import type { NoticeKind, OpenNotice } from "@/lib/domain/notification";
import type { Database } from "./client";
import { count, ms, text, textOrNull } from "./rows";
import { approvalDue, quiet, quietDraft } from "./status-conditions";
import { inTransaction } from "./transaction";

/** Of one kind in one turn. A storm of more is taken over several. */
const noticesMax = 5_000;
const keptMs = 14 * 86_400_000;
/** A transaction may commit after a later one was looked at: so much is looked at twice, and counted once. */
const overlapMs = 120_000;

/**
 * Gives everything that came to need somebody since the last turn its notice, once each, the riskiest first. What was there
 * before `fromMs` at the earliest is nobody's news any more. Where a turn could not take everything, the next one goes on there.
 */
export async function refreshNotices(db: Database, fromMs: number, nowMs: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ collected_until: Date }>>`
      SELECT collected_until FROM notification_settings WHERE id = 1 FOR UPDATE`;
    const since = new Date(Math.max(fromMs, ms(rows[0]?.collected_until) - overlapMs));
    const at = new Date(nowMs);
    let hasMore = false;
    for (const [kind, found] of Object.entries(needing)) {
      const added = await tx.$executeRawUnsafe(
        `INSERT INTO notices (kind, subject_id, occasion, project_id, risk_rank, created_at)
         SELECT '${kind}', f.id, f.occasion, f.project_id, f.risk_rank, $2::timestamptz FROM (${found}) f
         WHERE (SELECT n.sequence FROM notices n
           WHERE n.kind = '${kind}' AND n.subject_id = f.id AND n.occasion = f.occasion) IS NULL
         ORDER BY f.risk_rank DESC, f.id LIMIT ${noticesMax}
         ON CONFLICT (kind, subject_id, occasion) DO NOTHING`,
        since,
        at,
      );
      hasMore ||= added === noticesMax;
    }
    await tx.$executeRaw`DELETE FROM notices WHERE created_at < ${new Date(nowMs - keptMs)}`;
    if (!hasMore) await tx.$executeRaw`UPDATE notification_settings SET collected_until = ${at} WHERE id = 1`;
  });
}

/**
 * What needs somebody, by kind: id, occasion, project and risk of whatever came to since $1. An array, not a join: in a storm
 * the planner knows nothing of the rows yet, and would compare each with each.
 */
const needing: Record<NoticeKind, string> = {
  // A draft is due when it is made, again when an approval of it ends, and again when its incident wakes.
  approvals: `SELECT d.id, COALESCE((SELECT a.id FROM approvals a WHERE a.draft_id = d.id ORDER BY a.created_at DESC LIMIT 1),
        'first') || COALESCE(' woke ' || (i.woke->>'atMs'), '') AS occasion, d.project_id, d.risk_rank
      FROM drafts d JOIN incidents i ON i.id = d.incident_id
      WHERE d.id = ANY(ARRAY(SELECT id FROM drafts WHERE created_at >= $1
          UNION ALL SELECT draft_id FROM approvals WHERE ended_at >= $1
          UNION ALL SELECT draft_id FROM incidents WHERE updated_at >= $1 AND woke IS NOT NULL
            AND (woke->>'atMs')::bigint >= extract(epoch FROM $1::timestamptz) * 1000))
        AND d.deleted_at IS NULL AND ${approvalDue} AND NOT (${quiet("i")})`,
  failures: `SELECT v.post_id AS id, v.state || ' ' || v.attempt_count AS occasion, d.project_id, d.risk_rank
      FROM deliveries v JOIN drafts d ON d.id = v.draft_id
      WHERE v.ended_at >= $1 AND v.deleted_at IS NULL AND v.state IN ('failed', 'blocked', 'ambiguous')`,
  break_glass: `SELECT a.id, 'first' AS occasion, d.project_id, d.risk_rank
      FROM approvals a JOIN drafts d ON d.id = a.draft_id WHERE a.break_glass AND a.created_at >= $1`,
};

/** The last notice's number; 0 while there is none. */
export async function readNewestNotice(db: Database): Promise<number> {
  const { rows } = await db.pool.query("SELECT COALESCE(max(sequence), 0) AS newest FROM notices");
  return count(rows[0]?.newest ?? 0);
}

/** Those after a number that still need somebody, the riskiest first: of more than fit, those are told of. */
export async function listOpenNotices(db: Database, after: number): Promise<OpenNotice[]> {
  const { rows } = await db.pool.query({
    name: "open-notices",
    text: `SELECT n.sequence, n.kind, n.subject_id, n.created_at, d.id AS draft_id, d.project_id, d.risk_level,
        d.risk_rank
      FROM notices n
      LEFT JOIN deliveries v ON n.kind = 'failures' AND v.post_id = n.subject_id
      LEFT JOIN approvals a ON n.kind = 'break_glass' AND a.id = n.subject_id
      JOIN drafts d ON d.id = COALESCE(v.draft_id, a.draft_id, n.subject_id) AND d.deleted_at IS NULL
      WHERE n.sequence > $1 AND CASE n.kind WHEN 'approvals' THEN ${approvalDue} AND NOT (${quietDraft})
        WHEN 'failures' THEN v.state IN ('failed', 'blocked', 'ambiguous') AND v.deleted_at IS NULL ELSE true END
      ORDER BY d.risk_rank DESC, n.sequence DESC LIMIT ${noticesMax}`,
    values: [after],
  });
  return rows.map((row) => ({
    sequence: count(row.sequence),
    kind: row.kind as NoticeKind,
    subjectId: text(row.subject_id),
    draftId: text(row.draft_id),
    projectId: textOrNull(row.project_id),
    // Another word than a known level is a reporter's own, and those stay inside (D-31).
    riskLevel: count(row.risk_rank) > 0 ? textOrNull(row.risk_level) : null,
    riskRank: count(row.risk_rank),
    createdAtMs: ms(row.created_at),
  }));
}
