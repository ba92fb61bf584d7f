import type { LogSource } from "./config";
import type { LogSourceErrorCode, LogSourceHealth, LogSourceHealthState } from "./log-source-state";
import type { Reason } from "./reason";

/** A backlog younger than this is what reading looks like, not lag worth a word. */
export const behindAfterMs = 10_000;

/** What its reader has written down of a source. */
export type LogSourceStanding = Omit<
  LogSourceHealth,
  ("projectId" | "sourceId" | "path" | "state" | "advice") | ("lagMs" | "openQuarantined" | "silentAfterMs")
> & {
  /** Since when there is something unread; null when all is read. */
  behindSinceMs: number | null;
  positionedAtMs: number | null;
};

export type LogSourceFacts = {
  source: LogSource;
  /** Why it is not to be read, though configured; null when it is. */
  stopped: Reason | null;
  /** null: nobody has looked at it yet. */
  standing: LogSourceStanding | null;
  /** Does any process read log sources at all? */
  watched: boolean;
  openQuarantined: number;
  /** The source's own, or its project's; only where no interval is set for the source itself. */
  freshnessSlaMs: number | null;
  nowMs: number;
};

/** How a source is doing, by the first of the states that holds, and what to do about it. */
export function logSourceHealth(projectId: string, facts: LogSourceFacts): LogSourceHealth {
  const { source, standing, nowMs, openQuarantined } = facts;
  const silentAfterMs = silentAfter(facts);
  const lagMs = standing?.behindSinceMs ? Math.max(0, nowMs - standing.behindSinceMs) : 0;
  const state = stateOf(facts, silentAfterMs, lagMs);
  return {
    ...shownOf(standing ?? unread),
    projectId,
    sourceId: source.sourceId,
    path: source.path,
    state,
    advice: adviceFor(state, facts),
    lagMs,
    openQuarantined,
    silentAfterMs,
  };
}

/** A standing may hold more than is shown. */
function shownOf(standing: LogSourceStanding) {
  const { errorCode, lastError, lastErrorAtMs, consecutiveErrors, offset, fileSize, generation } = standing;
  const { lagBytes, bytesPerSecond, recordsPerMinute, totalBytesRead, totalLines, totalCandidates } =
    standing;
  const { totalSubmitted, totalQuarantined, totalOversizeLines, lastPollAtMs, lastRecordAtMs } = standing;
  return {
    ...{ errorCode, lastError, lastErrorAtMs, consecutiveErrors, offset, fileSize, generation },
    ...{ lagBytes, bytesPerSecond, recordsPerMinute, totalBytesRead, totalLines, totalCandidates },
    ...{ totalSubmitted, totalQuarantined, totalOversizeLines, lastPollAtMs, lastRecordAtMs },
    lastSubmittedAtMs: standing.lastSubmittedAtMs,
    watching: standing.watching,
  };
}

function stateOf(facts: LogSourceFacts, silentAfterMs: number | null, lagMs: number): LogSourceHealthState {
  const { standing, nowMs } = facts;
  if (facts.stopped) return "stopped";
  if (!facts.watched || !standing || standing.lastPollAtMs === null) return "waiting";
  if (standing.consecutiveErrors > 0) return "unreadable";
  if (facts.openQuarantined > 0) return "quarantining";
  if (silentAfterMs !== null && nowMs > silentAfterMs) return "silent";
  return lagMs > behindAfterMs ? "behind" : "healthy";
}

/** From its newest record, or from when it was first looked at: a source that never wrote is silent too. */
function silentAfter({ source, standing, freshnessSlaMs }: LogSourceFacts): number | null {
  const intervalMs = (source.reading?.expectedIntervalSeconds ?? 0) * 1_000 || freshnessSlaMs;
  const since = standing?.lastRecordAtMs ?? standing?.positionedAtMs ?? null;
  return intervalMs && since !== null ? since + intervalMs : null;
}

/** One sentence per state that asks for something; an unreadable source by what stands in the way. */
function adviceFor(state: LogSourceHealthState, facts: LogSourceFacts): string | null {
  const code = facts.standing?.errorCode ?? null;
  switch (state) {
    case "stopped":
      return facts.stopped?.message ?? null;
    case "waiting":
      return facts.watched
        ? "It has not been looked at yet; that takes a moment after it was saved or reset."
        : "No process reads log sources now: start the monitor, or its worker.";
    case "unreadable":
      return errorAdvice[code ?? "io_error"];
    case "quarantining":
      return "Look at the records that were set aside, adjust the source's mapping or schema, and replay them.";
    case "silent":
      return "Find out whether the system still writes this log, or expect a record less often.";
    case "behind":
      return "It is being worked off; if the lag keeps growing, raise max_bytes_per_poll or split the log.";
    case "healthy":
      // Not an obstacle any more, and still worth knowing.
      return code === "rotated_file_lost" ? errorAdvice.rotated_file_lost : null;
  }
}

export const errorAdvice: Record<LogSourceErrorCode, string> = {
  not_found: "Check the path, or wait until the system writes the file: it is read as soon as it is there.",
  permission_denied: "Let the account that runs the monitor read the file and enter every folder above it.",
  outside_root: "Move the file, or its link's target, into the project's workspace root.",
  root_not_allowed: "Start the monitor with this workspace root among its allowed roots, or choose another.",
  symlink_refused:
    "Name the real path instead of a link: one that leads out of the workspace root is not followed.",
  not_a_file: "Name a regular file; folders, devices, sockets and pipes are not read.",
  io_error: "Check the disk or network share that the file is on; reading goes on by itself when it answers.",
  rotated_file_lost:
    "A rotated file was gone before its end was read: rotate less often, or keep one uncompressed generation.",
};

const unread: LogSourceStanding = {
  errorCode: null,
  lastError: null,
  lastErrorAtMs: null,
  consecutiveErrors: 0,
  offset: 0,
  fileSize: null,
  generation: 0,
  lagBytes: 0,
  behindSinceMs: null,
  bytesPerSecond: 0,
  recordsPerMinute: 0,
  totalBytesRead: 0,
  totalLines: 0,
  totalCandidates: 0,
  totalSubmitted: 0,
  totalQuarantined: 0,
  totalOversizeLines: 0,
  lastPollAtMs: null,
  lastRecordAtMs: null,
  lastSubmittedAtMs: null,
  positionedAtMs: null,
  watching: "none",
};
