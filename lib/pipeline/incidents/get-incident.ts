import { findIncident } from "@/lib/db/incident-store";
import type { Incident } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

/** @throws AppError not_found `incident_not_found`, forbidden */
export async function getIncident(ctx: Context, incidentId: string): Promise<Incident> {
  const incident = await findIncident(ctx.db, incidentId);
  if (!incident) {
    throw new AppError("not_found", "incident_not_found", "There is no such incident", {
      incident_id: incidentId,
    });
  }
  await authorize(ctx, "read", { kind: "incident", id: incidentId, projectId: incident.projectId });
  return incident;
}
