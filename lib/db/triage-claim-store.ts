import type { PhaseProgress, TriageRun } from "@/lib/domain/triage-run";
import { changeChannel } from "./change-feed";
import type { Database } from "./client";
import { msOrNull, type Row } from "./rows";
import type { Transaction } from "./transaction";
import { triageRunFromRow } from "./triage-rows";

// Who works on a run, and for how long. Every write of a claim names it: one that was lost writes nothing.

export type WorkerClaim = {
  worker: string;
  limit: number;
  leaseMs: number;
  nowMs: number;
  /** Projects that are paused or disabled: their runs stay queued (D-15). */
  heldProjects: readonly string[];
};

/** Of the claim that a run is given: an id of its own, and the deadline that counts from when work begins. */
const claimColumns = `status = 'running',
  claim_id = 'claim-' || replace(gen_random_uuid()::text, '-', ''),
  claimed_at = $1, heartbeat_at = $1, next_attempt_at = LEAST(r.next_attempt_at, $1), claim_count = r.claim_count + 1,
  recovery_count = r.recovery_count + (r.status = 'running' AND r.lease_until <= $1)::int,
  started_at = COALESCE(r.started_at, $1),
  deadline_at = COALESCE(r.deadline_at, $1 + (r.budget->>'runMs')::bigint * interval '1 millisecond'),
  revision = r.revision + 1, updated_at = $1`;

/** The draft is under triage from here on, and listeners hear of both. */
const tellStarted = `
moved AS (
  UPDATE drafts d SET triage = 'running', updated_at = $1 FROM taken t
  WHERE d.triage_run_id = t.id AND d.triage = 'queued' RETURNING d.id
),
told AS (
  SELECT pg_notify('${changeChannel}', json_build_object('topic', w.topic, 'id', w.id, 'projectId', d.project_id)::text)
  FROM taken t JOIN drafts d ON d.id = t.draft_id
  CROSS JOIN LATERAL (VALUES ('triage', t.id), ('draft', t.draft_id)) AS w(topic, id)
)
SELECT t.*, (SELECT count(*) FROM told) AS told, (SELECT count(*) FROM moved) AS moved FROM taken t`;

const claimDueSql = `
WITH due AS (
  SELECT r.id FROM triage_runs r JOIN drafts d ON d.id = r.draft_id
  WHERE r.status IN ('queued', 'running') AND r.next_attempt_at <= $1
    AND (r.status = 'queued' OR r.lease_until <= $1) AND (r.deadline_at IS NULL OR r.deadline_at > $1)
    AND d.deleted_at IS NULL AND d.approval <> 'denied'
    AND (cardinality($5::text[]) = 0 OR d.project_id IS NULL OR d.project_id <> ALL($5::text[]))
  ORDER BY r.next_attempt_at LIMIT $4 FOR UPDATE OF r SKIP LOCKED
),
taken AS (
  UPDATE triage_runs r SET ${claimColumns}, claim_kind = 'worker', claimed_by = $2, lease_until = $3
  FROM due WHERE r.id = due.id RETURNING r.*
),${tellStarted}`;

/** Takes what waits, and what a dead worker or a silent agent left behind. Other workers skip what is being taken. */
export async function claimDueTriageRuns(db: Database, claim: WorkerClaim): Promise<TriageRun[]> {
  const { rows } = await db.pool.query({
    name: "claim-triage-runs",
    text: claimDueSql,
    values: [
      new Date(claim.nowMs),
      claim.worker,
      new Date(claim.nowMs + claim.leaseMs),
      claim.limit,
      claim.heldProjects,
    ],
  });
  return rows.map(triageRunFromRow);
}

/** Until the next run may be taken, or a lease or a deadline runs out; null with nothing to come. Epoch ms. */
export async function nextTriageAtMs(db: Database, afterMs: number): Promise<number | null> {
  const { rows } = await db.pool.query({
    name: "next-triage",
    text: `SELECT least(min(next_attempt_at) FILTER (WHERE status = 'queued' AND next_attempt_at > $1),
        min(lease_until) FILTER (WHERE status = 'running' AND lease_until > $1),
        min(deadline_at) FILTER (WHERE status = 'running' AND deadline_at > $1)) AS at
      FROM triage_runs WHERE status IN ('queued', 'running')`,
    values: [new Date(afterMs)],
  });
  return msOrNull(rows[0]?.at);
}

