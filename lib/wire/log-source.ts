import type {
  AllowedRootsWire,
  BrowsedFolderWire,
  LogPreviewWire,
  PreviewLogSourceWire,
} from "@/lib/contracts/log-preview";
import type {
  BackfilledLogSourceWire,
  BackfillLogSourceWire,
  LogSourceHealthListQuery,
  LogSourceHealthListWire,
  LogSourceHealthWire,
  LogSourceStateWire,
  QuarantinedLogWire,
  QuarantineListQuery,
  QuarantineListWire,
  ReplayedQuarantineWire,
  ReplayLogSourceWire,
  ReplayQuarantineWire,
  ResetLogSourceWire,
} from "@/lib/contracts/log-source";
import type { Backfilled } from "@/lib/domain/log-backfill";
import type { AllowedRoot, ReplayedQuarantine } from "@/lib/domain/log-source-answers";
import type {
  BrowsedFolder,
  LogPreview,
  LogSourceHealth,
  LogSourceState,
  QuarantinedLog,
  ReplayPlan,
  RereadPlan,
} from "@/lib/domain/log-source-state";
import type { Draft, Incident } from "@/lib/domain/records";
import { camelKeys, snakeKeys } from "./casing";
import { draftToWire } from "./draft";
import { incidentToWire } from "./incident";
import { flagOf, given, pageFromQuery, spanFromQuery } from "./list-query";
import { present } from "./record-parts";

type SourceName = { projectId: string; sourceId: string };

export function logSourceHealthToWire(health: LogSourceHealth): LogSourceHealthWire {
  const { advice, errorCode, lastError, lastErrorAtMs, fileSize, silentAfterMs, ...rest } = health;
  const { lastPollAtMs, lastRecordAtMs, lastSubmittedAtMs, ...known } = rest;
  return {
    ...snakeKeys(known),
    ...present({
      advice,
      error_code: errorCode,
      last_error: lastError,
      last_error_at_ms: lastErrorAtMs,
      file_size: fileSize,
      silent_after_ms: silentAfterMs,
      last_poll_at_ms: lastPollAtMs,
      last_record_at_ms: lastRecordAtMs,
      last_submitted_at_ms: lastSubmittedAtMs,
    }),
  };
}

export function logSourceHealthListToWire(sources: LogSourceHealth[]): LogSourceHealthListWire {
  return { sources: sources.map(logSourceHealthToWire), count: sources.length };
}

export const listLogSourcesFromQuery = (query: LogSourceHealthListQuery) => ({
  projectId: given(query.project),
  state: query.state,
});

/** Keys of `recent_fingerprints` are fingerprints: nobody renames them. */
export function logSourceStateToWire(state: LogSourceState): LogSourceStateWire {
  return {
    project_id: state.projectId,
    source_id: state.sourceId,
    path: state.path,
    offset: state.offset,
    updated_at_ms: state.updatedAtMs,
    consecutive_errors: state.consecutiveErrors,
    total_bytes_read: state.totalBytesRead,
    total_candidates: state.totalCandidates,
    total_submitted: state.totalSubmitted,
    recent_fingerprints: { ...state.recentFingerprints },
    ...present({
      inode: state.inode,
      partial_line: state.partialLine,
      partial_line_offset_start: state.partialLineOffsetStart,
      positioned_at_ms: state.positionedAtMs,
      last_error: state.lastError,
    }),
  };
}

export function resetLogSourceToWire(reset: {
  state: LogSourceState;
  dryRun: boolean;
  plan: RereadPlan | null;
}): ResetLogSourceWire {
  const { state, dryRun, plan } = reset;
  return {
    project_id: state.projectId,
    source_id: state.sourceId,
    state: logSourceStateToWire(state),
    dry_run: dryRun,
    ...(dryRun && { plan: plan && snakeKeys(plan) }),
  };
}

export function replayLogSourceToWire(replay: {
  incident: Incident;
  draft: Draft | null;
  dryRun: boolean;
  plan: ReplayPlan;
}): ReplayLogSourceWire {
  return {
    project_id: replay.plan.projectId,
    source_id: replay.plan.sourceId,
    incident: incidentToWire(replay.incident),
    draft: replay.draft && draftToWire(replay.draft),
    dry_run: replay.dryRun,
    plan: snakeKeys(replay.plan),
  };
}

export const backfillFromWire = (source: SourceName, body: BackfillLogSourceWire) => ({
  ...source,
  fromMs: body.from_ms,
  toMs: body.to_ms,
  cursor: body.cursor ?? null,
});

export function backfilledToWire({ nextCursor, files, ...counts }: Backfilled): BackfilledLogSourceWire {
  return {
    ...snakeKeys(counts),
    files: files.map(({ skipped, ...file }) => ({ ...snakeKeys(file), ...present({ skipped }) })),
    ...present({ next_cursor: nextCursor }),
  };
}

export function quarantinedToWire({ replayedAtMs, ...log }: QuarantinedLog): QuarantinedLogWire {
  return { ...snakeKeys(log), ...present({ replayed_at_ms: replayedAtMs }) };
}

export function quarantineListToWire(list: {
  quarantined: QuarantinedLog[];
  total: number;
  nextCursor: string | null;
}): QuarantineListWire {
  return {
    quarantined: list.quarantined.map(quarantinedToWire),
    count: list.quarantined.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export const listQuarantineFromQuery = (source: SourceName, query: QuarantineListQuery) => ({
  ...source,
  page: pageFromQuery(query),
  filter: { reason: query.reason, replayed: flagOf(query.replayed), ...spanFromQuery(query) },
});

export const replayQuarantineFromWire = (source: SourceName, body: ReplayQuarantineWire) => ({
  ...source,
  ids: body.ids ?? null,
  all: body.all ?? false,
});

export function replayedQuarantineToWire({
  results,
  ...replayed
}: ReplayedQuarantine): ReplayedQuarantineWire {
  return {
    ...snakeKeys(replayed),
    results: results.map(({ incidentId, detail, ...each }) => ({
      ...snakeKeys(each),
      ...present({ incident_id: incidentId, detail }),
    })),
  };
}

/** What is absent or null is left to the defaults of a log source. */
export function previewFromWire(body: PreviewLogSourceWire) {
  const { reading, ...rest } = camelKeys(body);
  return {
    ...present(rest),
    workspaceRoot: rest.workspaceRoot,
    path: rest.path,
    reading: reading ?? undefined,
  };
}

export const logPreviewToWire = (preview: LogPreview): LogPreviewWire => snakeKeys(preview);

export const browsedFolderToWire = (folder: BrowsedFolder): BrowsedFolderWire => snakeKeys(folder);

export const allowedRootsToWire = (roots: AllowedRoot[]): AllowedRootsWire => ({
  roots: roots.map(({ path, readable, problem }) => ({ path, readable, ...present({ problem }) })),
});
