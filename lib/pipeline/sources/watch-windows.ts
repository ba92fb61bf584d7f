import { loadConfig } from "@/lib/db/config-store";
import { findCountedOrigins } from "@/lib/db/intake-answer-store";
import type { IntakeGroup } from "@/lib/db/intake-store";
import type { NewQuarantined } from "@/lib/db/log-quarantine-store";
import type { LogPlace } from "@/lib/db/log-sighting-store";
import {
  type GroupEvidence,
  saveTailWindows,
  type TailProgress,
  type TailWindowWrite,
} from "@/lib/db/log-window-store";
import { isUniqueViolation } from "@/lib/db/transaction";
import type { MonitorConfig } from "@/lib/domain/config";
import type { LogCandidate, QuarantinedRecord } from "@/lib/domain/log-reading";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type PreparedReport, prepareReports } from "../intake/accept-reports";
import { mergeGroups } from "../intake/prepare-report";
import type { ReportAnswer } from "../intake/report-answer";
import { batchDetail } from "../intake/write-reports";
import { type EvidenceDue, makeEvidence } from "./watch-evidence";
import type { WatchedSource } from "./watch-plan";
import { redactQuarantined } from "./watch-quarantine";
import { type Found, watchedReport } from "./watch-report";

/** What was read of one source since its state was last written. */
export type WindowToRecord = {
  watched: WatchedSource;
  progress: Omit<TailProgress, "recentFingerprints">;
  candidates: ReadonlyArray<Found<LogCandidate>>;
  quarantined: ReadonlyArray<Found<QuarantinedRecord>>;
  /** When each fingerprint last left evidence, as stored. */
  recentFingerprints: Readonly<Record<string, number>>;
};

export type RecordedWindow =
  | {
      saved: true;
      revision: number;
      /** Sightings counted, those left out that were counted before. */
      submitted: number;
      newIncidents: number;
      recentFingerprints: Readonly<Record<string, number>>;
    }
  /** The source changed hands, was put elsewhere, or is not to be read any more: nothing of its window was written. */
  | { saved: false };

export type RecordWindowsInput = { watcher: string; leaseMs: number; windows: readonly WindowToRecord[] };

/** Fingerprints whose last evidence is remembered; the oldest are forgotten first, and may leave evidence early. */
const rememberedMax = 500;
const rememberedMs = 24 * 3_600_000;

/**
 * Takes in what was found in windows of logs, of different sources, as every report is: bound, redacted, identified,
 * judged, drafted; and writes it in one commit with where each source is read up to (D-17). Every sighting counts; the
 * cooldown of its source limits the evidence that is kept of it (D-12).
 *
 * @throws AppError forbidden for anyone but the system; and what kept the commit from being written or from being known
 * to be: the same windows may be given again, whatever became of it.
 */
export async function recordWindows(ctx: Context, input: RecordWindowsInput): Promise<RecordedWindow[]> {
  await authorize(ctx, "work", { kind: "log_source", id: input.watcher, projectId: null });
  const config = await loadConfig(ctx.db);
  const prepared = await prepareWindows(ctx, input.windows, config);
  for (let round = 1; ; round++) {
    const uncounted = await leaveOutCounted(ctx, prepared);
    try {
      return await writeWindows(ctx, input, uncounted, config);
    } catch (error) {
      // Somebody counted one of these lines since we looked: look again.
      if (round >= 4 || !isUniqueViolation(error)) throw error;
    }
  }
}

type Sighting = { prepared: PreparedReport; candidate: LogCandidate; place: LogPlace; originKey: string };
type PreparedWindow = { window: WindowToRecord; sightings: Sighting[]; quarantined: NewQuarantined[] };

/** null for a window whose source the configuration no longer has. */
async function prepareWindows(
  ctx: Context,
  windows: readonly WindowToRecord[],
  config: MonitorConfig,
): Promise<Array<PreparedWindow | null>> {
  const incoming = windows.flatMap((window, at) =>
    window.candidates.map((each) => ({
      at,
      candidate: each.found,
      report: watchedReport(window.watched, each, ctx.nowMs),
    })),
  );
  const answers: ReportAnswer[] = [];
  const submitted = incoming.map(({ report }) => ({ ctx, incoming: report }));
  const [prepared, quarantined] = await Promise.all([
    prepareReports(submitted, config, answers),
    Promise.all(windows.map((window) => redactQuarantined(window, config, ctx.nowMs))),
  ]);
  const refused = new Set(answers.flatMap((answer, index) => (answer ? [incoming[index]?.at] : [])));
  const whole = windows.map((window, at) =>
    refused.has(at) ? null : { window, sightings: [] as Sighting[], quarantined: quarantined[at] ?? [] },
  );
  for (const each of prepared) {
    const one = incoming[each.index];
    const { place, originKey } = one?.report ?? {};
    if (one && place && originKey)
      whole[one.at]?.sightings.push({ prepared: each, candidate: one.candidate, place, originKey });
  }
  return whole;
}

