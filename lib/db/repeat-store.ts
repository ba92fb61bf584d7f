import { addsToRecord } from "@/lib/domain/repeat";
import { changeChannel } from "./change-feed";
import type { Database } from "./client";
import {
  answerTtlMs,
  type IntakeBatch,
  type IntakeGroup,
  type IntakeResult,
  inLockOrder,
  keep,
  knownOf,
  readRecords,
  resultOf,
  sightingRow,
} from "./intake-store";
import { type KnownRecord, knownRecords } from "./known-records";
import { facetsOf, newestDelivery } from "./record-rows";
import { repeatSql } from "./repeat-sql";
import { count, msOrNull, type Row, textOrNull } from "./rows";
import type { OpenTransaction } from "./transaction";

/** Is this failure known here, and does this sighting add nothing but itself? Then it is only to be counted. */
export function isKnownRepeat(db: Database, group: IntakeGroup): boolean {
  const record = knownRecords(db).get(group.identity);
  return record !== undefined && !addsToRecord(record, group.candidate, group.approval);
}

/**
 * Counts groups that `isKnownRepeat` in one statement and one commit: the short way for what a busy system mostly
 * sends. Results are in the order of `groups`; null where the incident is no longer live (merged, deleted): nothing of
 * that group was written, and `insertIntakeBatch` is its way.
 *
 * @throws as insertIntakeBatch does.
 */
export async function countRepeats(
  db: Database,
  batch: IntakeBatch,
  inside?: OpenTransaction,
): Promise<Array<IntakeResult | null>> {
  const known = knownRecords(db);
  const learned = knownOf(db, inside);
  const groups = inLockOrder(batch.groups).flatMap(({ index, group }) => {
    const record = known.get(group.identity);
    return record ? [{ index, group, record }] : [];
  });
  const at = new Date(batch.nowMs).toISOString();
  const { rows } = await (inside ?? db.pool).query({
    name: "intake-repeats",
    text: repeatSql,
    values: [
      JSON.stringify(groups.map(({ group, record }, position) => itemOf(group, record, position))),
      JSON.stringify(
        groups.flatMap(({ group }, position) => group.sightings.map((each) => sightingRow(each, position))),
      ),
      at,
      batch.audit.id,
      batch.audit.requestId,
      JSON.stringify(batch.audit.detail),
      changeChannel,
      new Date(batch.nowMs + answerTtlMs).toISOString(),
    ],
  });
  const results = new Array<IntakeResult | null>(batch.groups.length).fill(null);
  const changed: Array<(typeof groups)[number]> = [];
  for (const row of rows) {
    const entry = groups[count(row.position)];
    if (!entry) continue;
    const { group, record } = entry;
    const current =
      count(row.revision) === record.incidentRevision &&
      textOrNull(row.draft_version) === record.draftVersion;
    if (!current) changed.push(entry);
    else {
      learned.set(group.identity, record);
      results[entry.index] = resultOf(countedRecord(record, row, batch.nowMs), false);
    }
  }
  await reread(db, changed, results, inside);
  groups.forEach(({ index, group }) => {
    if (results[index] === null) learned.delete(group.identity);
  });
  return results;
}

/** Somebody changed these since we read them. They are counted; the answer shows them as they are now. */
async function reread(
  db: Database,
  changed: ReadonlyArray<{ index: number; group: IntakeGroup; record: KnownRecord }>,
  results: Array<IntakeResult | null>,
  inside?: OpenTransaction,
): Promise<void> {
  if (changed.length === 0) return;
  const learned = knownOf(db, inside);
  const found = await readRecords(
    db,
    changed.map(({ record }) => record.incident.incidentId),
    inside,
  );
  for (const { index, group, record } of changed) {
    const now = found.get(record.incident.incidentId) ?? record;
    keep(learned, group, now);
    results[index] = resultOf(now, false);
  }
}

function countedRecord(record: KnownRecord, row: Row, nowMs: number): KnownRecord {
  const seen = {
    occurrenceCount: count(row.occurrence_count),
    firstSeenAtMs: count(row.first_seen_ms),
    lastSeenAtMs: count(row.last_seen_ms),
  };
  const draft = record.draft && {
    ...record.draft,
    ...seen,
    newestDelivery: newestDelivery(row),
    approvalGrantedAtMs: msOrNull(row.grant_at),
  };
  const incident = {
    ...record.incident,
    ...seen,
    held: Boolean(row.held),
    lastError: textOrNull(row.last_error),
    updatedAtMs: nowMs,
    draftFacets: draft && facetsOf(draft),
  };
  return { ...record, incident, draft };
}

function itemOf(
  { sightings, candidate, provenance }: IntakeGroup,
  { incident }: KnownRecord,
  position: number,
) {
  return {
    position,
    incident_id: incident.incidentId,
    sightings: sightings.length,
    seen: new Date(Math.max(...sightings.map((each) => each.receivedAtMs))).toISOString(),
    provenance,
    project_id: candidate.content.projectId,
    log_source_id: candidate.content.logSourceId,
  };
}
