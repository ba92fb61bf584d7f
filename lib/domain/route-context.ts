import type { ApprovalPolicy, MonitorConfig } from "./config";
import type { DraftContent } from "./draft";
import type { RouteContext } from "./routing";
import { bindSource, findLogSource, findProject, type SourceBinding } from "./source-binding";
import { mergeLists } from "./text";

/** What of a record the router looks at: of a draft, an incident, or a report that nobody stored. */
export type RoutedContent = Pick<
  DraftContent,
  | "projectId"
  | "logSourceId"
  | "sourceKind"
  | "routeTags"
  | "allowedDestinationIds"
  | "defaultDestinationIds"
  | "sourceApprovalPolicy"
  | "attributes"
> &
  Partial<Pick<DraftContent, RoutedWord>>;

/** What the router is told besides content: how often it was seen, how it came in, and the moment of the decision. */
export type RoutedMoment = {
  occurrenceCount?: number | null;
  provenance?: string | null;
  nowMs: number;
};

export const routedWords = [
  "eventType",
  "source",
  "component",
  "riskLevel",
  "riskCategory",
  "confidence",
  "expectedDestination",
  "title",
  "level",
  "repo",
] as const satisfies readonly (keyof DraftContent)[];
export type RoutedWord = (typeof routedWords)[number];

/**
 * What the router knows of a stored record. For a bound record the binding of today replaces kind, tenant, workspace,
 * schema and defaults, its tags are added and the allow-lists intersect (reference 3.2, cases 41 and 42).
 */
export function routeContextOf(
  content: RoutedContent,
  config: MonitorConfig,
  moment: RoutedMoment,
): RouteContext {
  const binding = bindingOf(content, config);
  const own = content.allowedDestinationIds;
  const allowlist = !binding?.enforcesAllowlist
    ? { ids: own, enforced: own.length > 0 }
    : own.length === 0
      ? { ids: binding.allowedDestinationIds, enforced: true }
      : { ids: own.filter((id) => binding.allowedDestinationIds.includes(id)), enforced: true };
  return {
    eventType: content.eventType,
    source: content.source,
    component: content.component,
    riskLevel: content.riskLevel,
    riskCategory: content.riskCategory,
    confidence: content.confidence,
    expectedDestination: content.expectedDestination,
    projectId: content.projectId,
    logSourceId: content.logSourceId,
    sourceKind: binding?.sourceKind ?? content.sourceKind,
    tenantId: binding ? binding.tenantId : content.attributes.tenantId,
    workspaceId: binding ? binding.workspaceId : content.attributes.workspaceId,
    eventSchemaVersion: binding ? binding.eventSchemaVersion : content.attributes.eventSchemaVersion,
    title: content.title,
    level: content.level,
    repo: content.repo,
    occurrenceCount: moment.occurrenceCount,
    provenance: moment.provenance,
    nowMs: moment.nowMs,
    routeTags: mergeLists(100, content.routeTags, binding?.routeTags ?? []),
    allowedDestinationIds: allowlist.ids,
    enforcesAllowlist: allowlist.enforced,
    defaultDestinationIds: binding ? binding.defaultDestinationIds : content.defaultDestinationIds,
    sourceApprovalPolicy: trustedPolicy(content.sourceApprovalPolicy, binding),
    sourceRequiresApproval: binding?.requireApprovalForNewIssues ?? false,
    sourceApprovals: binding?.approvals ?? [],
  };
}

function bindingOf(content: RoutedContent, config: MonitorConfig): SourceBinding | null {
  if (!content.projectId) return null;
  const project = findProject(config, content.projectId);
  if (!project) return null;
  return bindSource(project, content.logSourceId ? findLogSource(project, content.logSourceId) : null);
}

/** A stored policy counts while it is still the binding's; `always` counts whoever says it (fail closed). */
function trustedPolicy(stored: string | null, binding: SourceBinding | null): ApprovalPolicy | null {
  if (stored === "always" || binding?.approvalPolicy === "always") return "always";
  if (!binding || stored !== binding.approvalPolicy) return null;
  return binding.approvalPolicy;
}
