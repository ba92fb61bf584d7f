import type { Database } from "./client";
import type { SourceKey } from "./log-tail-rows";
import { count, json, ms, type Row, text, textOrNull } from "./rows";

/** Which bytes of which file a sighting of a watched log was. */
export type LogPlace = {
  /** As configured, at most 500 characters. */
  path: string;
  /** `device:inode`; null where it was not known. */
  inode: string | null;
  generation: number;
  offsetStart: number;
  offsetEnd: number;
};

export type LogSighting = {
  occurrenceId: string;
  incidentId: string;
  receivedAtMs: number;
  title: string;
  excerpt: string[];
  place: LogPlace;
};

/**
 * The newest counted line of a source whose incident was not deleted, the last of those read together; null when there is none. Lines of
 * rotated files that a backfill counted are of no generation: nobody can say where they are now.
 */
export async function findNewestLogSighting(db: Database, key: SourceKey): Promise<LogSighting | null> {
  const { rows } = await db.pool.query(
    `SELECT o.id, o.incident_id, o.received_at, o.sighting, i.title, i.excerpt FROM occurrences o
     JOIN incidents i ON i.id = o.incident_id AND i.deleted_at IS NULL
     WHERE o.project_id = $1 AND o.log_source_id = $2 AND o.provenance = 'log_source'
       AND o.sighting ? 'offset_start' AND o.sighting ? 'offset_end' AND (o.sighting->>'generation')::bigint >= 0
     ORDER BY o.received_at DESC, (o.sighting->>'generation')::bigint DESC, (o.sighting->>'offset_start')::bigint DESC
     LIMIT 1`,
    [key.projectId, key.sourceId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    occurrenceId: text(row.id),
    incidentId: text(row.incident_id),
    receivedAtMs: ms(row.received_at),
    title: text(row.title),
    excerpt: json(row.excerpt),
    place: placeFromSighting(row.sighting as Row),
  };
}

/** The wire's words for a place, as they stand in an occurrence's sighting and an incident's event payload. */
export const placeToRow = (place: LogPlace) => ({
  path: place.path,
  inode: place.inode ?? undefined,
  generation: place.generation,
  offset_start: place.offsetStart,
  offset_end: place.offsetEnd,
});

export function placeFromSighting(row: Row): LogPlace {
  return {
    path: text(row.path),
    inode: textOrNull(row.inode),
    generation: count(row.generation),
    offsetStart: count(row.offset_start),
    offsetEnd: count(row.offset_end),
  };
}
