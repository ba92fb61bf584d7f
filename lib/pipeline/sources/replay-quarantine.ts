import { announceChange } from "@/lib/db/change-feed";
import { endQuarantined, findQuarantined } from "@/lib/db/log-quarantine-store";
import { keyOfSource, type StoredPosition } from "@/lib/db/log-tail-rows";
import { findTailState } from "@/lib/db/log-tail-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { LogCandidate, LogLine } from "@/lib/domain/log-reading";
import type { QuarantineOutcome, ReplayedQuarantine } from "@/lib/domain/log-source-answers";
import type { QuarantinedLog } from "@/lib/domain/log-source-state";
import { readRange } from "@/lib/sources/read-range";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { countFailures } from "./count-failures";
import { assembleLines, type ReadableSource, readableSource } from "./readable-source";
import { Recount } from "./recount";
import { type LogSourceInput, type RequiredLogSource, requireLogSource } from "./require-log-source";
import { placeIn } from "./source-place";
import { watchedReport } from "./watch-report";

export type ReplayQuarantineInput = LogSourceInput & {
  /** These, or null for `all` that wait. */
  ids: readonly string[] | null;
  all: boolean;
  dryRun?: boolean;
};

/** Records that one call replays at most; the answer says when more wait. */
const replayedMax = 200;

type Result = ReplayedQuarantine["results"][number];

/**
 * Reads records that were set aside again, by the rules as they are now: from the log where it still holds them, else from
 * what was kept of them. What is a failure now is counted, once however often it is replayed; what is none any more is
 * settled; what still is not like the source's records stays.
 *
 * @throws AppError as requireLogSource; invalid `quarantine_choice_invalid` without either ids or all.
 */
export async function replayQuarantine(
  ctx: Context,
  input: ReplayQuarantineInput,
): Promise<ReplayedQuarantine> {
  const required = await requireLogSource(ctx, input);
  const { records, missing, more } = await findChosen(ctx, input);
  const waiting = records.filter((each) => each.replayedAtMs === null);
  const read = await readAgain(ctx, required, waiting);
  const settled = input.dryRun ? await foresee(ctx, required, read) : await submit(ctx, required, read);
  const results: Result[] = [
    ...records
      .filter((each) => each.replayedAtMs !== null)
      .map((each) => resultOf(each.quarantineId, "already_counted", { detail: "It was replayed before" })),
    ...settled,
    ...missing.map((id) => resultOf(id, "not_found")),
  ];
  const countOf = (outcome: QuarantineOutcome) => results.filter((each) => each.outcome === outcome).length;
  return {
    ...{ projectId: input.projectId, sourceId: input.sourceId, dryRun: input.dryRun ?? false },
    submitted: countOf("submitted"),
    alreadyCounted: countOf("already_counted"),
    stillQuarantined: countOf("still_quarantined"),
    dropped: countOf("dropped"),
    results,
    more,
  };
}

async function findChosen(ctx: Context, { projectId, sourceId, ids, all }: ReplayQuarantineInput) {
  if ((ids !== null) === all) {
    const message = "Name the records by `ids`, or all that wait by `all: true`; one of the two";
    throw new AppError("invalid", "quarantine_choice_invalid", message, { field: "ids" });
  }
  const key = { projectId, sourceId };
  if (ids === null) {
    const found = await findQuarantined(ctx.db, key, { limit: replayedMax + 1 });
    return { records: found.slice(0, replayedMax), missing: [], more: found.length > replayedMax };
  }
  const records = await findQuarantined(ctx.db, key, { ids });
  const known = new Set(records.map((each) => each.quarantineId));
  return { records, missing: [...new Set(ids)].filter((id) => !known.has(id)), more: false };
}

/** A record with what it comes to now: a failure, a reason why it still is none of this source's, or neither. */
type ReadRecord = {
  record: QuarantinedLog;
  fileId: string | null;
  candidate: LogCandidate | null;
  still: string | null;
};

async function readAgain(
  ctx: Context,
  required: RequiredLogSource,
  records: readonly QuarantinedLog[],
): Promise<ReadRecord[]> {
  const readable = readableSource(required);
  const position = (await findTailState(ctx.db, readable))?.position ?? null;
  const read: ReadRecord[] = [];
  for (const record of records) {
    const fromFile = await linesInFile(ctx, readable, position, record);
    const found = assembleLines(fromFile ?? keptLines(record), readable.rules, ctx.nowMs);
    const isIt = (each: { offsetStart: number }) => each.offsetStart === record.offsetStart;
    const still = found.quarantined.find(isIt);
    read.push({
      record,
      fileId: fromFile ? (position?.fileId ?? null) : null,
      candidate: found.candidates.find(isIt) ?? null,
      still: still ? `${still.reason}: ${still.detail}` : null,
    });
  }
  return read;
}