async function leaveOutCounted(
  ctx: Context,
  prepared: ReadonlyArray<PreparedWindow | null>,
): Promise<Array<PreparedWindow | null>> {
  const keys = prepared.flatMap((each) => each?.sightings.map((one) => one.originKey) ?? []);
  const counted = await findCountedOrigins(ctx.db, keys);
  if (counted.size === 0) return [...prepared];
  return prepared.map(
    (each) => each && { ...each, sightings: each.sightings.filter((one) => !counted.has(one.originKey)) },
  );
}

async function writeWindows(
  ctx: Context,
  { watcher, leaseMs }: RecordWindowsInput,
  prepared: ReadonlyArray<PreparedWindow | null>,
  config: MonitorConfig,
): Promise<RecordedWindow[]> {
  const kept = prepared.filter((each) => each !== null);
  const composed = await Promise.all(kept.map((each) => composeWindow(each, config, ctx.nowMs)));
  const saved = await saveTailWindows(ctx.db, {
    watcher,
    leaseMs,
    nowMs: ctx.nowMs,
    windows: composed.map((each) => each.write),
    audit: { detailOf: batchDetail },
  });
  const results = new Map(
    kept.map((each, at): [PreparedWindow, RecordedWindow] => {
      const one = saved[at];
      if (!one?.saved) return [each, { saved: false }];
      return [
        each,
        {
          saved: true,
          revision: one.revision,
          submitted: each.sightings.length,
          newIncidents: one.results.filter((result) => result.outcome === "new").length,
          recentFingerprints: composed[at]?.recentFingerprints ?? each.window.recentFingerprints,
        },
      ];
    }),
  );
  return prepared.map((each) => (each && results.get(each)) || { saved: false });
}

/** One group per failure, and the evidence of those that have left none for a while. */
async function composeWindow(
  { window, sightings, quarantined }: PreparedWindow,
  config: MonitorConfig,
  nowMs: number,
): Promise<{ write: TailWindowWrite; recentFingerprints: Readonly<Record<string, number>> | null }> {
  const recent = new Map(Object.entries(window.recentFingerprints));
  const due: EvidenceDue[] = [];
  for (const { prepared, candidate, place } of sightings) {
    const fingerprint = prepared.group.candidate.fingerprint.value;
    const last = recent.get(fingerprint);
    if (last !== undefined && nowMs - last < window.watched.source.fingerprintCooldownMs) continue;
    recent.set(fingerprint, nowMs);
    due.push({ prepared, candidate, place });
  }
  const made = await makeEvidence(due, config, nowMs);
  const withEvidence = new Map(due.map((each, at) => [each.prepared, made[at]]));
  const groups = new Map<string, IntakeGroup>();
  for (const { prepared } of sightings) {
    const group = withEvidence.get(prepared)?.group ?? prepared.group;
    const same = groups.get(group.identity);
    groups.set(group.identity, same ? mergeGroups(same, group) : group);
  }
  const evidence = made.flatMap((each): GroupEvidence[] => {
    const group = groups.get(each.group.identity);
    return group ? [{ ...each, group }] : [];
  });
  const recentFingerprints = due.length > 0 ? remembered(recent, nowMs) : null;
  return {
    write: {
      progress: { ...window.progress, recentFingerprints },
      groups: [...groups.values()],
      quarantined,
      evidence,
    },
    recentFingerprints,
  };
}

function remembered(recent: ReadonlyMap<string, number>, nowMs: number): Record<string, number> {
  const kept = [...recent].filter(([, atMs]) => nowMs - atMs < rememberedMs);
  return Object.fromEntries(kept.sort(([, left], [, right]) => right - left).slice(0, rememberedMax));
}
