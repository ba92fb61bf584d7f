import { countOccurrencesByHour } from "@/lib/db/incident-store";
import {
  listApprovalsDue,
  listFailedDeliveries,
  readFirstFacts,
  readOverviewCounts,
} from "@/lib/db/status-store";
import { effectiveDestinations } from "@/lib/domain/config";
import { firstRunChecklist, type Overview } from "@/lib/domain/overview";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readReadiness } from "../publishing/readiness";
import { readConfig } from "./get-config";

/** Rows of each list: what fits a screen; the rest is a click away in the queue. */
const listMax = 20;

/** The pipeline at a glance and what needs a person, of the projects the actor may see. @throws AppError forbidden */
export async function getOverview(ctx: Context): Promise<Overview> {
  await authorize(ctx, "read", { kind: "overview", id: "incident_monitor" });
  const config = await readConfig(ctx);
  const projects = readableProjects(ctx.actor);
  const [readiness, counts, hourly, approvalsDue, failedDeliveries, facts] = await Promise.all([
    readReadiness(ctx, config),
    readOverviewCounts(ctx.db, projects, ctx.nowMs),
    countOccurrencesByHour(ctx.db, projects, ctx.nowMs),
    listApprovalsDue(ctx.db, projects, listMax),
    listFailedDeliveries(ctx.db, projects, listMax),
    readFirstFacts(ctx.db, projects),
  ]);
  const rows = effectiveDestinations(config).flatMap((destination) => {
    const standing = readiness.get(destination.destinationId);
    return standing ? [{ destination, standing }] : [];
  });
  return {
    nowMs: ctx.nowMs,
    counts: { ...counts, occurrences24h: hourly.reduce((sum, each) => sum + each.count, 0) },
    hourly,
    approvalsDue,
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
