import { findIncident } from "@/lib/db/incident-store";
import type { LockedIncident } from "@/lib/db/merge-store";
import type { AuditSubject } from "@/lib/domain/audit";
import type { Permission } from "@/lib/domain/permission";
import type { Reason } from "@/lib/domain/reason";
import type { Incident } from "@/lib/domain/records";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export const incidentMissing = (incidentId: string) =>
  new AppError("not_found", "incident_not_found", "There is no such incident", { incident_id: incidentId });

export const incidentSubject = (incident: {
  incidentId: string;
  projectId: string | null;
}): AuditSubject => ({ kind: "incident", id: incident.incidentId, projectId: incident.projectId });

/**
 * The incident, once the actor may do `permission` with it. Whoever may not even read its project is told that it does not
 * exist.
 *
 * @throws AppError not_found `incident_not_found`, forbidden
 */
export async function requireIncident(
  ctx: Context,
  incidentId: string,
  permission: Permission,
): Promise<Incident> {
  const incident = await findIncident(ctx.db, incidentId);
  const missing = incidentMissing(incidentId);
  if (!incident) throw missing;
  await authorizeRecord(ctx, permission, incidentSubject(incident), missing);
  return incident;
}

/** As it is under the lock. @throws AppError not_found when it was deleted meanwhile */
export function lockedOf(locked: Map<string, LockedIncident>, incidentId: string): LockedIncident {
  const found = locked.get(incidentId);
  if (!found) throw incidentMissing(incidentId);
  return found;
}

/** A decision of the domain as what a caller is told. */
export const refused = (kind: "conflict" | "invalid", why: Reason) =>
  new AppError(kind, why.code, why.message, why.fields ?? {});

/** What asks for attention asks for it at the incident that shows it. @throws AppError conflict `already_merged` */
export function refuseMember(incident: Pick<Incident, "incidentId" | "mergedIntoId">): void {
  if (incident.mergedIntoId === null) return;
  throw new AppError(
    "conflict",
    "already_merged",
    `It is merged into ${incident.mergedIntoId}; do it there`,
    {
      incident_id: incident.incidentId,
      merged_into: incident.mergedIntoId,
    },
  );
}

/** Why somebody did something, in their own words: bounded. */
export const given = (reason: string | null | undefined): string | null =>
  reason?.trim().slice(0, 1_000) || null;
