import { findAuthorFacts } from "@/lib/db/author-store";
import { loadConfig } from "@/lib/db/config-store";
import { findDraft } from "@/lib/db/draft-store";
import { findIssueDraft } from "@/lib/db/triage-store";
import { sha256Hex } from "@/lib/digest";
import { effectiveDestinations, isRepoSlug, type MonitorConfig } from "@/lib/domain/config";
import { maskDestination } from "@/lib/domain/config-mask";
import { type CandidateDraft, composeDraft } from "@/lib/domain/draft";
import { payloadSubject } from "@/lib/domain/payload-subject";
import { previewedDraft } from "@/lib/domain/previewed-draft";
import type { Draft, Incident } from "@/lib/domain/records";
import type { FailureReport } from "@/lib/domain/report";
import { normaliseReport } from "@/lib/domain/report";
import { routeContextOf } from "@/lib/domain/route-context";
import {
  type ExplicitRouting,
  matchesWithApproval,
  type PreviewedPayload,
  previewContent,
  previewMoment,
  type RoutePreview,
  routedContentOf,
} from "@/lib/domain/route-preview";
import { traceRoutes } from "@/lib/domain/route-trace";
import { decideRoute, type RouteDecision } from "@/lib/domain/routing";
import { type SourceReadiness, sourceBlocks, sourceRowOf } from "@/lib/domain/source-readiness";
import { requiresApproval } from "@/lib/domain/status";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { namedForNobodyYet } from "../drafts/named-people";
import { requireDraft } from "../drafts/require-draft";
import { getIncident } from "../incidents/get-incident";
import { bindReport } from "../intake/prepare-report";
import { redactReports } from "../intake/redact-reports";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { readReadiness } from "../publishing/readiness";
import { renderTarget } from "../publishing/render-target";
import { shownTarget } from "../publishing/shown-target";
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
  const lone = stated && stored.length === 0 ? await asTakenIn(stated, config) : null;
  const reported = lone ? [routedContentOf(lone.content)] : [];
  const content = previewContent({ explicit, stated, stored: [...stored, ...reported] });
  const records = [draft, incident].filter((record) => record !== null);
  const sightings = lone ? [{ occurrenceCount: 1, provenance: "report" }] : records;

  const context = routeContextOf(content, config, previewMoment(explicit, sightings, ctx.nowMs));
  const readiness = await readReadiness(ctx, config);
  const decision = decideRoute(context, config, readiness, input.destinationIds);
  const rows = context.projectId ? (await readSourceReadiness(ctx, config)).rows : [];
  const blocked = [...decision.blocked, ...sourceBlocks(config, context, rows)];
  const named = await namedForNobodyYet(ctx.db, decision.approval, {
    projectId: context.projectId ?? null,
    authors: draft && (await findAuthorFacts(ctx.db, draft)),
  });
  return {
    decision: { ...decision, blocked },
    matches: matchesWithApproval(decision, context, config),
    trace: traceRoutes(context, config),
    ...named,
    destinations: seesWhole(ctx) ? decision.destinations : decision.destinations.map(maskDestination),
    readiness: decision.destinations.flatMap((destination) => {
      const row = readiness.get(destination.destinationId);
      return row ? [{ ...row, requiresApproval: requiresApproval(config, destination) }] : [];
    }),
    sourceReadiness: present(sourceRowOf(config, context, rows)),
    payloads: await payloadsOf(ctx, await shownDraft(ctx, draft, incident, lone), decision, config),
  };
}

/** The draft whose payloads are shown: the one asked for, the incident's, or the one that intake would open. */
async function shownDraft(
  ctx: Context,
  draft: Draft | null,
  incident: Incident | null,
  lone: CandidateDraft | null,
): Promise<Draft | null> {
  if (draft) return draft;
  if (incident?.draftId) return findDraft(ctx.db, incident.draftId);
  return lone && previewedDraft(lone, ctx.nowMs);
}

async function payloadsOf(
  ctx: Context,
  draft: Draft | null,
  decision: RouteDecision,
  config: MonitorConfig,
): Promise<PreviewedPayload[]> {
  if (!draft) return [];
  const [mcpServers, issueDraft] = await Promise.all([
    readMcpServersFor(ctx, effectiveDestinations(config)),
    findIssueDraft(ctx.db, draft.draftId),
  ]);
  const subject = payloadSubject(draft, decision.winner, sha256Hex, issueDraft);
  return decision.destinations.map((destination) => {
    const rendered = { destination, ...renderTarget(subject, destination, config, mcpServers) };
    const { payload, renderError } = shownTarget(ctx, draft.content.projectId, rendered);
    return { destinationId: destination.destinationId, payload, renderError };
  });
}

/** The draft that intake would make of it, redacted as there, less a repository that intake would refuse. */
async function asTakenIn(report: FailureReport, config: MonitorConfig): Promise<CandidateDraft> {
  const repo = isRepoSlug(report.repo) ? report.repo : undefined;
  const unbound = { kind: "unbound", provenance: "report" } as const;
  const incoming = { path: unbound, report: { ...report, repo }, idempotency: null };
  const bound = bindReport(incoming, config);
  const [redacted] = await redactReports([bound], config.safetyDefaults);
  if (!redacted) throw new Error("redaction lost a report");
  return composeDraft(redacted.report, bound.origin, sha256Hex);
}

const present = (row: SourceReadiness | null): SourceReadiness[] => (row ? [row] : []);
