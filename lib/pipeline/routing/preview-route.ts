import { loadConfig } from "@/lib/db/config-store";
import { sha256Hex } from "@/lib/digest";
import { isRepoSlug, type MonitorConfig } from "@/lib/domain/config";
import { maskDestination } from "@/lib/domain/config-mask";
import { composeDraft } from "@/lib/domain/draft";
import type { FailureReport } from "@/lib/domain/report";
import { normaliseReport } from "@/lib/domain/report";
import { type RoutedContent, routeContextOf } from "@/lib/domain/route-context";
import {
  type ExplicitRouting,
  matchesWithApproval,
  previewContent,
  previewMoment,
  type RoutePreview,
  routedContentOf,
} from "@/lib/domain/route-preview";
import { traceRoutes } from "@/lib/domain/route-trace";
import { decideRoute } from "@/lib/domain/routing";
import { type SourceReadiness, sourceBlocks, sourceRowOf } from "@/lib/domain/source-readiness";
import { requiresApproval } from "@/lib/domain/status";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { getIncident } from "../incidents/get-incident";
import { bindReport } from "../intake/prepare-report";
import { readReadiness } from "../publishing/readiness";
import { seesWhole } from "../settings/config-view";
import { readSourceReadiness } from "../settings/read-source-readiness";

export type PreviewRouteInput = {
  draftId: string | null;
  incidentId: string | null;
  report: FailureReport | null;
  explicit: ExplicitRouting;
  destinationIds: readonly string[];
};

/**
 * Where a record would go, why, and whether a person must approve: the same decision that publishing makes (case 71).
 * Never writes. A lone report is taken as intake would take it, so what it claims of its source counts for nothing.
 *
 * @throws AppError forbidden, not_found `draft_not_found` | `incident_not_found`
 */
export async function previewRoute(ctx: Context, input: PreviewRouteInput): Promise<RoutePreview> {
  const { explicit } = input;
  await authorize(ctx, "read", {
    kind: "route_preview",
    id: explicit.projectId ?? "*",
    projectId: explicit.projectId,
  });
  const draft = input.draftId ? await requireDraft(ctx, input.draftId, "read") : null;
  const incident = input.incidentId ? await getIncident(ctx, input.incidentId) : null;
  const config = await loadConfig(ctx.db);
  const stored = [draft?.content, incident].flatMap((record) => (record ? [routedContentOf(record)] : []));
  const stated = input.report && normaliseReport(input.report);
  const lone = stated && stored.length === 0 ? [asTakenIn(stated, config)] : [];
  const content = previewContent({ explicit, stated, stored: [...stored, ...lone] });
  const records = [draft, incident].filter((record) => record !== null);
  const sightings = lone.length > 0 ? [{ occurrenceCount: 1, provenance: "report" }] : records;

  const context = routeContextOf(content, config, previewMoment(explicit, sightings, ctx.nowMs));
  const readiness = await readReadiness(ctx, config);
  const decision = decideRoute(context, config, readiness, input.destinationIds);
  const rows = context.projectId ? (await readSourceReadiness(ctx, config)).rows : [];
  const blocked = [...decision.blocked, ...sourceBlocks(config, context, rows)];
  return {
    decision: { ...decision, blocked },
    matches: matchesWithApproval(decision, context, config),
    trace: traceRoutes(context, config),
    destinations: seesWhole(ctx) ? decision.destinations : decision.destinations.map(maskDestination),
    readiness: decision.destinations.flatMap((destination) => {
      const row = readiness.get(destination.destinationId);
      return row ? [{ ...row, requiresApproval: requiresApproval(config, destination) }] : [];
    }),
    sourceReadiness: present(sourceRowOf(config, context, rows)),
  };
}

/** The draft that intake would make of it, less a repository that intake would refuse. */
function asTakenIn(report: FailureReport, config: MonitorConfig): RoutedContent {
  const repo = isRepoSlug(report.repo) ? report.repo : undefined;
  const unbound = { kind: "unbound", provenance: "report" } as const;
  const incoming = { path: unbound, report: { ...report, repo }, idempotency: null };
  const bound = bindReport(incoming, config);
  return routedContentOf(composeDraft(bound.report, bound.origin, sha256Hex).content);
}

const present = (row: SourceReadiness | null): SourceReadiness[] => (row ? [row] : []);