/** Of an external agent: a queued run, one that a worker holds, or one whose lease is over. null when somebody was first. */
export async function claimTriageRunForAgent(
  tx: Transaction,
  claim: { runId: string; agent: string; leaseMs: number; nowMs: number },
): Promise<TriageRun | null> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `WITH taken AS (
      UPDATE triage_runs r SET ${claimColumns}, claim_kind = 'agent', claimed_by = $2, lease_until = $3
      WHERE r.id = $4 AND r.status IN ('queued', 'running')
        AND (r.status = 'queued' OR r.claim_kind IS DISTINCT FROM 'agent' OR r.lease_until <= $1)
        AND (r.deadline_at IS NULL OR r.deadline_at > $1)
      RETURNING r.*
    ),${tellStarted}`,
    new Date(claim.nowMs),
    claim.agent,
    new Date(claim.nowMs + claim.leaseMs),
    claim.runId,
  );
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

export type HeldRun = { runId: string; claimId: string };

/** Says that the work goes on. null when the claim is not theirs any more, else until when it is now; epoch ms. */
export async function extendTriageLease(
  db: Database,
  held: HeldRun & { leaseMs: number; nowMs: number },
): Promise<number | null> {
  const { rows } = await db.pool.query({
    name: "extend-triage-lease",
    text: `UPDATE triage_runs SET heartbeat_at = $3, lease_until = $4
      WHERE id = $1 AND claim_id = $2 AND status = 'running' AND (deadline_at IS NULL OR deadline_at > $3)
        AND lease_until > $3
      RETURNING lease_until`,
    values: [held.runId, held.claimId, new Date(held.nowMs), new Date(held.nowMs + held.leaseMs)],
  });
  return msOrNull(rows[0]?.lease_until);
}

/** How far a claimed run has come. null when the claim was lost: nothing is written then. */
export async function saveTriageProgress(
  tx: Transaction,
  held: HeldRun & { phases: readonly PhaseProgress[]; workspaceRoot?: string | null; nowMs: number },
): Promise<TriageRun | null> {
  const at = new Date(held.nowMs);
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE triage_runs SET phases = ${JSON.stringify(held.phases)}::jsonb, revision = revision + 1, updated_at = ${at},
      workspace_root = COALESCE(${held.workspaceRoot ?? null}, workspace_root)
    WHERE id = ${held.runId} AND claim_id = ${held.claimId} AND status = 'running' RETURNING *`;
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

/** Gives a claimed run back to whoever takes it next, not before `atMs`. false when the claim was lost. */
export async function replaceInTriageQueue(
  tx: Transaction,
  held: HeldRun & { atMs: number; nowMs: number; phases?: readonly PhaseProgress[]; lastError?: unknown },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE triage_runs SET status = 'queued', claim_id = NULL, claim_kind = NULL, claimed_by = NULL, lease_until = NULL,
      next_attempt_at = ${new Date(held.atMs)}, revision = revision + 1, updated_at = ${new Date(held.nowMs)},
      phases = COALESCE(${held.phases ? JSON.stringify(held.phases) : null}::jsonb, phases),
      last_error = COALESCE(${held.lastError ? JSON.stringify(held.lastError) : null}::jsonb, last_error)
    WHERE id = ${held.runId} AND claim_id = ${held.claimId} AND status = 'running'`;
  return changed > 0;
}

/** Takes a run from an external agent, or from waiting for one: any worker may go on now. false when no agent has it. */
export async function putBackInTriageQueue(
  tx: Transaction,
  { runId, nowMs }: { runId: string; nowMs: number },
): Promise<boolean> {
  const at = new Date(nowMs);
  const changed = await tx.$executeRaw`
    UPDATE triage_runs SET status = 'queued', claim_id = NULL, claim_kind = NULL, claimed_by = NULL, lease_until = NULL,
      next_attempt_at = ${at}, revision = revision + 1, updated_at = ${at}
    WHERE id = ${runId}
      AND ((status = 'running' AND claim_kind = 'agent') OR (status = 'queued' AND next_attempt_at > ${at}))`;
  return changed > 0;
}