/** As they stand in the log, whole; null where it was rotated, cut or cannot be read. */
async function linesInFile(
  ctx: Context,
  { project, source, rules }: ReadableSource,
  position: StoredPosition | null,
  { generation, offsetStart, offsetEnd }: QuarantinedLog,
): Promise<LogLine[] | null> {
  if (position?.generation !== generation) return null;
  const range = { start: offsetStart, end: offsetEnd, maxLineBytes: rules.maxLineBytes };
  const read = await readRange(placeIn(ctx, project, source.path), position, range);
  return read.ok ? read.lines : null;
}

/** What was kept: redacted, and bounded. Only its first and last offset are known, which is all that names it. */
function keptLines({ excerpt, offsetStart, offsetEnd }: QuarantinedLog): LogLine[] {
  const lastStart = Math.max(offsetStart, offsetEnd - 1);
  return excerpt.map((text, at) => ({
    text,
    offsetStart: at === 0 ? offsetStart : lastStart,
    offsetEnd: at === excerpt.length - 1 ? offsetEnd : lastStart,
    truncated: false,
  }));
}

const failuresOf = (read: readonly ReadRecord[]) =>
  read.flatMap(({ record, candidate, fileId }) =>
    candidate ? [{ record, failure: { found: candidate, generation: record.generation, fileId } }] : [],
  );

const withoutFailure = (read: readonly ReadRecord[]) =>
  read
    .filter((each) => each.candidate === null)
    .map(({ record, still }) =>
      still === null
        ? resultOf(record.quarantineId, "dropped", { detail: "No failure by the rules as they are now" })
        : resultOf(record.quarantineId, "still_quarantined", { detail: still }),
    );

async function foresee(
  ctx: Context,
  required: RequiredLogSource,
  read: readonly ReadRecord[],
): Promise<Result[]> {
  const recount = new Recount(ctx, required);
  const results: Result[] = [];
  for (const { record, failure } of failuresOf(read)) {
    const before = recount.alreadyCounted;
    await recount.add([failure]);
    results.push(
      resultOf(record.quarantineId, recount.alreadyCounted > before ? "already_counted" : "submitted"),
    );
  }
  return [...results, ...withoutFailure(read)];
}

/** Counted first and settled after: what is counted and not settled is found counted when it is replayed again. */
async function submit(
  ctx: Context,
  required: RequiredLogSource,
  read: readonly ReadRecord[],
): Promise<Result[]> {
  const readable = readableSource(required);
  const failures = failuresOf(read);
  const answers = await countFailures(
    ctx,
    required.config,
    failures.map(({ failure }) => ({
      candidate: failure.found,
      report: watchedReport(readable, failure, ctx.nowMs),
    })),
  );
  const counted = failures.map(({ record }, at): Result => {
    const answer = answers[at];
    if (!answer?.ok) throw answer?.error ?? new Error("a replay has no answer");
    const { alreadyCounted, incident } = answer.accepted;
    const outcome = alreadyCounted ? "already_counted" : "submitted";
    return resultOf(record.quarantineId, outcome, { incidentId: incident.incidentId });
  });
  const results = [...counted, ...withoutFailure(read)];
  const ended = results
    .filter((each) => each.outcome !== "still_quarantined")
    .map((each) => each.quarantineId);
  const { subject } = required;
  await inTransaction(ctx.db, async (tx) => {
    const settled = await endQuarantined(tx, ended, actorRef(ctx.actor), new Date(ctx.nowMs));
    const detail = { replayed: results.length, submitted: counted.length, settled: settled.length };
    await recordAudit(tx, ctx, {
      action: "incident_monitor.log_source.quarantine_replayed",
      subject,
      detail,
    });
    const id = keyOfSource(readable);
    await announceChange(tx, { topic: "log_source", id, projectId: readable.projectId });
  });
  return results;
}

function resultOf(
  quarantineId: string,
  outcome: QuarantineOutcome,
  { incidentId = null, detail = null }: { incidentId?: string | null; detail?: string | null } = {},
): Result {
  return { quarantineId, outcome, incidentId, detail };
}
