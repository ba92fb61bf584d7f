import { type IncidentFilter, listIncidentRecords } from "@/lib/db/incident-store";
import type { PageRequest } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { Incident } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";

export type ListIncidentsInput = { filter: Omit<IncidentFilter, "projects">; page: PageRequest };

/** Incidents the actor may see, last changed first. @throws AppError forbidden */
export async function listIncidents(
  ctx: Context,
  input: ListIncidentsInput,
): Promise<{ incidents: Incident[]; total: number }> {
  await authorize(ctx, "read", { kind: "incidents", id: "list" });
  return listIncidentRecords(ctx.db, { ...input.filter, projects: readableProjects(ctx.actor) }, input.page);
}
