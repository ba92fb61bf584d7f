import type { LogSourceErrorCode, LogSourceHealth } from "@/lib/domain/log-source-state";
import { newId } from "@/lib/ids";
import { changeChannel } from "./change-feed";
import type { Database } from "./client";
import { insertEvidence, type NewEvidence } from "./evidence-store";
import { type IntakeGroup, type IntakeResult, insertIntakeBatch } from "./intake-store";
import { insertQuarantined, type NewQuarantined } from "./log-quarantine-store";
import { keyOfSource, type SourceKey, type StoredPosition } from "./log-tail-rows";
import { countRepeats, isKnownRepeat } from "./repeat-store";
import { inPlainTransaction, type OpenTransaction } from "./transaction";

/** What reading a window changed of a source's state, besides what was found in it. */
export type TailProgress = SourceKey & {
  path: string;
  /** Of the state this was read from. */
  revision: number;
  /** null: none is settled yet. */
  position: StoredPosition | null;
  /** Where an unfinished line or record begins that was seen and not yet taken. */
  openOffset: number | null;
  fileSize: number | null;
  /** Only where it changed; null keeps what is stored. */
  recentFingerprints: Record<string, number> | null;
  /** Added to the totals. */
  bytesRead: number;
  lines: number;
  candidates: number;
  oversizeLines: number;
  bytesPerSecond: number;
  recordsPerMinute: number;
  watching: LogSourceHealth["watching"];
  lagBytes: number;
  behindSinceMs: number | null;
  lastPollAtMs: number;
  lastRecordAtMs: number | null;
  lastCandidateAtMs: number | null;
  /**
   * Why it could not be read this time, or what was lost though it could (`rotated_file_lost`, which is shown for a day);
   * null ends an error that was.
   */
  error: { code: LogSourceErrorCode; message: string } | null;
  /** 0 when it could be read. */
  consecutiveErrors: number;
};

/** Evidence of a group's first sighting: its record is known only once the group is written. */
export type GroupEvidence = { group: IntakeGroup; evidence: Omit<NewEvidence, "incidentId" | "draftId"> };

export type TailWindowWrite = {
  progress: TailProgress;
  groups: IntakeGroup[];
  quarantined: NewQuarantined[];
  evidence: GroupEvidence[];
};

export type SavedWindow =
  | { saved: true; revision: number; results: IntakeResult[] }
  /** Another reader, or somebody who put the tail elsewhere, was first: nothing of this window was written. */
  | { saved: false };

export type TailWindowBatch = {
  watcher: string;
  leaseMs: number;
  nowMs: number;
  /** Of different sources. */
  windows: readonly TailWindowWrite[];
  /** What the entry of the batch says of what is written in the end. */
  audit: { detailOf: (groups: readonly IntakeGroup[]) => Record<string, unknown> };
};

/**
 * Writes windows in one commit: where each tail stands and everything that was found on the way there (D-17). A window
 * whose source changed hands is left out, whole. Answers in the order of `windows`.
 *
 * @throws a unique violation when a line was counted before: nothing at all is written then, and the caller leaves out
 * what is counted and tries again.
 */
export async function saveTailWindows(db: Database, batch: TailWindowBatch): Promise<SavedWindow[]> {
  return inPlainTransaction(db, async (open) => {
    const revisions = await saveProgress(open, batch);
    const kept = batch.windows.filter(({ progress }) => revisions.has(keyOfSource(progress)));
    const groups = kept.flatMap((each) => each.groups);
    const results = await saveGroups(db, open, batch, groups);
    await insertQuarantined(
      open,
      kept.flatMap((each) => each.quarantined),
    );
    await insertEvidence(
      open,
      kept.flatMap((each) => each.evidence.map((one) => evidenceOf(one, results))),
    );
    return batch.windows.map(({ progress, groups: own }) => {
      const revision = revisions.get(keyOfSource(progress));
      if (revision === undefined) return { saved: false };
      return { saved: true, revision, results: own.map((group) => requireResult(results, group)) };
    });
  });
}

