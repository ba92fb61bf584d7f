import { familyOf } from "@/lib/db/incident-store";
import { listMembers, type Member } from "@/lib/db/merge-store";
import { type Release, readReleases } from "@/lib/db/release-store";
import type { Incident } from "@/lib/domain/records";
import type { Context } from "../context";
import { getIncident } from "./get-incident";

/** An incident with what is merged into it and the releases it was seen in, oldest first. */
export type IncidentDetail = Incident & { members: Member[]; releases: Release[] };

/** @throws AppError as getIncident does */
export async function describeIncident(ctx: Context, incidentId: string): Promise<IncidentDetail> {
  const incident = await getIncident(ctx, incidentId);
  const [members, releases] = await Promise.all([
    listMembers(ctx.db, incidentId),
    familyOf(ctx.db, incidentId).then((ids) => readReleases(ctx.db, ids)),
  ]);
  return { ...incident, members, releases };
}
