import { findIncident } from "@/lib/db/incident-store";
import type { Incident } from "@/lib/domain/records";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { markSilencedIncidents } from "../silences/mark-silenced";

/** @throws AppError not_found `incident_not_found`, also for one the actor may not read */
export async function getIncident(ctx: Context, incidentId: string): Promise<Incident> {
  const incident = await findIncident(ctx.db, incidentId);
  const missing = new AppError("not_found", "incident_not_found", "There is no such incident", {
    incident_id: incidentId,
  });
  if (!incident) throw missing;
  const subject = { kind: "incident", id: incidentId, projectId: incident.projectId };
  await authorizeRecord(ctx, "read", subject, missing);
  return (await markSilencedIncidents(ctx, [incident]))[0] ?? incident;
}
