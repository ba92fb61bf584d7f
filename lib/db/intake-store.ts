import type { ActorRef } from "@/lib/domain/actor";
import type { CandidateDraft } from "@/lib/domain/draft";
import type { Draft, Incident, RedactionCounts } from "@/lib/domain/records";
import type { Provenance } from "@/lib/domain/report";
import { changeChannel } from "./change-feed";
import type { Database } from "./client";
import { intakeSql, recordsSql } from "./intake-sql";
import { type KnownRecord, type KnownRecords, knownRecords } from "./known-records";
import { draftFromRow, facetsOf, incidentFromRow } from "./record-rows";
import { count, type Row, textOrNull } from "./rows";
import type { OpenTransaction } from "./transaction";

/** One distinct failure of a batch: the incident and draft to make if nobody made them before. */
export type IntakeGroup = {
  /** What it is stored under, as one key: scope, version and value of `candidate.fingerprint`. */
  identity: string;
  incidentId: string;
  draftId: string;
  candidate: CandidateDraft;
  provenance: Provenance;
  held: boolean;
  /** Facet of a draft made now. */
  approval: "required" | "not_required";
  redactions: RedactionCounts;
  eventPayload: Record<string, unknown> | null;
  sightings: IntakeSighting[];
};

export type IntakeSighting = {
  occurrenceId: string;
  receivedAtMs: number;
  occurredAtMs: number | null;
  reporter: ActorRef;
  sighting: Record<string, unknown>;
  originKey: string | null;
  idempotency: { scope: string; key: string; requestHash: string } | null;
};

export type IntakeResult = {
  outcome: "new" | "recurrence" | "blocked";
  incident: Incident;
  draft: Draft | null;
};

export type IntakeBatch = {
  nowMs: number;
  groups: IntakeGroup[];
  audit: { id: string; requestId: string | null; detail: Record<string, unknown> };
};

/** How long an Idempotency-Key keeps its answer. */
export const answerTtlMs = 24 * 3_600_000;

/**
 * Writes a batch in one statement and one commit (`inside`, that of a transaction under way): incidents (by their live identity, so races count twice and create
 * once), occurrences, drafts, idempotency answers and the batch's audit entry. Results are in the order of `groups`; null
 * where an incident was merged or taken apart while the statement waited for it: of that group nothing was written.
 *
 * @throws a unique violation when an Idempotency-Key was answered meanwhile, or a log line was counted before: nothing
 * of the batch is written then, and the caller looks up and tries again.
 */
export async function insertIntakeBatch(
  db: Database,
  batch: IntakeBatch,
  inside?: OpenTransaction,
): Promise<Array<IntakeResult | null>> {
  const groups = inLockOrder(batch.groups);
  const at = new Date(batch.nowMs).toISOString();
  const { rows } = await (inside ?? db.pool).query({
    name: "intake-batch",
    text: intakeSql,
    values: [
      JSON.stringify(groups.map(({ group }, position) => groupColumns(group, position, at))),
      JSON.stringify(groups.flatMap(({ group }, position) => sightingColumns(group, position))),
      batch.audit.id,
      at,
      batch.audit.requestId,
      JSON.stringify(batch.audit.detail),
      changeChannel,
      new Date(batch.nowMs + answerTtlMs).toISOString(),
    ],
  });
  const results = new Array<IntakeResult | null>(batch.groups.length).fill(null);
  const missed: Array<{ index: number; group: IntakeGroup; incidentId: string }> = [];
  const known = knownOf(db, inside);
  for (const row of rows) {
    const entry = groups[Number(row.position)];
    if (!entry) continue;
    const incidentRow = row.incident as Row;
    if (entry.group.candidate.gate.passed && !row.draft)
      missed.push({ ...entry, incidentId: String(incidentRow.id) });
    else {
      const record = recordOf(row);
      keep(known, entry.group, record);
      results[entry.index] = resultOf(record, Boolean(row.inserted));
    }
  }
  // A draft that another process committed after our snapshot began is not visible to our statement; read it now.
  if (missed.length > 0) {
    const found = await readRecords(
      db,
      missed.map((each) => each.incidentId),
      inside,
    );
    for (const each of missed) {
      const record = found.get(each.incidentId);
      if (!record) continue;
      keep(known, each.group, record);
      results[each.index] = resultOf(record, false);
    }
  }
  return results;
}

/** Whole records as they are now, with their newest draft. */
export async function readRecords(
  db: Database,
  incidentIds: readonly string[],
  inside?: OpenTransaction,
): Promise<Map<string, KnownRecord>> {
  const { rows } = await (inside ?? db.pool).query(recordsSql, [incidentIds]);
  return new Map(rows.map((row) => [String(row.incident.id), recordOf(row)]));
}

function recordOf(row: Row): KnownRecord {
  const incidentRow = row.incident as Row;
  const draft = row.draft ? draftFromRow({ ...(row.draft as Row), ...ofIncident(incidentRow) }) : null;
  return {
    incident: incidentFromRow(incidentRow, draft ? facetsOf(draft) : null),
    draft,
    incidentRevision: count(incidentRow.revision),
    draftVersion: textOrNull(row.draft_version),
  };
}

