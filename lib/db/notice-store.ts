import type { NoticeKind, OpenNotice } from "@/lib/domain/notification";
import type { Database } from "./client";
import { count, ms, text, textOrNull } from "./rows";
import { approvalDue } from "./status-conditions";
import { inTransaction } from "./transaction";

/** Of one turn. A storm of more is taken over several. */
const noticesMax = 5_000;
const keptMs = 14 * 86_400_000;
/** A transaction may commit after a later one was looked at: so much is looked at twice, and counted once. */
const overlapMs = 120_000;

/**
 * Gives everything that came to need somebody since the last turn its notice, once each. What was there before `fromMs` at
 * the earliest is nobody's news any more.
 */
export async function refreshNotices(db: Database, fromMs: number, nowMs: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ collected_until: Date }>>`
      SELECT collected_until FROM notification_settings WHERE id = 1 FOR UPDATE`;
    const since = new Date(Math.max(fromMs, ms(rows[0]?.collected_until) - overlapMs));
    const at = new Date(nowMs);
    for (const select of [dueDrafts, endedDeliveries, brokenGlass]) {
      await tx.$executeRawUnsafe(
        `INSERT INTO notices (kind, subject_id, occasion, project_id, risk_rank, created_at) ${select}
         ON CONFLICT (kind, subject_id, occasion) DO NOTHING`,
        since,
        at,
      );
    }
    await tx.$executeRaw`DELETE FROM notices WHERE created_at < ${new Date(nowMs - keptMs)}`;
    await tx.$executeRaw`UPDATE notification_settings SET collected_until = ${at} WHERE id = 1`;
  });
}

/** A draft is due when it is made, and again when an approval of it ends. */
const dueDrafts = `SELECT 'approvals', d.id,
    COALESCE((SELECT a.id FROM approvals a WHERE a.draft_id = d.id ORDER BY a.created_at DESC LIMIT 1), 'first'),
    d.project_id, d.risk_rank, $2::timestamptz
  FROM drafts d WHERE d.deleted_at IS NULL AND ${approvalDue}
    AND (d.created_at >= $1 OR d.id IN (SELECT draft_id FROM approvals WHERE ended_at >= $1))
  LIMIT ${noticesMax}`;

const endedDeliveries = `SELECT 'failures', v.post_id, v.state || ' ' || v.attempt_count, d.project_id, d.risk_rank,
    $2::timestamptz
  FROM deliveries v JOIN drafts d ON d.id = v.draft_id
  WHERE v.ended_at >= $1 AND v.deleted_at IS NULL AND v.state IN ('failed', 'blocked', 'ambiguous')
  LIMIT ${noticesMax}`;

const brokenGlass = `SELECT 'break_glass', a.id, 'first', d.project_id, d.risk_rank, $2::timestamptz
  FROM approvals a JOIN drafts d ON d.id = a.draft_id WHERE a.break_glass AND a.created_at >= $1 LIMIT ${noticesMax}`;

/** The last notice's number; 0 while there is none. */
export async function readNewestNotice(db: Database): Promise<number> {
  const { rows } = await db.pool.query("SELECT COALESCE(max(sequence), 0) AS newest FROM notices");
  return count(rows[0]?.newest ?? 0);
}

/** Those after a number that still need somebody, the newest first. */
export async function listOpenNotices(db: Database, after: number): Promise<OpenNotice[]> {
  const { rows } = await db.pool.query({
    name: "open-notices",
    text: `SELECT n.sequence, n.kind, n.subject_id, n.created_at, d.id AS draft_id, d.project_id, d.risk_level,
        d.risk_rank
      FROM notices n
      LEFT JOIN deliveries v ON n.kind = 'failures' AND v.post_id = n.subject_id
      LEFT JOIN approvals a ON n.kind = 'break_glass' AND a.id = n.subject_id
      JOIN drafts d ON d.id = COALESCE(v.draft_id, a.draft_id, n.subject_id) AND d.deleted_at IS NULL
      WHERE n.sequence > $1 AND CASE n.kind WHEN 'approvals' THEN ${approvalDue}
        WHEN 'failures' THEN v.state IN ('failed', 'blocked', 'ambiguous') AND v.deleted_at IS NULL ELSE true END
      ORDER BY n.sequence DESC LIMIT ${noticesMax}`,
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
