import { readVariations, type Variation } from "@/lib/db/split-store";
import type { Context } from "../context";
import { requireIncident } from "./require-incident";

/**
 * What differs among an incident's own sightings, to be taken apart by: the newest 10,000 are looked at.
 *
 * @throws AppError not_found, forbidden
 */
export async function listVariations(
  ctx: Context,
  incidentId: string,
): Promise<{ variations: Variation[]; lookedAt: number }> {
  await requireIncident(ctx, incidentId, "read");
  return readVariations(ctx.db, incidentId);
}
