import { loadConfig } from "@/lib/db/config-store";
import { findIssueDraft } from "@/lib/db/triage-store";
import { sha256Hex } from "@/lib/digest";
import { type ApprovalBasis, approvalBasis, digestOf, policyVersionOf } from "@/lib/domain/approval";
import { type Destination, effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { mcpServerNameOf } from "@/lib/domain/issue-way";
import type { DestinationReadiness } from "@/lib/domain/payload";
import { payloadSubject } from "@/lib/domain/payload-subject";
import { proposalMissing } from "@/lib/domain/proposal-need";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
import { withOutboundRules } from "@/lib/domain/redaction-profile";
import { routeContextOf } from "@/lib/domain/route-context";
import { decideRoute, type RouteContext, type RouteDecision } from "@/lib/domain/routing";
import { type Silenced, silencedBy, silencedReason } from "@/lib/domain/silence";
import { bindSource, findProject } from "@/lib/domain/source-binding";
import { sourceBlocks } from "@/lib/domain/source-readiness";
import type { Context } from "../context";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { readSourceReadiness } from "../settings/read-source-readiness";
import { readActiveSilences } from "../silences/mark-silenced";
import { readReadiness } from "./readiness";
import { type RenderedTarget, renderTarget } from "./render-target";

/** What publishing a draft to one destination would be, now. */
export type PublicationTarget = RenderedTarget & {
  destination: Destination;
  effective: boolean;
  allowed: boolean;
  /** Of the MCP server that it goes through, as it stands now: another one of its name is another place. */
  serverIdentity: string | null;
  readiness: DestinationReadiness;
  /** Why nothing may be filed there before triage has proposed it (D-29); null when it may. */
  proposalMissing: Reason | null;
};

export type Publication = {
  draft: Draft;
  config: MonitorConfig;
  routeContext: RouteContext;
  decision: RouteDecision;
  /** Every configured destination, the effective ones first and in their order. */
  targets: PublicationTarget[];
  policyVersion: string;
  /** What holds the draft now: nothing of it is published then. */
  silenced: Silenced | null;
};

/**
 * The one account of what would leave, where to, and whether a person must say so. Review, approve, publish and preview
 * all read it, so they cannot disagree. Never writes, never calls out.
 */
export async function preparePublication(
  ctx: Context,
  draft: Draft,
  requestedIds: readonly string[] = [],
): Promise<Publication> {
  const config = await loadConfig(ctx.db);
  const [readiness, mcpServers, issueDraft] = await Promise.all([
    readReadiness(ctx, config),
    readMcpServersFor(ctx, effectiveDestinations(config)),
    findIssueDraft(ctx.db, draft.draftId),
  ]);
  const { occurrenceCount, provenance } = draft;
  const routeContext = routeContextOf(draft.content, config, {
    ...{ occurrenceCount, provenance, nowMs: ctx.nowMs },
  });
  const routing = decideRoute(routeContext, config, readiness, requestedIds);
  const sources = await readSourceBlocks(ctx, config, routeContext);
  const silenced = silencedBy(draft.content, await readActiveSilences(ctx), config);
  const holds = [projectHold(config, draft), silenced && silencedReason(silenced)].flatMap(
    (each) => each ?? [],
  );
  const decision = { ...routing, blocked: [...routing.blocked, ...sources, ...holds] };
  // The payload names the route; whoever publishes, by name or by rule, the bytes are the same.
  const routed = requestedIds.length > 0 ? decideRoute(routeContext, config, readiness) : decision;
  const subject = payloadSubject(draft, routed.winner, sha256Hex, issueDraft);
  const effective = decision.effectiveDestinationIds;
  const rows = [...effectiveDestinations(config)].sort(
    (left, right) => place(effective, left.destinationId) - place(effective, right.destinationId),
  );
  return {
    draft,
    config,
    routeContext,
    decision,
    targets: rows.map((destination) => ({
      destination,
      effective: effective.includes(destination.destinationId),
      allowed:
        !routeContext.enforcesAllowlist ||
        routeContext.allowedDestinationIds.includes(destination.destinationId),
      serverIdentity: mcpServers.get(mcpServerNameOf(destination) ?? "")?.identity ?? null,
      readiness: blockedBy(
        sources,
        readiness.get(destination.destinationId) ?? unknownReadiness(destination),
      ),
      proposalMissing: proposalMissing(draft, issueDraft !== null, destination),
      ...renderTarget(subject, destination, config, mcpServers),
    })),
    policyVersion: policyVersionOf(routed, routeContext.sourceApprovalPolicy, config, sha256Hex),
    silenced,
  };
}

/** Asks the database only when the configuration blocks unready sources. */
async function readSourceBlocks(
  ctx: Context,
  config: MonitorConfig,
  context: RouteContext,
): Promise<Reason[]> {
  if (!config.safetyDefaults.blockUnreadySources || !context.projectId) return [];
  return sourceBlocks(config, context, (await readSourceReadiness(ctx, config)).rows);
}

/** A blocked source leaves no destination to publish this record to, whoever reads the targets alone. */
function blockedBy(sources: readonly Reason[], readiness: DestinationReadiness): DestinationReadiness {
  if (sources.length === 0) return readiness;
  return { ...readiness, ready: false, missing: [...readiness.missing, ...sources] };
}

/** What an approval of these destinations binds, and the digest people see. */
export function basisOf(
  publication: Publication,
  destinationIds: readonly string[],
): { basis: ApprovalBasis; digest: string } {
  const covered = publication.targets.filter(
    (target) => destinationIds.includes(target.destination.destinationId) && target.payload !== null,
  );
  const basis = approvalBasis(
    publication.draft.content,
    covered.map(({ destination, serverIdentity }) => ({
      ...withOutboundRules(destination, publication.config),
      ...(serverIdentity !== null && { serverIdentity }),
    })),
    covered.flatMap((target) =>
      target.payload
        ? [{ destinationId: target.destination.destinationId, digest: target.payload.digest }]
        : [],
    ),
    publication.policyVersion,
    sha256Hex,
  );
  return { basis, digest: digestOf(basis, sha256Hex) };
}

/** Of a project that is paused or disabled nothing leaves; the monitor's own pause is every destination's readiness (D-15). */
function projectHold(config: MonitorConfig, draft: Draft): Reason | null {
  const project = draft.content.projectId ? findProject(config, draft.content.projectId) : null;
  return project ? bindSource(project).held : null;
}

const place = (order: readonly string[], id: string): number => {
  const at = order.indexOf(id);
  return at < 0 ? order.length : at;
};

function unknownReadiness(destination: Destination): DestinationReadiness {
  return {
    destinationId: destination.destinationId,
    kind: destination.kind,
    enabled: destination.enabled,
    ready: false,
    missing: [reason("readiness_unknown", "Readiness is not known")],
  };
}
