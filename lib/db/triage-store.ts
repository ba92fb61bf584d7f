import type { ActorRef } from "@/lib/domain/actor";
import type { TriageFacet } from "@/lib/domain/draft";
import type { IssueDraft } from "@/lib/domain/issue-draft";
import type { Reason } from "@/lib/domain/reason";
import type { PhaseProgress, TriageArtifact, TriageRun, TriageRunStatus } from "@/lib/domain/triage-run";
import type { Database } from "./client";
import { type Row, textOrNull } from "./rows";
import type { Transaction } from "./transaction";
import type { HeldRun } from "./triage-claim-store";
import { triageArtifactFromRow, triageRunFromRow } from "./triage-rows";

export type NewTriageRun = Pick<
  TriageRun,
  | "runId"
  | "draftId"
  | "trigger"
  | "requestedBy"
  | "phases"
  | "budget"
  | "duplicates"
  | "edits"
  | "nextAttemptAtMs"
  | "createdAtMs"
>;

/** null when the draft has a live run already: the index decides, not a look-up. */
export async function insertTriageRun(tx: Transaction, run: NewTriageRun): Promise<TriageRun | null> {
  const at = new Date(run.createdAtMs);
  const rows = await tx.$queryRaw<Row[]>`
    INSERT INTO triage_runs (id, draft_id, status, trigger, requested_by, phases, budget, duplicates, edits,
      next_attempt_at, created_at, updated_at)
    VALUES (${run.runId}, ${run.draftId}, 'queued', ${run.trigger}, ${JSON.stringify(run.requestedBy)}::jsonb,
      ${JSON.stringify(run.phases)}::jsonb, ${JSON.stringify(run.budget)}::jsonb, ${JSON.stringify(run.duplicates)}::jsonb,
      ${run.edits ? JSON.stringify(run.edits) : null}::jsonb,
      ${new Date(run.nextAttemptAtMs)}, ${at}, ${at})
    ON CONFLICT (draft_id) WHERE status IN ('queued', 'running') DO NOTHING RETURNING *`;
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

/** The draft's newest run becomes this one, queued. Approval stays what it is (D-04). false when it is gone or denied. */
export async function putDraftUnderTriage(
  tx: Transaction,
  draftId: string,
  runId: string,
  at: Date,
): Promise<boolean> {
  const { count: moved } = await tx.draft.updateMany({
    where: { id: draftId, deletedAt: null, approval: { not: "denied" } },
    data: { triageRunId: runId, triage: "queued", updatedAt: at },
  });
  return moved === 1;
}

/** Moves the facets of the draft whose newest run this is; an older run's end changes nothing. */
export async function moveTriageFacets(
  tx: Transaction,
  run: Pick<TriageRun, "runId" | "draftId">,
  facets: { triage?: TriageFacet; issue?: "none" | "ready" | "blocked"; issueBlockedReason?: string | null },
  at: Date,
): Promise<boolean> {
  const { count: moved } = await tx.draft.updateMany({
    where: { id: run.draftId, triageRunId: run.runId },
    data: { ...facets, updatedAt: at },
  });
  return moved === 1;
}

export async function findTriageRun(db: Database, runId: string): Promise<TriageRun | null> {
  const { rows } = await db.pool.query("SELECT * FROM triage_runs WHERE id = $1", [runId]);
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

export async function findLiveTriageRun(db: Database, draftId: string): Promise<TriageRun | null> {
  const { rows } = await db.pool.query(
    "SELECT * FROM triage_runs WHERE draft_id = $1 AND status IN ('queued', 'running')",
    [draftId],
  );
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

/** A draft's runs, newest first. */
export async function listTriageRuns(db: Database, draftId: string): Promise<TriageRun[]> {
  const { rows } = await db.pool.query(
    "SELECT * FROM triage_runs WHERE draft_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50",
    [draftId],
  );
  return rows.map(triageRunFromRow);
}

/** The issue draft of the run that was judged last; null where none was, or the gate stopped it. */
export async function findIssueDraft(db: Database, draftId: string): Promise<IssueDraft | null> {
  const { rows } = await db.pool.query({
    name: "judged-triage-run",
    text: `SELECT issue_draft FROM triage_runs WHERE draft_id = $1 AND gate IS NOT NULL
      ORDER BY created_at DESC LIMIT 1`,
    values: [draftId],
  });
  const row: Row | undefined = rows[0];
  return (row?.issue_draft as IssueDraft | undefined) ?? null;
}

/** A live run's place, locked until the transaction ends, so that what is read of it holds. */
export async function lockTriageRun(tx: Transaction, runId: string): Promise<TriageRun | null> {
  const rows = await tx.$queryRaw<Row[]>`SELECT * FROM triage_runs WHERE id = ${runId} FOR UPDATE`;
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

/** What a run has to say: its summary, who wrote it, what the gate said of it, the issue it would become. */
export async function saveTriageResult(
  tx: Transaction,
  runId: string,
  result: Partial<
    Pick<TriageRun, "summary" | "summaryBy" | "edits" | "gate" | "issueDraft" | "duplicates">
  > & {
    phases?: readonly PhaseProgress[];
  },
  at: Date,
): Promise<TriageRun> {
  const given = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE triage_runs SET revision = revision + 1, updated_at = ${at},
      summary = CASE WHEN ${result.summary !== undefined} THEN ${given(result.summary)}::jsonb ELSE summary END,
      summary_by = CASE WHEN ${result.summaryBy !== undefined} THEN ${result.summaryBy ?? null} ELSE summary_by END,
      gate = CASE WHEN ${result.gate !== undefined} THEN ${given(result.gate)}::jsonb ELSE gate END,
      issue_draft = CASE WHEN ${result.issueDraft !== undefined}
        THEN NULLIF(${given(result.issueDraft)}::jsonb, 'null'::jsonb) ELSE issue_draft END,
      duplicates = CASE WHEN ${result.duplicates !== undefined} THEN ${given(result.duplicates)}::jsonb ELSE duplicates END,
      edits = CASE WHEN ${result.edits !== undefined} THEN ${given(result.edits)}::jsonb ELSE edits END,
      phases = COALESCE(${given(result.phases)}::jsonb, phases)
    WHERE id = ${runId} RETURNING *`;
  if (!rows[0]) throw new Error(`triage run ${runId} is not there`);
  return triageRunFromRow(rows[0]);
}

export type TriageEnd = {
  status: Exclude<TriageRunStatus, "queued" | "running">;
  reason?: Reason | null;
  phases?: readonly PhaseProgress[];
  nowMs: number;
};

/** Ends a claimed run. false when the claim was lost. */
export async function endTriageRun(tx: Transaction, held: HeldRun, end: TriageEnd): Promise<boolean> {
  const at = new Date(end.nowMs);
  const ended = await tx.$executeRaw`
    UPDATE triage_runs SET status = ${end.status}::triage_run_status, ended_at = ${at}, updated_at = ${at},
      revision = revision + 1, claim_id = NULL, lease_until = NULL,
      last_error = COALESCE(${end.reason ? JSON.stringify(end.reason) : null}::jsonb, last_error),
      phases = COALESCE(${end.phases ? JSON.stringify(end.phases) : null}::jsonb, phases)
    WHERE id = ${held.runId} AND claim_id = ${held.claimId} AND status = 'running'`;
  return ended > 0;
}

/** Ends a live run whoever works on it: what they write afterwards finds no claim. null when it has ended already. */
export async function endTriageRunOutright(
  tx: Transaction,
  runId: string,
  end: { status: "cancelled" | "timed_out" | "failed"; by?: ActorRef; reason: Reason; nowMs: number },
): Promise<TriageRun | null> {
  const at = new Date(end.nowMs);
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE triage_runs SET status = ${end.status}::triage_run_status, ended_at = ${at}, updated_at = ${at},
      revision = revision + 1, claim_id = NULL, lease_until = NULL,
      last_error = ${JSON.stringify(end.reason)}::jsonb,
      cancelled_by = ${end.status === "cancelled" && end.by ? JSON.stringify(end.by) : null}::jsonb,
      cancelled_reason = ${end.status === "cancelled" ? end.reason.message : null}
    WHERE id = ${runId} AND status IN ('queued', 'running') RETURNING *`;
  return rows[0] ? triageRunFromRow(rows[0]) : null;
}

/** Live runs that must not go on: past their deadline, of a draft that was denied or deleted, or lapsed too often. */
export async function findTriageToEnd(
  db: Database,
  nowMs: number,
): Promise<
  Array<{ run: TriageRun; projectId: string | null; why: "overdue" | "draft_denied" | "draft_deleted" }>
> {
  const { rows } = await db.pool.query({
    name: "triage-to-end",
    text: `SELECT r.*, d.project_id, CASE WHEN d.deleted_at IS NOT NULL THEN 'draft_deleted' WHEN d.approval = 'denied' THEN 'draft_denied'
        ELSE 'overdue' END AS why
      FROM triage_runs r JOIN drafts d ON d.id = r.draft_id
      WHERE r.status IN ('queued', 'running')
        AND ((r.deadline_at <= $1) OR d.deleted_at IS NOT NULL OR d.approval = 'denied')
      ORDER BY r.created_at LIMIT 100`,
    values: [new Date(nowMs)],
  });
  return rows.map((row) => ({
    run: triageRunFromRow(row),
    projectId: textOrNull(row.project_id),
    why: row.why as "overdue" | "draft_denied" | "draft_deleted",
  }));
}

/**
 * Drafts that came by themselves (a watched log, an event) since `sinceMs` and have had no run, oldest first: of these projects,
 * and with `unbound` of none.
 */
export async function findUntriagedDrafts(
  db: Database,
  wanted: { projects: readonly string[]; unbound: boolean; sinceMs: number; limit: number },
): Promise<string[]> {
  const { rows } = await db.pool.query({
    name: "untriaged-drafts",
    text: `SELECT d.id FROM drafts d
      WHERE d.triage_run_id IS NULL AND d.provenance IN ('log_source', 'runtime_event') AND d.deleted_at IS NULL
        AND d.created_at >= $1 AND d.approval <> 'denied'
        AND CASE WHEN d.project_id IS NULL THEN $3 ELSE d.project_id = ANY($2::text[]) END
      ORDER BY d.created_at LIMIT $4`,
    values: [new Date(wanted.sinceMs), wanted.projects, wanted.unbound, wanted.limit],
  });
  return rows.map((row: Row) => String(row.id));
}

export type NewTriageArtifact = TriageArtifact & { draftId: string; incidentId: string };

/** One row each, kept beside the record; a path names exactly one. */
export async function insertTriageArtifacts(
  tx: Transaction,
  artifacts: readonly NewTriageArtifact[],
): Promise<void> {
  if (artifacts.length === 0) return;
  await tx.evidenceArtifact.createMany({
    data: artifacts.map((each) => ({
      id: each.artifactId,
      kind: each.type,
      draftId: each.draftId,
      incidentId: each.incidentId,
      triageRunId: each.runId,
      path: each.path,
      contentType: "application/json",
      content: each.content as never,
      sha256: each.sha256,
      redactions: { ...each.redactions },
      createdAt: new Date(each.createdAtMs),
    })),
  });
}

/** Everything a run left, oldest first; of more than 200 the newest. */
export async function listTriageArtifacts(db: Database, runId: string): Promise<TriageArtifact[]> {
  const { rows } = await db.pool.query({
    name: "triage-artifacts",
    text: `SELECT * FROM evidence_artifacts WHERE triage_run_id = $1 ORDER BY created_at DESC, id DESC LIMIT 200`,
    values: [runId],
  });
  return rows.map(triageArtifactFromRow).reverse();
}

/** Those of these ids that are kept still. */
export async function findTriageArtifacts(db: Database, ids: readonly string[]): Promise<TriageArtifact[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.pool.query("SELECT * FROM evidence_artifacts WHERE id = ANY($1)", [ids]);
  return rows.map(triageArtifactFromRow);
}
