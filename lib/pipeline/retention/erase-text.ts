import { announceChange } from "@/lib/db/change-feed";
import { erase } from "@/lib/db/erasure-store";
import {
  countOfIncidents,
  deleteQuarantined,
  findIncidentProject,
  findUnderWay,
  incidentTables,
  listErasable,
  listOfIncidents,
  readerIn,
  readerOf,
} from "@/lib/db/erasure-subject-store";
import { lockAgainstHolds } from "@/lib/db/retention-hold-store";
import { saveRun } from "@/lib/db/retention-run-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { type ErasureSubject, erasureOnRecord, personLengthMin } from "@/lib/domain/erasure";
import { type RetentionCounts, type RetentionRun, withRemoved } from "@/lib/domain/retention-run";
import { newId } from "@/lib/ids";
import { auditRefusal, authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { deletionReason } from "../records/settle-deletion";
import { requireStepUp } from "../step-up";
import { eraseWordsOf, hideRecords } from "./enforce-retention";

/** Incidents that one commit takes. */
const batchMax = 50;
/** More than that is told as "at least". */
const previewMax = 5_000;

export type ErasurePreview = {
  incidents: number;
  /** There are more than were counted. */
  capped: boolean;
  counts: RetentionCounts;
  /** Holds that stand against it. */
  heldBy: string[];
  /** Deliveries and triage runs that are under way: they must end first. */
  underWay: string[];
};

/** What erasing it would take, and what stands against it. Changes nothing. @throws AppError forbidden, invalid */
export async function previewErasure(ctx: Context, subject: ErasureSubject): Promise<ErasurePreview> {
  await authorizeErasure(ctx, subject);
  const on = readerOf(ctx.db);
  const found = await listErasable(on, subject, previewMax);
  const ids = found.map(({ id }) => id);
  const quarantine = await deleteQuarantined(on, subject, "count");
  return {
    incidents: ids.length,
    capped: ids.length === previewMax,
    counts: { ...(await countOfIncidents(on, ids)), ...(quarantine > 0 && { quarantine }) },
    heldBy: [...new Set(found.flatMap(({ holdId }) => holdId ?? []))],
    underWay: await findUnderWay(on, ids),
  };
}

/**
 * Forgets now: every text of what is concerned, in every place, whatever its profile says. Rows, digests, keys and audit
 * entries stay, so that nothing is counted or published twice (D-21). On record is who, why, how much and which incidents.
 *
 * @throws AppError forbidden `step_up_required`; invalid `erasure_invalid`; conflict `retention_held` or `erasure_under_way`
 * with the ids that must end first: nothing went then, unless it came up halfway, which the run's record says
 */
export async function eraseText(
  ctx: Context,
  { subject, reason }: { subject: ErasureSubject; reason: string },
): Promise<RetentionRun> {
  const projectId = await authorizeErasure(ctx, subject);
  const why = deletionReason(reason);
  if (why === null) throw invalid("reason", "Say why it is erased");
  requireStepUp(ctx, "erase what is kept");
  await refuseStanding(ctx, await previewErasure(ctx, subject), projectId);
  let run: RetentionRun = {
    ...{ runId: newId.retentionRun(), trigger: "request", actor: actorRef(ctx.actor), projectId },
    ...{
      subject: { ...erasureOnRecord(subject), reason: why },
      state: "running",
      removed: {},
      heldBack: {},
      errors: [],
    },
    ...{ startedAtMs: ctx.nowMs, endedAtMs: null },
  };
  for (let more = true, begun = false; more; begun = true) {
    try {
      ({ run, more } = await inTransaction(ctx.db, (tx) => eraseBatch(tx, ctx, subject, run)));
    } catch (error) {
      if (begun) await endHalfway(ctx, run, error);
      throw error;
    }
  }
  return run;
}

/** What is erased stays erased, and its record says that it did not come to its end. */
async function endHalfway(ctx: Context, run: RetentionRun, error: unknown): Promise<void> {
  const code = error instanceof AppError ? error.reason : "failed";
  const errors = [...run.errors, { code, place: "incidents" as const }];
  const ended: RetentionRun = { ...run, state: "failed", errors, endedAtMs: ctx.nowMs };
  await inTransaction(ctx.db, async (tx) => {
    await saveRun(tx, ended);
    await announceChange(tx, { topic: "retention", id: run.runId, projectId: run.projectId });
  });
}

async function eraseBatch(
  tx: Transaction,
  ctx: Context,
  subject: ErasureSubject,
  before: RetentionRun,
): Promise<{ run: RetentionRun; more: boolean }> {
  await lockAgainstHolds(tx);
  const on = readerIn(tx);
  const found = await listErasable(on, subject, batchMax);
  const held = found.flatMap(({ holdId }) => holdId ?? []);
  if (held.length > 0) throw heldBack(held);
  const ids = found.map(({ id }) => id);
  let run = before;
  const taken = found.length === batchMax ? 0 : await deleteQuarantined(on, subject, "delete");
  run = withRemoved(run, "quarantine", taken);
  for (const [noun, table] of [
    ["post", "posts"],
    ["draft", "drafts"],
    ["incident", "incidents"],
  ] as const) {
    const own = await listOfIncidents(on, table, ids);
    await hideRecords(
      tx,
      ctx,
      noun,
      own.map(({ id }) => id),
      "Erased on request",
    );
  }
  // Its deliveries are locked by now: what was taken to be sent since the look is seen, and nothing is taken any more.
  const underWay = await findUnderWay(on, ids);
  if (underWay.length > 0) throw notEnded(underWay);
  for (const table of incidentTables) {
    const rows = await listOfIncidents(on, table, ids);
    const removal = { ids: rows.map(({ id }) => id), at: rows.map(({ at }) => at), now: new Date(ctx.nowMs) };
    const gone = await erase(tx, table, removal);
    if (table === "posts") await eraseWordsOf(tx, ctx, gone);
    run = withRemoved(run, table, gone.length);
  }
  // Whatever was locked by somebody else is met again; when nothing at all could be taken, it is for another time.
  const more = found.length === batchMax && run.removed.incidents !== before.removed.incidents;
  run = { ...run, state: more ? "running" : "done", endedAtMs: more ? null : ctx.nowMs };
  await saveRun(tx, run);
  await recordAudit(tx, ctx, {
    action: "incident_monitor.retention.erased",
    subject: { kind: "retention", id: run.runId, projectId: run.projectId },
    detail: { ...erasureOnRecord(subject), incident_ids: ids, run_id: run.runId, ...run.removed },
  });
  await announceChange(tx, { topic: "retention", id: run.runId, projectId: run.projectId });
  return { run, more };
}

/** The project it concerns; null for what may be in any. @throws AppError forbidden, not_found, invalid */
async function authorizeErasure(ctx: Context, subject: ErasureSubject): Promise<string | null> {
  if (subject.kind === "incident") {
    const row = await findIncidentProject(ctx.db, subject.incidentId);
    const projectId = row?.projectId ?? null;
    await authorize(ctx, "configure", { kind: "incident", id: subject.incidentId, projectId });
    if (!row) {
      const fields = { incident_id: subject.incidentId };
      throw new AppError("not_found", "incident_not_found", "There is no such incident", fields);
    }
    return projectId;
  }
  const projectId = subject.kind === "source" ? subject.projectId : null;
  await authorize(ctx, "configure", { kind: "retention", id: "erasure", projectId });
  if (subject.kind === "source") {
    if (projectId === "") throw invalid("project_id", "Say whose: name the project");
    if (subject.sourceId === "") throw invalid("source_id", "Name the log source");
  }
  if (subject.kind === "person" && subject.person.trim().length < personLengthMin) {
    throw invalid("person", `Give at least ${personLengthMin} characters of an address, a name or an id`);
  }
  return projectId;
}

async function refuseStanding(
  ctx: Context,
  preview: ErasurePreview,
  projectId: string | null,
): Promise<void> {
  if (preview.heldBy.length > 0) {
    await auditRefusal(ctx, "configure", { kind: "retention", id: "erasure", projectId }, "retention_held");
    throw heldBack(preview.heldBy);
  }
  if (preview.underWay.length > 0) throw notEnded(preview.underWay);
}

function notEnded(underWay: readonly string[]): AppError {
  const message = "Something of it is being sent or looked into; let it end, or cancel it, first";
  return new AppError("conflict", "erasure_under_way", message, { under_way: [...underWay] });
}

const heldBack = (holdIds: readonly string[]) =>
  new AppError(
    "conflict",
    "retention_held",
    "A legal hold covers what would be erased; nothing was removed",
    {
      hold_id: holdIds[0],
      hold_ids: [...new Set(holdIds)],
    },
  );
const invalid = (field: string, message: string) =>
  new AppError("invalid", "erasure_invalid", message, { field });
