import { findIncidentWithDraft } from "@/lib/db/incident-store";
import { findLiveIncidents } from "@/lib/db/live-incident-store";
import { findNewestLogSighting, type LogSighting } from "@/lib/db/log-sighting-store";
import { findTailState } from "@/lib/db/log-tail-store";
import type { LogCandidate } from "@/lib/domain/log-reading";
import type { ReplayPlan } from "@/lib/domain/log-source-state";
import type { Draft, Incident } from "@/lib/domain/records";
import { readRange } from "@/lib/sources/read-range";
import type { Context } from "../context";
import { AppError } from "../errors";
import { acceptReports, prepareReports } from "../intake/accept-reports";
import type { IncomingReport } from "../intake/prepare-report";
import { recordAudit } from "../record-audit";
import { assembleLines, readableSource } from "./readable-source";
import { type LogSourceInput, type RequiredLogSource, requireLogSource } from "./require-log-source";
import { placeIn } from "./source-place";
import { placedPath, watchedReport } from "./watch-report";

export type ReplayLogSourceInput = LogSourceInput & { dryRun?: boolean };
export type LogSourceReplay = {
  /** As it was before the replay. */
  incident: Incident;
  draft: Draft | null;
  dryRun: boolean;
  plan: ReplayPlan;
};

/**
 * Submits the newest line of a log source that was counted again: a sighting of its own, counted once more. Only while the
 * very bytes are where they were and still say the same; anything else is refused.
 *
 * @throws AppError as requireLogSource; not_found `log_source_replay_not_found`; invalid `log_source_replay_failed` with why.
 */
export async function replayLogSource(ctx: Context, input: ReplayLogSourceInput): Promise<LogSourceReplay> {
  const required = await requireLogSource(ctx, input);
  const sighting = await findNewestLogSighting(ctx.db, input);
  const before = sighting && (await findIncidentWithDraft(ctx.db, sighting.incidentId));
  if (!sighting || !before) {
    const message = "Nothing that was read in this log was counted yet, or its incident was deleted";
    throw new AppError("not_found", "log_source_replay_not_found", message, namesOf(input));
  }
  const candidate = await readAgain(ctx, required, sighting);
  const report = reportOf(ctx, required, sighting, candidate);
  await requireSameIncident(ctx, required, report, sighting.incidentId);
  const plan = planOf(input, sighting);
  if (input.dryRun) return { ...before, dryRun: true, plan };

  const [answer] = await acceptReports(ctx, { reports: [report] });
  if (!answer?.ok) throw answer?.error ?? new Error("a replay has no answer");
  const detail = {
    incident_id: sighting.incidentId,
    occurrence_id: sighting.occurrenceId,
    generation: sighting.place.generation,
    offset_start: plan.offsetStart,
    offset_end: plan.offsetEnd,
  };
  const { subject } = required;
  await recordAudit(ctx.db, ctx, { action: "incident_monitor.log_source.replayed", subject, detail });
  return { incident: before.incident, draft: answer.accepted.draft, dryRun: false, plan };
}

const namesOf = ({ projectId, sourceId }: LogSourceInput) => ({ project_id: projectId, source_id: sourceId });

const failed = (input: LogSourceInput, message: string, why: string): AppError =>
  new AppError("invalid", "log_source_replay_failed", message, { ...namesOf(input), why });

/** The failure at the stored offsets, as it stands in the file now. */
async function readAgain(
  ctx: Context,
  required: RequiredLogSource,
  { place }: LogSighting,
): Promise<LogCandidate> {
  const { project, source } = required;
  const key = { projectId: project.projectId, sourceId: source.sourceId };
  const position = (await findTailState(ctx.db, key))?.position ?? null;
  const { offsetStart, offsetEnd } = place;
  if (offsetEnd <= offsetStart) throw failed(key, "The stored offsets are not a range", "offsets_invalid");
  if (place.path !== placedPath(source.path)) {
    throw failed(key, "The source names another file than that line was read in", "path_changed");
  }
  if (!position || position.generation !== place.generation || position.fileId !== place.inode) {
    const message =
      "The log was rotated, cut or replaced since that line was read: its offsets mean nothing now";
    throw failed(key, message, "file_changed");
  }
  const { rules } = readableSource(required);
  const range = { start: offsetStart, end: offsetEnd, maxLineBytes: rules.maxLineBytes };
  const read = await readRange(placeIn(ctx, project, source.path), position, range);
  if (!read.ok)
    throw failed(key, read.detail, read.code === "rotated_file_lost" ? "file_changed" : read.code);
  const found = assembleLines(read.lines, rules, ctx.nowMs).candidates.find(
    (each) => each.offsetStart === offsetStart && each.offsetEnd === offsetEnd,
  );
  if (found) return found;
  const message = "The line is no failure any more by the source's settings";
  throw failed(key, message, "not_a_failure");
}

/** Without the name of its line, by which it was counted before. */
function reportOf(
  ctx: Context,
  required: RequiredLogSource,
  { place }: LogSighting,
  candidate: LogCandidate,
): IncomingReport {
  const found = { found: candidate, generation: place.generation, fileId: place.inode };
  return { ...watchedReport(readableSource(required), found, ctx.nowMs), originKey: null };
}

async function requireSameIncident(
  ctx: Context,
  { config, project, source }: RequiredLogSource,
  report: IncomingReport,
  incidentId: string,
): Promise<void> {
  const [prepared] = await prepareReports([{ ctx, incoming: report }], config, []);
  const identity = prepared?.group.identity ?? "";
  const live = await findLiveIncidents(ctx.db, [identity]);
  if (live.get(identity) === incidentId) return;
  const message = "The line would be counted for another incident now: it was changed, or is read otherwise";
  throw failed({ projectId: project.projectId, sourceId: source.sourceId }, message, "identity_changed");
}

function planOf({ projectId, sourceId }: LogSourceInput, sighting: LogSighting): ReplayPlan {
  const { incidentId, occurrenceId, receivedAtMs, title, excerpt, place } = sighting;
  const { offsetStart, offsetEnd } = place;
  return {
    ...{ projectId, sourceId, incidentId, occurrenceId, offsetStart, offsetEnd, receivedAtMs, title },
    excerpt,
  };
}