const placingRounds = 4;

/** Like one caller's reports, all of a window's findings go one way: repeats, when all of them are known. */
async function saveGroups(
  db: Database,
  open: OpenTransaction,
  batch: TailWindowBatch,
  groups: readonly IntakeGroup[],
): Promise<Map<IntakeGroup, IntakeResult>> {
  const results = new Map<IntakeGroup, IntakeResult>();
  const batchOf = (some: readonly IntakeGroup[]) => ({
    nowMs: batch.nowMs,
    groups: [...some],
    audit: { id: newId.audit(), requestId: null, detail: batch.audit.detailOf(some) },
  });
  const note = (some: readonly IntakeGroup[], found: ReadonlyArray<IntakeResult | null>) =>
    some.forEach((group, at) => {
      const result = found[at];
      if (result) results.set(group, result);
    });
  let whole = groups;
  if (groups.length > 0 && groups.every((group) => isKnownRepeat(db, group))) {
    note(groups, await countRepeats(db, batchOf(groups), open));
    whole = groups.filter((group) => !results.has(group));
  }
  // What was merged while a statement waited for it is looked at again: a merge is over in a moment.
  for (let round = 1; whole.length > 0 && round <= placingRounds; round += 1) {
    note(whole, await insertIntakeBatch(db, batchOf(whole), open));
    whole = groups.filter((group) => !results.has(group));
  }
  return results;
}

function requireResult(results: Map<IntakeGroup, IntakeResult>, group: IntakeGroup): IntakeResult {
  const result = results.get(group);
  if (!result) throw new Error("intake lost a group of a window");
  return result;
}

function evidenceOf(
  { group, evidence }: GroupEvidence,
  results: Map<IntakeGroup, IntakeResult>,
): NewEvidence {
  const { incident, draft } = requireResult(results, group);
  return { ...evidence, incidentId: incident.incidentId, draftId: draft?.draftId ?? null };
}

/** Moves the states that are still as they were read. Answers their new revisions; the others are not ours any more. */
async function saveProgress(open: OpenTransaction, batch: TailWindowBatch): Promise<Map<string, number>> {
  const rows = batch.windows
    .map((window) => progressRow(window, batch.nowMs))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const saved = await open.query({
    name: "save-tail-progress",
    text: progressSql,
    values: [
      JSON.stringify(rows),
      batch.watcher,
      new Date(batch.nowMs + batch.leaseMs),
      new Date(batch.nowMs),
      changeChannel,
    ],
  });
  return new Map(
    saved.rows.map((row) => [
      keyOfSource({ projectId: row.project_id, sourceId: row.source_id }),
      Number(row.revision),
    ]),
  );
}

const iso = (value: number | null) => (value === null ? null : new Date(value).toISOString());

function progressRow({ progress, groups, quarantined }: TailWindowWrite, nowMs: number) {
  const submitted = groups.reduce((sum, group) => sum + group.sightings.length, 0);
  const { position } = progress;
  return {
    key: keyOfSource(progress),
    project_id: progress.projectId,
    source_id: progress.sourceId,
    path: progress.path,
    revision: progress.revision,
    positioned: position !== null,
    inode: position?.fileId ?? null,
    generation: position?.generation ?? 0,
    offset: position?.offset ?? 0,
    guard_hash: position?.guardHash ?? null,
    guard_bytes: position?.guardBytes ?? 0,
    finished_until_ms: position?.finishedUntilMs ?? null,
    open_offset: progress.openOffset,
    file_size: progress.fileSize,
    recent_fingerprints: progress.recentFingerprints,
    bytes_read: progress.bytesRead,
    lines: progress.lines,
    candidates: progress.candidates,
    submitted,
    quarantined: quarantined.length,
    oversize: progress.oversizeLines,
    bytes_per_second: progress.bytesPerSecond,
    records_per_minute: progress.recordsPerMinute,
    watching: progress.watching,
    lag_bytes: progress.lagBytes,
    behind_since: iso(progress.behindSinceMs),
    last_poll_at: iso(progress.lastPollAtMs),
    last_record_at: iso(progress.lastRecordAtMs),
    last_candidate_at: iso(progress.lastCandidateAtMs),
    last_submitted_at: submitted > 0 ? iso(nowMs) : null,
    error_code: progress.error?.code ?? null,
    last_error: progress.error?.message ?? null,
    consecutive_errors: progress.consecutiveErrors,
  };
}

