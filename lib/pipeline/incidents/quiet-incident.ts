import { familyOf } from "@/lib/db/incident-store";
import { type QuietChange, setQuiet } from "@/lib/db/quiet-store";
import { readReleases } from "@/lib/db/release-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { AuditAction } from "@/lib/domain/audit";
import { endRefusal, type SnoozeWish, snoozeRefusal } from "@/lib/domain/quiet";
import type { Incident } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { describeIncident, type IncidentDetail } from "./describe-incident";
import { announceIncident } from "./move-members";
import { given, incidentSubject, refused, refuseMember, requireIncident } from "./require-incident";

export type SnoozeIncidentInput = SnoozeWish & { incidentId: string; reason?: string | null };
export type MuteIncidentInput = { incidentId: string; untilMs: number; reason?: string | null };
export type ResolveIncidentInput = { incidentId: string; release?: string | null; reason?: string | null };

/**
 * Quiet until the first of what was named: a time, further sightings, the next release. A second snooze replaces the first.
 *
 * @throws AppError not_found, forbidden, invalid `snooze_endless` | `end_passed` | `end_too_far` | `count_out_of_range`,
 * conflict `already_merged`
 */
export async function snoozeIncident(ctx: Context, input: SnoozeIncidentInput): Promise<IncidentDetail> {
  const incident = await requireIncident(ctx, input.incidentId, "decide");
  const why = snoozeRefusal(input, ctx.nowMs);
  if (why) throw refused("invalid", why);
  const { untilMs, furtherCount, nextRelease } = input;
  const snooze = {
    untilMs,
    untilCount: furtherCount === null ? null : incident.occurrenceCount + furtherCount,
    untilNextRelease: nextRelease,
    reason: given(input.reason),
    by: actorRef(ctx.actor),
    atMs: ctx.nowMs,
  };
  const detail = { until_ms: untilMs, further_count: furtherCount, next_release: nextRelease };
  return change(ctx, incident, { snooze, woke: null }, "incident_monitor.incident.snoozed", detail);
}

/** Ends a snooze now; one that is not snoozed stays as it is. @throws AppError not_found, forbidden */
export async function unsnoozeIncident(ctx: Context, incidentId: string): Promise<IncidentDetail> {
  const incident = await requireIncident(ctx, incidentId, "decide");
  if (!incident.snooze) return describeIncident(ctx, incidentId);
  return change(ctx, incident, { snooze: null }, "incident_monitor.incident.woken", { from: "snooze" });
}

/** Quiet until a time, whatever happens; at most a year. @throws AppError as snoozeIncident does */
export async function muteIncident(ctx: Context, input: MuteIncidentInput): Promise<IncidentDetail> {
  const incident = await requireIncident(ctx, input.incidentId, "decide");
  const why = endRefusal(input.untilMs, ctx.nowMs);
  if (why) throw refused("invalid", why);
  const mute = {
    untilMs: input.untilMs,
    reason: given(input.reason),
    by: actorRef(ctx.actor),
    atMs: ctx.nowMs,
  };
  const detail = { until_ms: input.untilMs };
  return change(ctx, incident, { mute, woke: null }, "incident_monitor.incident.muted", detail);
}

/** Ends a mute now; one that is not muted stays as it is. @throws AppError not_found, forbidden */
export async function unmuteIncident(ctx: Context, incidentId: string): Promise<IncidentDetail> {
  const incident = await requireIncident(ctx, incidentId, "decide");
  if (!incident.mute) return describeIncident(ctx, incidentId);
  return change(ctx, incident, { mute: null }, "incident_monitor.incident.woken", { from: "mute" });
}

/**
 * Done with: its next sighting marks it as a regression. Without a release named it is resolved in the newest it was seen in.
 * Ends a snooze.
 *
 * @throws AppError not_found, forbidden, conflict `already_merged`
 */
export async function resolveIncident(ctx: Context, input: ResolveIncidentInput): Promise<IncidentDetail> {
  const incident = await requireIncident(ctx, input.incidentId, "decide");
  const releases = await readReleases(ctx.db, await familyOf(ctx.db, input.incidentId));
  const resolution = {
    atMs: ctx.nowMs,
    by: actorRef(ctx.actor),
    how: "by_hand" as const,
    reason: given(input.reason),
    release: input.release?.trim() || releases.at(-1)?.release || null,
    cameBackAtMs: null,
    cameBackRelease: null,
  };
  const detail = { release_known: resolution.release !== null };
  const action = "incident_monitor.incident.resolved";
  return change(ctx, incident, { resolution, snooze: null, woke: null }, action, detail);
}

/** Takes back that it was resolved, or that it came back. @throws AppError not_found, forbidden */
export async function reopenIncident(ctx: Context, incidentId: string): Promise<IncidentDetail> {
  const incident = await requireIncident(ctx, incidentId, "decide");
  if (!incident.resolution) return describeIncident(ctx, incidentId);
  return change(ctx, incident, { resolution: null }, "incident_monitor.incident.reopened", {});
}

async function change(
  ctx: Context,
  incident: Incident,
  set: QuietChange,
  action: AuditAction,
  detail: Record<string, unknown>,
): Promise<IncidentDetail> {
  refuseMember(incident);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await setQuiet(tx, incident.incidentId, set, new Date(ctx.nowMs))))
      throw new AppError("conflict", "changed_meanwhile", "It was merged or deleted meanwhile", {
        incident_id: incident.incidentId,
      });
    await recordAudit(tx, ctx, { action, subject: incidentSubject(incident), detail });
    await announceIncident(tx, incident);
  });
  return describeIncident(ctx, incident.incidentId);
}
