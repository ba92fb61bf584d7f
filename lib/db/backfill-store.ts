import type { Database } from "./client";
import type { SourceKey } from "./log-tail-rows";

/** A failure of a log by where it stands and when it says it happened. */
export type TimedPlace = { offsetStart: number; offsetEnd: number; occurredAtMs: number };

export const keyOfTimedPlace = ({ offsetStart, offsetEnd, occurredAtMs }: TimedPlace): string =>
  `${offsetStart}-${offsetEnd}@${occurredAtMs}`;

/**
 * Which of these were counted before, by keyOfTimedPlace. A rotated file keeps its offsets, whatever becomes of its name
 * or its inode: place and time together tell its lines from those of other files of the source.
 */
export async function findCountedPlaces(
  db: Database,
  { projectId, sourceId }: SourceKey,
  places: readonly TimedPlace[],
): Promise<Set<string>> {
  if (places.length === 0) return new Set();
  const { rows } = await db.pool.query({
    name: "counted-log-places",
    text: `SELECT DISTINCT w.place FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[])
        AS w(place, offset_start, offset_end, occurred_at)
      JOIN occurrences o ON o.project_id = $1 AND o.log_source_id = $2 AND o.provenance = 'log_source'
        AND o.occurred_at = w.occurred_at AND o.sighting->>'offset_start' = w.offset_start
        AND o.sighting->>'offset_end' = w.offset_end`,
    values: [
      projectId,
      sourceId,
      places.map(keyOfTimedPlace),
      places.map((each) => String(each.offsetStart)),
      places.map((each) => String(each.offsetEnd)),
      places.map((each) => new Date(each.occurredAtMs)),
    ],
  });
  return new Set(rows.map((row) => row.place as string));
}
