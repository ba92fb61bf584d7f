import {
  type Bucket,
  type OccurrenceFilter,
  type OccurrenceHistory,
  readOccurrences,
} from "@/lib/db/incident-store";
import type { ListPage } from "@/lib/domain/page";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { getIncident } from "./get-incident";

export type ListOccurrencesInput = { filter: OccurrenceFilter; bucket: Bucket; page: ListPage };
export type OccurrenceList = Omit<OccurrenceHistory, "more"> & { nextCursor: string | null };

/**
 * Sightings of an incident, newest first, and the counts of all of them over time.
 *
 * @throws AppError as getIncident does, invalid `cursor_invalid`
 */
export async function listOccurrences(
  ctx: Context,
  { filter, bucket, page }: ListOccurrencesInput,
): Promise<OccurrenceList> {
  await getIncident(ctx, filter.incidentId);
  const cursor = pageCursor("occurrences", filter, page);
  const read = { bucket, nowMs: ctx.nowMs, page: cursor.page };
  const { more, ...history } = await readOccurrences(ctx.db, filter, read);
  const last = history.occurrences.at(-1);
  return {
    ...history,
    nextCursor: cursor.next(more && last ? { atMs: last.receivedAtMs, id: last.occurrenceId } : null),
  };
}
