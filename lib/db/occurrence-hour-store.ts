import type { Database } from "./client";
import { ms } from "./rows";
import { inTransaction } from "./transaction";

/** A report may be committed a moment after it was received: an hour is counted when it has been over for this long. */
const settledAfterMs = 5 * 60_000;
/** At most so much is counted in one go; a new deployment of an old database needs a few. */
const stepMs = 5 * 86_400_000;
/** Charts go back 30 days; what is older than this is let go. */
const keptMs = 400 * 86_400_000;
const chartMs = 31 * 86_400_000;
const hourMs = 3_600_000;

/**
 * Counts the hours that are over by source. Many processes may ask: one does it, and counting an hour twice gives the same.
 * Answers whether there is more to do.
 */
export async function refreshOccurrenceHours(db: Database, nowMs: number): Promise<{ more: boolean }> {
  const dueMs = Math.floor((nowMs - settledAfterMs) / hourMs) * hourMs;
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`INSERT INTO occurrence_hour_marks (id, counted_until)
      SELECT 1, COALESCE(
        (SELECT date_bin('1 hour', min(received_at), 'epoch') FROM occurrences
          WHERE received_at >= ${new Date(nowMs - chartMs)}), ${new Date(dueMs)})
      ON CONFLICT (id) DO NOTHING`;
    const rows = await tx.$queryRaw<Array<{ counted_until: Date }>>`
      SELECT counted_until FROM occurrence_hour_marks WHERE id = 1 FOR UPDATE`;
    const fromMs = ms(rows[0]?.counted_until);
    const untilMs = Math.min(dueMs, fromMs + stepMs);
    if (untilMs <= fromMs) return { more: false };
    await tx.$executeRaw`INSERT INTO occurrence_hours (hour, project_id, source, count)
      SELECT date_bin('1 hour', received_at, 'epoch'), COALESCE(project_id, ''),
        COALESCE(log_source_id, provenance::text), count(*)
      FROM occurrences WHERE received_at >= ${new Date(fromMs)} AND received_at < ${new Date(untilMs)}
      GROUP BY 1, 2, 3 ON CONFLICT (hour, project_id, source) DO UPDATE SET count = EXCLUDED.count`;
    await tx.$executeRaw`DELETE FROM occurrence_hours WHERE hour < ${new Date(nowMs - keptMs)}`;
    await tx.$executeRaw`UPDATE occurrence_hour_marks SET counted_until = ${new Date(untilMs)} WHERE id = 1`;
    return { more: untilMs < dueMs };
  });
}