/** What this process knows of records; of a transaction under way it learns nothing before the commit. */
export function knownOf(db: Database, inside?: OpenTransaction): Pick<KnownRecords, "set" | "delete"> {
  const known = knownRecords(db);
  if (!inside) return known;
  return {
    set: (identity, record) => inside.onCommit(() => known.set(identity, record)),
    delete: (identity) => known.delete(identity),
  };
}

/** A report that came by an alias is not kept: whether the alias still stands is for the statement to see. */
export function keep(known: Pick<KnownRecords, "set">, group: IntakeGroup, record: KnownRecord): void {
  const { scopeKey, fingerprintVersion, fingerprint } = record.incident;
  const own = group.identity === `${scopeKey}\n${fingerprintVersion}\n${fingerprint}`;
  if (own) known.set(group.identity, record);
}

export function resultOf({ incident, draft }: KnownRecord, inserted: boolean): IntakeResult {
  const blocked = incident.disposition === "quality_gate_blocked";
  return { outcome: blocked ? "blocked" : inserted ? "new" : "recurrence", incident, draft };
}

const ofIncident = (row: Row) => ({
  occurrence_count: row.occurrence_count,
  first_seen_at: row.first_seen_at,
  last_seen_at: row.last_seen_at,
  identity: row.identity,
  fingerprint_version: row.fingerprint_version,
  workspace_root: row.workspace_root,
});

/** The identity a candidate is stored under: a blocked report never meets a drafted one (scope of its own). */
export function identityOf(candidate: CandidateDraft): string {
  const { version, value } = candidate.fingerprint;
  return `${storedScope(candidate)}\n${version}\n${value}`;
}
/** The scope a candidate is stored in; blocked ones have one of their own. */
export const storedScope = ({ gate, fingerprint }: CandidateDraft): string =>
  gate.passed ? fingerprint.scopeKey : `blocked/${fingerprint.scopeKey}`;
/** One lock order for all processes, or two batches with the same failures would deadlock. */
export function inLockOrder(groups: readonly IntakeGroup[]): Array<{ index: number; group: IntakeGroup }> {
  return groups
    .map((group, index) => ({ index, group }))
    .sort((left, right) => compare(left.group.identity, right.group.identity));
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

function groupColumns(group: IntakeGroup, position: number, at: string): Row {
  const { candidate } = group;
  const { content, fingerprint } = candidate;
  const passed = candidate.gate.passed;
  const seen = group.sightings.map((each) => each.receivedAtMs);
  return {
    position,
    incident_id: group.incidentId,
    draft_id: passed ? group.draftId : null,
    scope_key: storedScope(candidate),
    fingerprint_version: fingerprint.version,
    fingerprint: fingerprint.value,
    wire_fingerprint: fingerprint.wireValue,
    identity: fingerprint.parts,
    disposition: passed ? "drafted" : "quality_gate_blocked",
    provenance: group.provenance,
    held: group.held,
    approval: group.approval,
    project_id: content.projectId,
    log_source_id: content.logSourceId,
    source_kind: content.sourceKind,
    title: content.title,
    reported_detail: candidate.reportedDetail,
    detail: content.detail,
    event_type: content.eventType,
    source: content.source ?? null,
    component: content.component ?? null,
    level: content.level ?? null,
    repo: content.repo,
    workspace_root: candidate.workspaceRoot,
    risk_level: content.riskLevel,
    risk_rank: candidate.riskRank,
    risk_category: content.riskCategory ?? null,
    confidence: content.confidence,
    expected_destination: content.expectedDestination,
    source_approval_policy: content.sourceApprovalPolicy,
    excerpt: content.excerpt,
    evidence_refs: content.evidenceRefs,
    route_tags: content.routeTags,
    allowed_destination_ids: content.allowedDestinationIds,
    default_destination_ids: content.defaultDestinationIds,
    external_correlation_ids: content.externalCorrelationIds,
    attributes: content.attributes,
    quality_gate: candidate.gate,
    event_payload: group.eventPayload,
    redactions: group.redactions,
    occurrence_count: group.sightings.length,
    first_seen_at: new Date(Math.min(...seen)).toISOString(),
    last_seen_at: new Date(Math.max(...seen)).toISOString(),
    at,
  };
}

/** One sighting as both statements take it. */
export function sightingRow(each: IntakeSighting, position: number): Row {
  return {
    position,
    occurrence_id: each.occurrenceId,
    received_at: new Date(each.receivedAtMs).toISOString(),
    occurred_at: each.occurredAtMs === null ? null : new Date(each.occurredAtMs).toISOString(),
    reporter: each.reporter,
    sighting: each.sighting,
    origin_key: each.originKey,
    answer_scope: each.idempotency?.scope ?? null,
    answer_key: each.idempotency?.key ?? null,
    request_hash: each.idempotency?.requestHash ?? null,
  };
}

function sightingColumns({ sightings, provenance, candidate }: IntakeGroup, position: number): Row[] {
  const { projectId, logSourceId } = candidate.content;
  return sightings.map((each, nth) => ({
    ...sightingRow(each, position),
    // Of several sightings that meet in one batch the first opens the incident, also for who asks again by its key.
    first: nth === 0,
    provenance,
    project_id: projectId,
    log_source_id: logSourceId,
  }));
}
