import { announceChange } from "@/lib/db/change-feed";
import { keyOfSource, type StoredPosition, type TailState } from "@/lib/db/log-tail-rows";
import { findTailState, moveTail } from "@/lib/db/log-tail-store";
import { insertTail } from "@/lib/db/source-store";
import { inTransaction } from "@/lib/db/transaction";
import type { LogSourceState, RereadPlan } from "@/lib/domain/log-source-state";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { type FoundFile, findSourceFile } from "./find-source-file";
import { planReread } from "./plan-reread";
import { type LogSourceInput, type RequiredLogSource, requireLogSource } from "./require-log-source";

export type ResetLogSourceInput = LogSourceInput & { dryRun?: boolean };
export type LogSourceReset = {
  state: LogSourceState;
  dryRun: boolean;
  /** On a dry run, where there is a file. */
  plan: RereadPlan | null;
};

/** A reader that is busy commits several times a second; each moves the state on under a reset. */
const triesMax = 8;

/**
 * Puts a source back to the beginning of its file: whoever reads it goes on from there. Lines that were counted are not
 * counted again. A file that is not there is no obstacle: it is read from its beginning once it is.
 *
 * @throws AppError as requireLogSource; invalid `log_source_reset_failed` when the file may not be read; conflict
 * `log_source_busy` when its reader was faster every time.
 */
export async function resetLogSource(ctx: Context, input: ResetLogSourceInput): Promise<LogSourceReset> {
  const required = await requireLogSource(ctx, input);
  const found = await findSourceFile(ctx, required, "log_source_reset_failed");
  if (input.dryRun) {
    const before = await findTailState(ctx.db, input);
    const position = await beginningOf(found, before);
    const { generation } = position;
    return {
      state: stateAt(required, before, position, ctx.nowMs),
      dryRun: true,
      plan: found.file && (await planReread(ctx, required, { place: found.place, generation })),
    };
  }
  const moved = await moveToBeginning(ctx, required, found);
  return { state: moved, dryRun: false, plan: null };
}

async function moveToBeginning(
  ctx: Context,
  required: RequiredLogSource,
  found: FoundFile,
): Promise<LogSourceState> {
  const { project, source, subject } = required;
  const key = { projectId: project.projectId, sourceId: source.sourceId };
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const before = await findTailState(ctx.db, key);
    const position = await beginningOf(found, before);
    const done = await inTransaction(ctx.db, async (tx) => {
      if (!before && !(await insertTail(tx, { ...key, path: source.path, nowMs: ctx.nowMs }))) return false;
      const move = { ...key, revision: before?.revision ?? 1, position, nowMs: ctx.nowMs };
      if (!(await moveTail(tx, { ...move, fileSize: found.file?.size ?? null }))) return false;
      const detail = {
        generation_before: before?.position?.generation ?? null,
        offset_before: before?.position?.offset ?? null,
        generation: position.generation,
        file_size: found.file?.size ?? null,
      };
      await recordAudit(tx, ctx, { action: "incident_monitor.log_source.reset", subject, detail });
      const id = keyOfSource(key);
      await announceChange(tx, { topic: "log_source", id, projectId: key.projectId });
      return true;
    });
    if (done) return stateAt(required, before, position, ctx.nowMs);
  }
  const message = "The log source is being read faster than it can be put back; pause it and try again";
  throw new AppError("conflict", "log_source_busy", message, {
    project_id: key.projectId,
    source_id: key.sourceId,
  });
}

/** The file that is there now, from its first byte: of the same generation while it is the one being read. */
async function beginningOf(found: FoundFile, before: TailState | null): Promise<StoredPosition> {
  const stored = before?.position ?? null;
  const same = found.file !== null && (await found.holds(stored));
  return {
    fileId: found.file?.id ?? null,
    generation: stored ? stored.generation + (same ? 0 : 1) : 0,
    offset: 0,
    guardHash: null,
    guardBytes: 0,
    finishedUntilMs: stored?.finishedUntilMs ?? null,
  };
}

/** What the contract shows of a source that stands at `position` (5.18). */
function stateAt(
  { project, source }: RequiredLogSource,
  before: TailState | null,
  position: StoredPosition,
  nowMs: number,
): LogSourceState {
  return {
    projectId: project.projectId,
    sourceId: source.sourceId,
    path: source.path,
    offset: position.offset,
    inode: position.fileId,
    partialLine: null,
    partialLineOffsetStart: null,
    recentFingerprints: {},
    positionedAtMs: nowMs,
    updatedAtMs: nowMs,
    lastError: null,
    consecutiveErrors: 0,
    totalBytesRead: before?.totalBytesRead ?? 0,
    totalCandidates: before?.totalCandidates ?? 0,
    totalSubmitted: before?.totalSubmitted ?? 0,
  };
}
