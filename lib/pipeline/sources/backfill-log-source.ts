import { announceChange } from "@/lib/db/change-feed";
import { keyOfSource } from "@/lib/db/log-tail-rows";
import { findTailState } from "@/lib/db/log-tail-store";
import { inTransaction } from "@/lib/db/transaction";
import { type BackfillPlace, decodeBackfillCursor, encodeBackfillCursor } from "@/lib/domain/backfill-cursor";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import type { Backfilled, BackfilledFile } from "@/lib/domain/log-backfill";
import { logInterest } from "@/lib/domain/log-interest";
import { scanFile } from "@/lib/sources/scan-file";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { Backfill } from "./backfill-failures";
import { type BackfillFile, listBackfillFiles } from "./backfill-files";
import { countFailures } from "./count-failures";
import { readableSource } from "./readable-source";
import { type LogSourceInput, type RequiredLogSource, requireLogSource } from "./require-log-source";

export type BackfillLogSourceInput = LogSourceInput & {
  /** Failures that say they happened from here until just before there. */
  fromMs: number;
  toMs: number;
  /** An earlier answer's, to go on where it stopped. */
  cursor: string | null;
  dryRun?: boolean;
};

/** What one call reads at most, so that its answer is there in time; the cursor goes on from there. */
const limits = { bytes: 256 * 1_048_576, found: 2_000 };
const patienceMs = 8_000;

/**
 * Takes in the failures of a range of time that stand in a source's log and in the rotated files beside it, each line once
 * however often it is read. The place up to which the source is read does not move.
 *
 * @throws AppError as requireLogSource; invalid `backfill_range_invalid` naming the field, `cursor_invalid`,
 * `log_source_backfill_failed` when the log may not be read.
 */
export async function backfillLogSource(ctx: Context, input: BackfillLogSourceInput): Promise<Backfilled> {
  const required = await requireLogSource(ctx, input);
  requireRange(ctx, input);
  const place = placeOfCursor(input);
  const state = await findTailState(ctx.db, input);
  const files = await listBackfillFiles(ctx, required, state?.position ?? null, input.fromMs);
  const work = new Backfill(ctx, required, input, (failures) =>
    countFailures(ctx, required.config, failures),
  );
  const read = await readFiles(ctx, required, work, { files, place });
  const done = { ...work.counts, ...read, ...namesOf(input), dryRun: input.dryRun ?? false };
  if (!input.dryRun) await record(ctx, required, done);
  return done;
}

const namesOf = ({ projectId, sourceId, fromMs, toMs }: BackfillLogSourceInput) => ({
  ...{ projectId, sourceId, fromMs, toMs },
});

function requireRange(ctx: Context, { fromMs, toMs }: BackfillLogSourceInput): void {
  const fault =
    toMs <= fromMs
      ? { field: "to_ms", message: "to_ms: the range must end after it begins" }
      : fromMs > ctx.nowMs
        ? { field: "from_ms", message: "from_ms: the range has not begun yet" }
        : null;
  if (fault) throw new AppError("invalid", "backfill_range_invalid", fault.message, { field: fault.field });
}

function placeOfCursor(input: BackfillLogSourceInput): BackfillPlace | null {
  if (input.cursor === null) return null;
  const place = decodeBackfillCursor(input.cursor, input);
  if (place) return place;
  const message = "cursor: not one of this source and this range; begin again without it";
  throw new AppError("invalid", "cursor_invalid", message, { field: "cursor" });
}

type Progress = Pick<Backfilled, "files" | "bytes" | "lines" | "nextCursor">;

async function readFiles(
  ctx: Context,
  required: RequiredLogSource,
  work: Backfill,
  { files, place }: { files: BackfillFile[]; place: BackfillPlace | null },
): Promise<Progress> {
  const { rules } = readableSource(required);
  const signal = AbortSignal.timeout(patienceMs);
  const shown: BackfilledFile[] = [];
  const progress = { bytes: 0, lines: 0 };
  const cursorAt = (file: BackfillFile, offset: number) =>
    encodeBackfillCursor({ fileId: file.id, modifiedAtMs: file.modifiedAtMs, offset }, work.range);
  for (const file of place ? filesFrom(files, place) : files) {
    const { path, size } = file;
    if (file.skipped !== null) {
      shown.push({ path, size, bytes: 0, candidates: 0, skipped: file.skipped });
      continue;
    }
    const from = place?.fileId === file.id ? place.offset : 0;
    if (progress.bytes >= limits.bytes || work.found >= limits.found || signal.aborted) {
      return { ...progress, files: shown, nextCursor: cursorAt(file, from) };
    }
    const taken = work.counts.candidates;
    const scanned = await scanFile(file.place, {
      assembler: createLogAssembler(rules, () => ctx.nowMs),
      interest: logInterest(rules),
      maxLineBytes: rules.maxLineBytes,
      from,
      ...(file.until !== null && { to: file.until }),
      isFinished: file.generation === null,
      limits: { bytes: limits.bytes - progress.bytes, found: limits.found - work.found },
      signal,
      onFound: ({ candidates }) => work.take(candidates, file),
    });
    if (!scanned.ok) {
      shown.push({ path, size, bytes: 0, candidates: 0, skipped: scanned.detail });
      continue;
    }
    progress.bytes += scanned.bytes;
    progress.lines += scanned.lines;
    const candidates = work.counts.candidates - taken;
    shown.push({ path, size, bytes: scanned.bytes, candidates, skipped: null });
    if (scanned.partial) {
      return { ...progress, files: shown, nextCursor: cursorAt(file, scanned.offsetEnd) };
    }
  }
  return { ...progress, files: shown, nextCursor: null };
}

/** A file that is gone was finished or lost: what was written later is still to be read. */
function filesFrom(files: BackfillFile[], place: BackfillPlace): BackfillFile[] {
  const at = files.findIndex((file) => file.id === place.fileId);
  return at >= 0 ? files.slice(at) : files.filter((file) => file.modifiedAtMs > place.modifiedAtMs);
}

async function record(ctx: Context, { subject }: RequiredLogSource, done: Backfilled): Promise<void> {
  const { projectId, sourceId, fromMs, toMs, bytes, candidates, alreadyCounted, newIncidents } = done;
  await inTransaction(ctx.db, async (tx) => {
    await recordAudit(tx, ctx, {
      action: "incident_monitor.log_source.backfilled",
      subject,
      detail: {
        from_ms: fromMs,
        to_ms: toMs,
        files: done.files.filter((file) => file.skipped === null).length,
        bytes,
        candidates,
        already_counted: alreadyCounted,
        new_incidents: newIncidents,
        finished: done.nextCursor === null,
      },
    });
    const id = keyOfSource({ projectId, sourceId });
    await announceChange(tx, { topic: "log_source", id, projectId });
  });
}