const stillShown = `held.error_code IS NULL AND s.error_code = 'rotated_file_lost'
    AND s.last_error_at > $4::timestamptz - interval '1 day'`;

const progressSql = `
WITH item AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(key text, project_id text, source_id text, path text, revision bigint,
    inode text, generation bigint, "offset" bigint, guard_hash text, guard_bytes int,
    finished_until_ms float8, open_offset bigint, positioned boolean, file_size bigint, recent_fingerprints jsonb, bytes_read bigint, lines bigint, candidates bigint,
    submitted bigint, quarantined bigint, oversize bigint, bytes_per_second float8, records_per_minute float8,
    watching text, lag_bytes bigint, behind_since timestamptz, last_poll_at timestamptz, last_record_at timestamptz,
    last_candidate_at timestamptz, last_submitted_at timestamptz, error_code text, last_error text,
    consecutive_errors int)
),
held AS (
  SELECT item.*, s.consecutive_errors > 0 AS was_unreadable FROM item JOIN log_source_states s USING (project_id, source_id)
  WHERE s.revision = item.revision AND s.claimed_by = $2
  ORDER BY item.key FOR NO KEY UPDATE OF s
),
moved AS (
UPDATE log_source_states s SET path = held.path, revision = s.revision + 1, lease_until = $3, inode = held.inode,
  generation = held.generation, "offset" = held."offset", guard_hash = held.guard_hash, guard_bytes = held.guard_bytes,
  finished_until_ms = held.finished_until_ms, open_offset = held.open_offset, file_size = held.file_size,
  positioned_at = CASE WHEN held.positioned THEN COALESCE(s.positioned_at, $4) ELSE s.positioned_at END,
  recent_fingerprints = COALESCE(held.recent_fingerprints, s.recent_fingerprints),
  total_bytes_read = s.total_bytes_read + held.bytes_read, total_lines = s.total_lines + held.lines,
  total_candidates = s.total_candidates + held.candidates, total_submitted = s.total_submitted + held.submitted,
  total_quarantined = s.total_quarantined + held.quarantined,
  total_oversize_lines = s.total_oversize_lines + held.oversize, bytes_per_second = held.bytes_per_second,
  records_per_minute = held.records_per_minute, watching = held.watching, lag_bytes = held.lag_bytes,
  behind_since = held.behind_since, last_poll_at = held.last_poll_at,
  last_record_at = COALESCE(held.last_record_at, s.last_record_at),
  last_candidate_at = COALESCE(held.last_candidate_at, s.last_candidate_at),
  last_submitted_at = COALESCE(held.last_submitted_at, s.last_submitted_at),
  consecutive_errors = held.consecutive_errors,
  error_code = CASE WHEN ${stillShown} THEN s.error_code ELSE held.error_code END,
  last_error = CASE WHEN ${stillShown} THEN s.last_error ELSE held.last_error END,
  last_error_at = CASE WHEN held.error_code IS NULL THEN s.last_error_at ELSE $4 END, updated_at = $4
FROM held WHERE s.project_id = held.project_id AND s.source_id = held.source_id AND s.revision = held.revision
RETURNING s.project_id, s.source_id, s.revision, held.was_unreadable <> (s.consecutive_errors > 0) AS turned
)
SELECT project_id, source_id, revision, CASE WHEN turned THEN pg_notify($5, jsonb_build_object('topic', 'log_source',
  'id', project_id || '/' || source_id, 'projectId', project_id)::text) END FROM moved`;
