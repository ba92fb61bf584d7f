import { type IncidentFilter, listIncidentRecords } from "@/lib/db/incident-store";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { Incident } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { markSilencedIncidents } from "../silences/mark-silenced";

export type ListIncidentsInput = { filter: Omit<IncidentFilter, "projects">; page: ListPage };
export type IncidentList = { incidents: Incident[]; total: number; nextCursor: string | null };

/** Incidents the actor may see, last changed first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listIncidents(
  ctx: Context,
  { filter, page }: ListIncidentsInput,
): Promise<IncidentList> {
  await authorize(ctx, "read", { kind: "incidents", id: "list" });
  const cursor = pageCursor("incidents", filter, page);
  const seen = { ...filter, projects: readableProjects(ctx.actor) };
  const { incidents, total, more } = await listIncidentRecords(ctx.db, seen, cursor.page);
  const last = incidents.at(-1);
  return {
    incidents: await markSilencedIncidents(ctx, incidents),
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.updatedAtMs, id: last.incidentId } : null),
  };
}
