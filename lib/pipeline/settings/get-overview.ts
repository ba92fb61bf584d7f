import { listUnreviewedUses } from "@/lib/db/break-glass-store";
import { listExpiringKeys } from "@/lib/db/expiring-key-store";
import {
  listApprovalsDue,
  listFailedDeliveries,
  readFirstFacts,
  readOverviewCounts,
} from "@/lib/db/status-store";
import { countOccurrencesByHour } from "@/lib/db/trend-store";
import { actorKey } from "@/lib/domain/actor";
import { effectiveDestinations } from "@/lib/domain/config";
import {
  type ApprovalDue,
  firstRunChecklist,
  type Overview,
  reviewsDue,
  silentSources,
} from "@/lib/domain/overview";
import { projectsHolding, readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readAskedOf } from "../drafts/asked-of";
import { readReadiness } from "../publishing/readiness";
import { readLogSourceHealth } from "../sources/list-log-sources";
import { readConfig } from "./get-config";

/** Rows of each list: what fits a screen; the rest is a click away in the queue. */
const listMax = 20;

/** Which of them wait for people by name, of whom whoever asks is none. */
async function markOthers(ctx: Context, due: readonly ApprovalDue[]): Promise<ApprovalDue[]> {
  const { actor } = ctx;
  if (actor.kind !== "user") return [...due];
  const askedOf = await readAskedOf(
    ctx,
    due.map((each) => each.draftId),
  );
  return due.map((each) => {
    const asked = askedOf(each.draftId);
    return asked && !asked.has(actor.userId) ? { ...each, asksOthers: true } : each;
  });
}

/** The pipeline at a glance and what needs a person, of the projects the actor may see. @throws AppError forbidden */
export async function getOverview(ctx: Context): Promise<Overview> {
  await authorize(ctx, "read", { kind: "overview", id: "incident_monitor" });
  const config = await readConfig(ctx);
  const projects = readableProjects(ctx.actor);
  const outside = effectiveDestinations(config)
    .filter((row) => row.kind !== "telemetry" && row.kind !== "internal_memory")
    .map((row) => row.destinationId);
  const mayRead = (projectId: string) => projects === null || projects.includes(projectId);
  const [readiness, counts, hourly, reviews, approvalsDue, failedDeliveries, health, expiringKeys, facts] =
    await Promise.all([
      readReadiness(ctx, config),
      readOverviewCounts(ctx.db, projects, ctx.nowMs),
      countOccurrencesByHour(ctx.db, projects, ctx.nowMs),
      listUnreviewedUses(ctx.db, projects, listMax),
      listApprovalsDue(ctx.db, { projects, approverKey: actorKey(ctx.actor), nowMs: ctx.nowMs }, listMax),
      listFailedDeliveries(ctx.db, projects, listMax),
      readLogSourceHealth(ctx, config),
      listExpiringKeys(ctx.db, projectsHolding(ctx.actor, "manageKeys"), ctx.nowMs),
      readFirstFacts(ctx.db, projects, outside),
    ]);
  const rows = effectiveDestinations(config).flatMap((destination) => {
    const standing = readiness.get(destination.destinationId);
    return standing ? [{ destination, standing }] : [];
  });
  return {
    nowMs: ctx.nowMs,
    counts: {
      ...counts,
      occurrences24h: hourly.reduce((sum, each) => sum + each.count, 0),
      breakGlassOpen: reviews.open,
    },
    hourly,
    breakGlassReviews: reviewsDue(reviews.uses, ctx.actor, ctx.nowMs),
    approvalsDue: await markOthers(ctx, approvalsDue),
    failedDeliveries,
    // Switched off on purpose is nobody's work.
    unreadyDestinations: rows
      .filter(({ standing }) => standing.enabled && !standing.ready)
      .map(({ destination, standing }) => ({
        destinationId: destination.destinationId,
        name: destination.name,
        kind: destination.kind,
        missing: standing.missing.map((each) => each.message),
      })),
    silentSources: silentSources(health.filter((source) => mayRead(source.projectId))).slice(0, listMax),
    expiringKeys,
    checklist: firstRunChecklist({
      ...facts,
      signedIn: facts.signedIn || ctx.actor.kind === "user",
      project: config.monitoredProjects.length > 0,
      destinationReady: rows.some(({ standing }) => standing.ready),
    }),
    paused: config.paused,
    enabled: config.enabled,
  };
}
