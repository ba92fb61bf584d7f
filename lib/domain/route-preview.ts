import { decideApprovalNeed } from "./approval-need";
import { type Destination, effectiveDestinations, type MonitorConfig } from "./config";
import type { DraftContent } from "./draft";
import type { RenderedPayload } from "./payload";
import type { Reason } from "./reason";
import type { Incident } from "./records";
import type { FailureReport } from "./report";
import type { NamedReview } from "./review";
import { type RoutedContent, type RoutedMoment, type RoutedWord, routedWords } from "./route-context";
import type { RouteTrace } from "./route-trace";
import { approvalOf, type RouteContext, type RouteDecision, type RouteMatchResult } from "./routing";
import type { SourceReadiness } from "./source-readiness";
import type { DestinationStanding } from "./status";
import { mergeLists } from "./text";

/** What somebody says of a record besides naming it; each value wins over every stored one (contract 4.4). */
export type ExplicitRouting = Partial<Record<RoutedWord | "projectId" | "logSourceId", string>> & {
  routeTags: string[];
  provenance?: string;
  occurrenceCount?: number;
  /** The moment to decide for; now, when nobody says another. */
  atMs?: number;
};

/** Where a preview's record comes from. `stated` is the report in its own words, `stored` what there is of it here. */
export type PreviewSubject = {
  explicit: ExplicitRouting;
  stated: FailureReport | null;
  /** Newest knowledge first: draft, then incident. For a lone report, the draft that intake would make of it. */
  stored: readonly RoutedContent[];
};

export type RoutePreview = {
  decision: RouteDecision;
  matches: Array<RouteMatchResult & { approvalRequired: boolean }>;
  trace: RouteTrace[];
  /** Settings that name who may approve; empty where anybody who may decide may. */
  named: NamedReview[];
  /** Why those who are named cannot open the gate as things are. */
  unreachable: Reason[];
  destinations: Destination[];
  readiness: DestinationStanding[];
  sourceReadiness: SourceReadiness[];
  /** What each effective destination would get; none when only single facts were given. */
  payloads: PreviewedPayload[];
};
export type PreviewedPayload = {
  destinationId: string;
  payload: { content: RenderedPayload; digest: string } | null;
  renderError: Reason | null;
};

/**
 * One record out of what was said and what is stored: explicit, report, draft, incident, the first that is not blank. Of
 * a report only its words count: project, tags, tenant, lists and policy come from stored records or are explicit
 * (cases 35 to 40). Tags are united; of the destination lists the first non-empty one counts.
 */
export function previewContent({ explicit, stated, stored }: PreviewSubject): RoutedContent {
  const said: Partial<Record<RoutedWord, string>> = {
    eventType: stated?.event,
    source: stated?.source,
    component: stated?.component,
    riskLevel: stated?.riskLevel,
    riskCategory: stated?.riskCategory,
    confidence: stated?.confidence,
    expectedDestination: stated?.expectedDestination,
    title: stated?.title,
    level: stated?.level,
  };
  const words = routedWords.map((name) => [
    name,
    first(explicit[name], said[name], ...stored.map((row) => row[name])),
  ]);
  const projectId = first(explicit.projectId, ...stored.map((row) => row.projectId));
  const logSourceId = first(explicit.logSourceId, ...stored.map((row) => row.logSourceId));
  const attributes = stored.map((row) => row.attributes);
  // A policy was stored for the source it came from; asked about another source, it says nothing.
  const owner = stored.find((row) => first(row.sourceApprovalPolicy));
  const sameSource = owner && owner.projectId === projectId && owner.logSourceId === logSourceId;
  return {
    ...(Object.fromEntries(words.filter(([, value]) => value !== null)) as Partial<
      Record<RoutedWord, string>
    >),
    projectId,
    logSourceId,
    sourceKind: first(...stored.map((row) => row.sourceKind)),
    routeTags: mergeLists(200, explicit.routeTags, ...stored.map((row) => row.routeTags)),
    allowedDestinationIds: firstList(stored.map((row) => row.allowedDestinationIds)),
    defaultDestinationIds: firstList(stored.map((row) => row.defaultDestinationIds)),
    sourceApprovalPolicy: sameSource ? owner.sourceApprovalPolicy : null,
    attributes: {
      tenantId: first(...attributes.map((each) => each.tenantId)) ?? undefined,
      workspaceId: first(...attributes.map((each) => each.workspaceId)) ?? undefined,
      eventSchemaVersion: first(...attributes.map((each) => each.eventSchemaVersion)) ?? undefined,
    },
  };
}

export function routedContentOf(record: DraftContent | Incident): RoutedContent {
  const words = routedWords.map((name) => [name, record[name] ?? undefined]);
  return {
    ...(Object.fromEntries(words) as Partial<Record<RoutedWord, string>>),
    projectId: record.projectId,
    logSourceId: record.logSourceId,
    sourceKind: record.sourceKind,
    routeTags: record.routeTags,
    allowedDestinationIds: record.allowedDestinationIds,
    defaultDestinationIds: record.defaultDestinationIds,
    sourceApprovalPolicy: record.sourceApprovalPolicy,
    attributes: record.attributes,
  };
}

/** The count and the way in of the first record that has them, unless somebody says others. */
export function previewMoment(
  explicit: ExplicitRouting,
  stored: readonly { occurrenceCount: number; provenance: string }[],
  nowMs: number,
): RoutedMoment {
  const [record] = stored;
  return {
    occurrenceCount: explicit.occurrenceCount ?? record?.occurrenceCount ?? null,
    provenance: first(explicit.provenance, record?.provenance),
    nowMs: explicit.atMs ?? nowMs,
  };
}

/** Each match with what it would ask for if it won alone; the winner's answer is the decision's own. */
export function matchesWithApproval(
  decision: RouteDecision,
  context: RouteContext,
  config: MonitorConfig,
): RoutePreview["matches"] {
  const known = effectiveDestinations(config);
  return decision.matches.map((match, place) => ({
    ...match,
    approvalRequired:
      place === 0
        ? decision.approval.required
        : decideApprovalNeed({
            routes: [approvalOf(match)],
            sourcePolicy: context.sourceApprovalPolicy,
            sourceRequiresApproval: context.sourceRequiresApproval,
            sourceApprovals: context.sourceApprovals,
            riskLevel: decision.riskLevel,
            riskCategory: context.riskCategory,
            destinations: known.filter((row) => match.destinationIds.includes(row.destinationId)),
            config,
          }).required,
  }));
}

function first(...values: Array<string | null | undefined>): string | null {
  return values.find((value) => value?.trim()) ?? null;
}

const firstList = (lists: Array<readonly string[]>): string[] => [
  ...(lists.find((list) => list.some((row) => row.trim() !== "")) ?? []),
];
