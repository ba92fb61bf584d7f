import type { ActorRef } from "@/lib/domain/actor";
import type { RetentionRun } from "@/lib/domain/retention-run";
import type { Database } from "./client";
import { json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

const leaseSeconds = 60;

export type RetentionTurn = { rules: string | null; completeAtMs: number | null };

/**
 * Takes the turn, unless another process has it. One whose process died is over after a minute, and its run is on record as
 * failed; what it removed is removed, and this one goes on from there.
 */
export async function claimTurn(db: Database, owner: string): Promise<RetentionTurn | null> {
  const { rows } = await db.pool.query(
    `WITH before AS (SELECT run_id FROM retention_turns WHERE id = 1 FOR UPDATE),
     claimed AS (UPDATE retention_turns SET claimed_by = $1, lease_until = now() + interval '${leaseSeconds} s', run_id = NULL
       FROM before WHERE id = 1 AND (claimed_by IS NULL OR lease_until < now()) RETURNING rules, complete_at),
     interrupted AS (UPDATE retention_runs r SET state = 'failed', ended_at = now(), errors = '[{"code": "interrupted"}]'
       FROM before, claimed WHERE r.id = before.run_id AND r.ended_at IS NULL)
     SELECT rules, complete_at FROM claimed`,
    [owner],
  );
  const [row] = rows;
  return row ? { rules: textOrNull(row.rules), completeAtMs: msOrNull(row.complete_at) } : null;
}

/** Keeps the turn for another minute, in the transaction of what was removed in it; false when it is somebody else's by now. */
export async function keepTurn(tx: Transaction, owner: string, runId: string | null): Promise<boolean> {
  const kept = await tx.$executeRawUnsafe(
    `UPDATE retention_turns SET lease_until = now() + interval '${leaseSeconds} s', run_id = $2
     WHERE id = 1 AND claimed_by = $1`,
    owner,
    runId,
  );
  return kept > 0;
}

/** Gives the turn back. `complete`: everything that was due under these rules at that time is gone. */
export async function endTurn(
  db: Database,
  owner: string,
  complete: { rules: string; atMs: number } | null,
): Promise<void> {
  await db.pool.query(
    `UPDATE retention_turns SET claimed_by = NULL, lease_until = NULL, run_id = NULL, rules = COALESCE($2, rules),
       complete_at = COALESCE($3, complete_at) WHERE id = 1 AND claimed_by = $1`,
    [owner, complete?.rules ?? null, complete ? new Date(complete.atMs) : null],
  );
}

/** Whether the monitor is on and going, and no more than that: asked between two commits. */
export async function readSwitch(db: Database): Promise<{ enabled: boolean; paused: boolean } | null> {
  return db.prisma.monitorSettings.findUnique({ where: { id: 1 }, select: { enabled: true, paused: true } });
}

export async function saveRun(tx: Transaction, run: RetentionRun): Promise<void> {
  const data = {
    ...{
      trigger: run.trigger,
      actor: run.actor,
      projectId: run.projectId,
      subject: run.subject,
      state: run.state,
    },
    ...{ removed: run.removed, heldBack: run.heldBack, errors: run.errors },
    startedAt: new Date(run.startedAtMs),
    endedAt: run.endedAtMs === null ? null : new Date(run.endedAtMs),
  };
  await tx.retentionRun.upsert({
    where: { id: run.runId },
    create: { id: run.runId, ...data },
    update: data,
  });
}

/** Newest first, at most `limit`. `projects`: of these alone; null: all. */
export async function listRunRecords(
  db: Database,
  { projects, limit }: { projects: readonly string[] | null; limit: number },
): Promise<RetentionRun[]> {
  const { rows } = await db.pool.query(
    `SELECT * FROM retention_runs WHERE $1::text[] IS NULL OR project_id = ANY($1)
     ORDER BY started_at DESC, id LIMIT $2`,
    [projects, limit],
  );
  return rows.map(runFromRow);
}

function runFromRow(row: Row): RetentionRun {
  return {
    runId: text(row.id),
    trigger: row.trigger as RetentionRun["trigger"],
    actor: json<ActorRef>(row.actor),
    projectId: textOrNull(row.project_id),
    subject: json(row.subject),
    state: row.state as RetentionRun["state"],
    removed: json(row.removed),
    heldBack: json(row.held_back),
    errors: json(row.errors),
    startedAtMs: ms(row.started_at),
    endedAtMs: msOrNull(row.ended_at),
  };
}
