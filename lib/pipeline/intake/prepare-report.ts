import { type IntakeGroup, type IntakeSighting, identityOf, storedScope } from "@/lib/db/intake-store";
import { type LogPlace, placeToRow } from "@/lib/db/log-sighting-store";
import { sha256Hex } from "@/lib/digest";
import { type Actor, actorRef } from "@/lib/domain/actor";
import type { MonitorConfig } from "@/lib/domain/config";
import { type CandidateDraft, composeDraft } from "@/lib/domain/draft";
import { type Grouping, noGrouping, regroup, type SightingFacts } from "@/lib/domain/grouping";
import type { RedactionCounts } from "@/lib/domain/records";
import { type FailureReport, normaliseReport, type ReportOrigin } from "@/lib/domain/report";
import { routeContextOf } from "@/lib/domain/route-context";
import { decideRoute } from "@/lib/domain/routing";
import { sightingOf } from "@/lib/domain/sighting";
import { mergeLists } from "@/lib/domain/text";
import { newId } from "@/lib/ids";
import type { RedactedReport } from "./redact-reports";
import { type IntakePath, reportOrigin, withOriginAttributes } from "./report-origin";

export type IncomingReport = {
  path: IntakePath;
  report: FailureReport;
  idempotency: IntakeSighting["idempotency"];
  /** Names the sighting for its source: counted once however often it comes. */
  originKey?: string | null;
  /** What was removed before it became a report. */
  redactions?: RedactionCounts;
  /** Which bytes of which file it is, where it was read in a log. */
  place?: LogPlace;
};

export type BoundReport = { report: FailureReport; origin: ReportOrigin };

/** Steps before redaction: trim and bound the report, find where it belongs. @throws AppError as reportOrigin does. */
export function bindReport(incoming: IncomingReport, config: MonitorConfig): BoundReport {
  const origin = reportOrigin(incoming.path, incoming.report, config);
  return { report: normaliseReport(withOriginAttributes(incoming.report, incoming.path, config)), origin };
}

/** Steps after redaction: identity, gate, draft and whether that draft needs a person, as one group of one sighting. */
export function prepareGroup(
  redacted: RedactedReport,
  bound: BoundReport,
  incoming: IncomingReport,
  actor: Actor,
  config: MonitorConfig,
  grouping: Grouping,
  nowMs: number,
): IntakeGroup {
  const sighting = sightingOf(redacted.report);
  const candidate = grouped(
    composeDraft(redacted.report, redactedOrigin(bound.origin, redacted), sha256Hex),
    sighting,
    grouping,
  );
  // Whatever was seen before, a report is judged as a first sighting; publishing judges the draft with its real count.
  const moment = { occurrenceCount: 1, provenance: bound.origin.provenance, nowMs };
  const need = decideRoute(routeContextOf(candidate.content, config, moment), config, new Map()).approval;
  return {
    identity: identityOf(candidate),
    incidentId: newId.incident(),
    draftId: newId.draft(),
    candidate,
    provenance: bound.origin.provenance,
    held: bound.origin.held,
    approval: need.required ? "required" : "not_required",
    redactions: addRedactions(incoming.redactions, redacted.redactions),
    eventPayload: bound.origin.projectId
      ? bindingSnapshot(bound.origin, incoming.place, nowMs)
      : (redacted.report.eventPayload ?? null),
    sightings: [
      {
        occurrenceId: newId.occurrence(),
        receivedAtMs: nowMs,
        occurredAtMs: redacted.report.occurredAtMs ?? null,
        reporter: actorRef(actor),
        sighting: { ...sighting, ...(incoming.place && placeToRow(incoming.place)) },
        originKey: incoming.originKey ?? null,
        idempotency: incoming.idempotency,
      },
    ],
  };
}

/** Its identity under the grouping rules; the wire still shows the fingerprint that a client gave. */
function grouped(candidate: CandidateDraft, facts: SightingFacts, grouping: Grouping): CandidateDraft {
  if (grouping === noGrouping) return candidate;
  const { fingerprint } = candidate;
  const place = { projectId: candidate.content.projectId, scopeKey: storedScope(candidate) };
  const { parts, value } = regroup(fingerprint, place, facts, grouping, sha256Hex);
  if (value === fingerprint.value) return candidate;
  const wireValue = fingerprint.wireValue === fingerprint.value ? value : fingerprint.wireValue;
  return { ...candidate, fingerprint: { ...fingerprint, parts, value, wireValue } };
}

function addRedactions(before: RedactionCounts = {}, now: RedactionCounts): RedactionCounts {
  const sum: Record<string, number> = { ...before };
  for (const [kind, count] of Object.entries(now)) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

/** Repository and root of an unbound report are the reporter's words, and take their redacted form; the rest is ours. */
function redactedOrigin(origin: ReportOrigin, { report }: RedactedReport): ReportOrigin {
  if (origin.projectId !== null) return origin;
  return {
    ...origin,
    repo: report.repo ?? origin.repo,
    workspaceRoot: report.workspaceRoot ?? origin.workspaceRoot,
  };
}

/**
 * Two sightings of one failure in the same batch become one row counted twice: the first one's words stand (case 31), the
 * higher risk and the stricter need of approval count (D-08).
 */
export function mergeGroups(first: IntakeGroup, next: IntakeGroup): IntakeGroup {
  const content = first.candidate.content;
  const more = next.candidate.content;
  const raised = next.candidate.riskRank > first.candidate.riskRank;
  return {
    ...first,
    approval: next.approval === "required" ? "required" : first.approval,
    candidate: {
      ...first.candidate,
      riskRank: Math.max(first.candidate.riskRank, next.candidate.riskRank),
      content: {
        ...content,
        riskLevel: raised ? more.riskLevel : content.riskLevel,
        component: content.component ?? more.component,
        level: content.level ?? more.level,
        riskCategory: content.riskCategory ?? more.riskCategory,
        evidenceRefs: mergeLists(50, content.evidenceRefs, more.evidenceRefs),
        externalCorrelationIds: mergeLists(50, content.externalCorrelationIds, more.externalCorrelationIds),
        attributes: { ...more.attributes, ...content.attributes },
      },
    },
    sightings: [...first.sightings, ...next.sightings],
  };
}

function bindingSnapshot(
  origin: ReportOrigin,
  place: LogPlace | undefined,
  nowMs: number,
): Record<string, unknown> {
  return {
    ...(place ? { ...placeToRow(place), detected_at_ms: nowMs } : { intake: true }),
    project_id: origin.projectId,
    source_id: origin.logSourceId,
    source_kind: origin.sourceKind,
    route_tags: origin.routeTags,
    allowed_destination_ids: origin.allowedDestinationIds,
    default_destination_ids: origin.defaultDestinationIds,
  };
}
