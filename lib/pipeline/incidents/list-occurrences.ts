import { type Bucket, type OccurrenceHistory, readOccurrences } from "@/lib/db/incident-store";
import type { Context } from "../context";
import { getIncident } from "./get-incident";

/** The newest sightings of an incident and their counts over time. @throws AppError as getIncident does */
export async function listOccurrences(
  ctx: Context,
  input: { incidentId: string; bucket: Bucket },
): Promise<OccurrenceHistory> {
  await getIncident(ctx, input.incidentId);
  return readOccurrences(ctx.db, input.incidentId, input.bucket, ctx.nowMs);
}
