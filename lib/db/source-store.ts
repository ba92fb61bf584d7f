import type { MonitorConfig } from "@/lib/domain/config";
import { findLogSource, findProject } from "@/lib/domain/source-binding";
import { type SourceObservation, sourceKey } from "@/lib/domain/source-readiness";
import type { LogSourceRuntime } from "@/lib/domain/status";
import type { Database } from "./client";
import { watcherTtlMs } from "./log-tail-store";
import { count, msOrNull, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** Where each configured log source's tail stands. State that outlived its source is left out. */
export async function listLogSourceRuntime(db: Database, config: MonitorConfig): Promise<LogSourceRuntime[]> {
  if (config.monitoredProjects.every((project) => project.logSources.length === 0)) return [];
  const { rows } = await db.pool.query({
    name: "log-source-states",
    text: `SELECT project_id, source_id, inode, "offset", file_size, consecutive_errors, last_error, total_bytes_read,
        total_candidates, total_submitted, last_poll_at, last_record_at, last_candidate_at, last_submitted_at
      FROM log_source_states ORDER BY project_id, source_id`,
  });
  return rows.flatMap((row) => {
    const projectId = text(row.project_id);
    const sourceId = text(row.source_id);
    const project = findProject(config, projectId);
    const source = project && findLogSource(project, sourceId);
    if (!source) return [];
    const consecutiveErrors = count(row.consecutive_errors);
    return [
      {
        projectId,
        sourceId,
        path: source.path,
        healthy: consecutiveErrors === 0,
        offset: count(row.offset),
        consecutiveErrors,
        totalBytesRead: count(row.total_bytes_read),
        totalCandidates: count(row.total_candidates),
        totalSubmitted: count(row.total_submitted),
        inode: textOrNull(row.inode),
        fileSize: row.file_size === null ? null : count(row.file_size),
        lastPollAtMs: msOrNull(row.last_poll_at),
        lastRecordAtMs: msOrNull(row.last_record_at),
        lastCandidateAtMs: msOrNull(row.last_candidate_at),
        lastSubmittedAtMs: msOrNull(row.last_submitted_at),
        lastError: textOrNull(row.last_error),
      },
    ];
  });
}

/**
 * The newest record of each configured source, whether the watcher read it or a key reported it, and of each project
 * over all of its own. One index probe per source; a poll that brought nothing does not count (W-54).
 */
export async function observeSources(
  db: Database,
  config: MonitorConfig,
  runtime: readonly LogSourceRuntime[],
): Promise<Map<string, SourceObservation>> {
  // Keys of a project without log sources report as `external`.
  const pairs = config.monitoredProjects.flatMap((project) =>
    ["external", ...project.logSources.map((source) => source.sourceId)].map((sourceId) => ({
      projectId: project.projectId,
      sourceId,
    })),
  );
  if (pairs.length === 0) return new Map();
  const { rows } = await db.pool.query({
    name: "newest-records",
    text: `SELECT s.project_id, s.source_id, n.last_seen_at
      FROM unnest($1::text[], $2::text[]) AS s(project_id, source_id)
      JOIN LATERAL (SELECT i.last_seen_at FROM incidents i
        WHERE i.project_id = s.project_id AND i.log_source_id = s.source_id
        ORDER BY i.updated_at DESC LIMIT 1) n ON true`,
    values: [pairs.map((pair) => pair.projectId), pairs.map((pair) => pair.sourceId)],
  });
  const observed = new Map<string, SourceObservation>();
  const see = (key: string, atMs: number | null, healthy: boolean) => {
    const known = observed.get(key);
    const newest = Math.max(known?.lastRecordAtMs ?? 0, atMs ?? 0);
    observed.set(key, { lastRecordAtMs: newest || null, healthy: (known?.healthy ?? true) && healthy });
  };
  for (const row of rows) {
    const projectId = text(row.project_id);
    see(sourceKey(projectId, text(row.source_id)), msOrNull(row.last_seen_at), true);
    see(sourceKey(projectId, null), msOrNull(row.last_seen_at), true);
  }
  for (const { projectId, sourceId, healthy, lastRecordAtMs, lastSubmittedAtMs } of runtime) {
    const atMs = Math.max(lastRecordAtMs ?? 0, lastSubmittedAtMs ?? 0) || null;
    see(sourceKey(projectId, sourceId), atMs, healthy);
    see(sourceKey(projectId, null), atMs, true);
  }
  return observed;
}

/** Makes the row of a source that nobody read yet, at revision 1; false when somebody else was faster. */
export async function insertTail(
  tx: Transaction,
  tail: { projectId: string; sourceId: string; path: string; nowMs: number },
): Promise<boolean> {
  const { projectId, sourceId, path } = tail;
  const { count: made } = await tx.logSourceState.createMany({
    data: [{ projectId, sourceId, path, updatedAt: new Date(tail.nowMs) }],
    skipDuplicates: true,
  });
  return made === 1;
}

/** How many processes read log sources now. */
export async function countLiveWatchers(db: Database, nowMs: number): Promise<number> {
  const { rows } = await db.pool.query({
    name: "live-log-watchers",
    text: "SELECT count(*)::int AS n FROM log_watchers WHERE seen_at >= $1",
    values: [new Date(nowMs - watcherTtlMs)],
  });
  return Number(rows[0]?.n ?? 0);
}
