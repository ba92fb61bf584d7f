import type { ActorRef } from "@/lib/domain/actor";
import type { RedactedPlace, RedactionRun, RedactionRunCounts } from "@/lib/domain/redaction-run";
import type { Database } from "./client";
import { json, list, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

const leaseSeconds = 60;

/** Takes the turn, unless another process has it; one that died has lost it after a minute. null: not ours. */
export async function claimRedactionTurn(
  db: Database,
  owner: string,
): Promise<{ rulesVersion: number } | null> {
  const { rows } = await db.pool.query(
    `UPDATE redaction_turns SET claimed_by = $1, lease_until = now() + interval '${leaseSeconds} s'
     WHERE id = 1 AND (claimed_by IS NULL OR lease_until < now()) RETURNING rules_version`,
    [owner],
  );
  return rows[0] ? { rulesVersion: Number(rows[0].rules_version) } : null;
}

/** Keeps it for another minute, in the transaction of what was changed in it; false when it is somebody else's by now. */
export async function keepRedactionTurn(tx: Transaction, owner: string): Promise<boolean> {
  const kept = await tx.$executeRawUnsafe(
    `UPDATE redaction_turns SET lease_until = now() + interval '${leaseSeconds} s' WHERE id = 1 AND claimed_by = $1`,
    owner,
  );
  return kept > 0;
}

export async function endRedactionTurn(db: Database, owner: string): Promise<void> {
  await db.pool.query(
    "UPDATE redaction_turns SET claimed_by = NULL, lease_until = NULL WHERE id = 1 AND claimed_by = $1",
    [owner],
  );
}

/** Everything that is stored has been read by the rules of this version. */
export async function markRulesVersion(tx: Transaction, rulesVersion: number): Promise<void> {
  await tx.$executeRawUnsafe(
    "UPDATE redaction_turns SET rules_version = GREATEST(rules_version, $1) WHERE id = 1",
    rulesVersion,
  );
}

/** The version of the rules by which everything that is stored has been read. */
export async function readRulesVersion(db: Database): Promise<number> {
  const { rows } = await db.pool.query("SELECT rules_version FROM redaction_turns WHERE id = 1");
  return Number(rows[0]?.rules_version ?? 0);
}

/** false: another run is under way, and nothing was written. A partial unique index decides. */
export async function insertRedactionRun(tx: Transaction, run: RedactionRun): Promise<boolean> {
  const { count } = await tx.redactionRun.createMany({
    data: [{ id: run.runId, ...columnsOf(run) }],
    skipDuplicates: true,
  });
  return count > 0;
}

/**
 * How far it is, in the transaction of what was changed in it. Once it was stopped it stays so, and the page that was under way
 * still counts.
 */
export async function saveRedactionRun(tx: Transaction, run: RedactionRun): Promise<RedactionRun> {
  const columns = columnsOf(run);
  const { count } = await tx.redactionRun.updateMany({
    where: { id: run.runId, state: "running" },
    data: columns,
  });
  if (count > 0) return run;
  const { state: _state, endedAt: _endedAt, ...progress } = columns;
  await tx.redactionRun.update({ where: { id: run.runId }, data: progress });
  return { ...run, state: "stopped" };
}

/** null when it is not under way. What its last turn failed with is nobody's concern any more. */
export async function markRedactionRunStopped(
  tx: Transaction,
  runId: string,
  at: Date,
): Promise<RedactionRun | null> {
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE redaction_runs SET state = 'stopped', ended_at = ${at}, error = NULL
    WHERE id = ${runId} AND state = 'running' RETURNING *`;
  return rows[0] ? runFromRow(rows[0]) : null;
}

export async function findRedactionRun(on: Transaction, runId: string): Promise<RedactionRun | null> {
  const rows = await on.$queryRaw<Row[]>`SELECT * FROM redaction_runs WHERE id = ${runId}`;
  return rows[0] ? runFromRow(rows[0]) : null;
}

/** Did somebody stop a walk by these rules, or by later ones? */
export async function wasRereadingStopped(db: Database, rulesVersion: number): Promise<boolean> {
  const { rows } = await db.pool.query(
    "SELECT EXISTS (SELECT 1 FROM redaction_runs WHERE state = 'stopped' AND rules_version >= $1) AS stopped",
    [rulesVersion],
  );
  return rows[0]?.stopped === true;
}

/** A turn of it failed: the next one goes on from where it stands. */
export async function noteRedactionFault(db: Database, runId: string, error: string): Promise<void> {
  await db.prisma.redactionRun.updateMany({ where: { id: runId, state: "running" }, data: { error } });
}

export async function findOpenRedactionRun(db: Database): Promise<RedactionRun | null> {
  const { rows } = await db.pool.query("SELECT * FROM redaction_runs WHERE state = 'running'");
  return rows[0] ? runFromRow(rows[0]) : null;
}

/** Newest first. */
export async function listRedactionRunRecords(db: Database, limit: number): Promise<RedactionRun[]> {
  const { rows } = await db.pool.query("SELECT * FROM redaction_runs ORDER BY started_at DESC, id LIMIT $1", [
    limit,
  ]);
  return rows.map(runFromRow);
}

function columnsOf(run: RedactionRun) {
  return {
    ...{ trigger: run.trigger, actor: run.actor, rulesVersion: run.rulesVersion, state: run.state },
    ...{ place: run.place, after: run.after, approvalsVoided: run.approvalsVoided, error: run.error },
    ...{ examined: run.examined, changed: run.changed, frozen: run.frozen, heldBack: run.heldBack },
    startedAt: new Date(run.startedAtMs),
    endedAt: run.endedAtMs === null ? null : new Date(run.endedAtMs),
  };
}

function runFromRow(row: Row): RedactionRun {
  const counts = (value: unknown) => json<RedactionRunCounts>(value);
  return {
    runId: text(row.id),
    trigger: row.trigger as RedactionRun["trigger"],
    actor: json<ActorRef>(row.actor),
    rulesVersion: Number(row.rules_version),
    state: row.state as RedactionRun["state"],
    place: textOrNull(row.place) as RedactedPlace | null,
    after: list(row.after),
    ...{ examined: counts(row.examined), changed: counts(row.changed), frozen: counts(row.frozen) },
    heldBack: counts(row.held_back),
    approvalsVoided: Number(row.approvals_voided),
    error: textOrNull(row.error),
    startedAtMs: ms(row.started_at),
    endedAtMs: msOrNull(row.ended_at),
  };
}
