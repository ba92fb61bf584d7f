import type { Completion } from "@/lib/db/completion-store";
import type { ClaimedDelivery } from "@/lib/db/delivery-store";
import type { DestinationHealth } from "@/lib/db/destination-health-store";
import { readLearned } from "@/lib/db/memory-store";
import type { DestinationAdapter, IssueTracker } from "@/lib/destinations/destination";
import { adapterFor, destinationAdapters } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { destinationDigest } from "@/lib/domain/approval";
import { type Destination, effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { afterAttempt, type PublishOutcome, type PublishRequest } from "@/lib/domain/delivery";
import type { McpServers } from "@/lib/domain/mcp";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Delivery } from "@/lib/domain/records";
import { withOutboundRules } from "@/lib/domain/redaction-profile";
import { findProject } from "@/lib/domain/source-binding";
import type { Context } from "../context";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { completionOf } from "./delivery-completion";
import { publishIssue } from "./publish-issue";
import { readinessOf } from "./readiness";

/** Kinds whose claim, left behind by a dead worker, may simply be sent again: same bytes, same key, one effect (D-10). */
export const retryLapsedKinds = Object.values(destinationAdapters)
  .filter((adapter) => adapter.retriesLostReplies)
  .map((adapter) => adapter.kind);

export type DeliverInput = {
  delivery: ClaimedDelivery;
  worker: string;
  config: MonitorConfig;
  health: ReadonlyMap<string, DestinationHealth>;
  signal?: AbortSignal;
};

/**
 * One attempt of one claimed delivery, outside any transaction. Readiness and the destination's settings are looked at
 * again first: what changed since it was queued is not sent to. Returns what to write; writes nothing itself.
 */
export async function deliver(ctx: Context, input: DeliverInput): Promise<Completion> {
  const { delivery, config, worker } = input;
  const startedAtMs = ctx.nowMs;
  const started = performance.now();
  const destination = effectiveDestinations(config).find(
    (row) => row.destinationId === delivery.destinationId,
  );
  const mcpServers = await readMcpServersFor(ctx, destination ? [destination] : []);
  const obstacle = obstacleTo(ctx, input, mcpServers);
  if (!destination || obstacle) {
    const why = obstacle ?? reason("destination_not_configured", "The destination is no longer configured");
    const outcome = { outcome: "rejected", reason: why } as const;
    const step = { state: "blocked", reason: why } as const;
    return completionOf(ctx, { delivery, worker, outcome, step, startedAtMs, durationMs: 0, notSent: true });
  }
  const outcome = await attempt(ctx, input, destination, mcpServers);
  const durationMs = Math.round(performance.now() - started);
  const step = afterAttempt(outcome, delivery.attemptCount, delivery.attemptCountMax, ctx.services.random());
  return completionOf(ctx, { delivery, worker, outcome, step, startedAtMs, durationMs });
}

async function attempt(
  ctx: Context,
  input: DeliverInput,
  destination: Destination,
  mcpServers: McpServers,
): Promise<PublishOutcome> {
  const { delivery, config } = input;
  const adapter = adapterFor(delivery.kind);
  const context = { ...ctx.services, nowMs: ctx.nowMs, signal: input.signal, mcpServers };
  const request = requestOf(delivery, ctx.nowMs);
  if (delivery.kind === "internal_memory" || delivery.kind === "mcp_tool") {
    request.learned = await readLearned(ctx.db, delivery.incidentId);
  }
  if (!hasIssues(adapter)) return adapter.publish(destination, request, context);
  const issueDelivery = {
    deliveryId: delivery.deliveryId,
    incidentId: delivery.incidentId,
    issueExternalId: delivery.issueExternalId ?? null,
    isFollowUp: Boolean(delivery.followUpOfId),
    commentsOnOpen: commentsOnOpen(config, delivery.projectId),
    toldClosedReference: delivery.closedMatchReference,
  };
  return publishIssue(ctx, adapter, destination, request, issueDelivery, context);
}

export function requestOf(delivery: Delivery, nowMs: number): PublishRequest {
  return {
    deliveryId: delivery.deliveryId,
    postId: delivery.postId,
    idempotencyKey: delivery.idempotencyKey,
    kind: delivery.kind,
    targetRef: delivery.targetRef,
    operation: delivery.operation,
    body: delivery.body,
    payloadDigest: delivery.payloadDigest,
    attempt: delivery.attemptCount,
    nowMs,
    routeId: delivery.routeId ?? undefined,
    routeMatchReason: delivery.routeMatchReason ?? undefined,
  };
}

export function hasIssues(
  adapter: DestinationAdapter,
): adapter is DestinationAdapter & { issues: IssueTracker } {
  return adapter.issues !== undefined;
}

/** The project's own switch where there is a project, under the deployment's. */
export function commentsOnOpen(config: MonitorConfig, projectId: string | null): boolean {
  const project = projectId ? findProject(config, projectId) : null;
  return config.autoCommentOnMatchedOpenIssues && (project?.autoCommentOnMatchedOpenIssues ?? true);
}

function obstacleTo(
  ctx: Context,
  { delivery, config, health }: DeliverInput,
  mcpServers: McpServers,
): Reason | null {
  if (delivery.draftApproval === "denied") {
    return reason("draft_denied", "The draft was denied after this was queued");
  }
  if (delivery.deleted) {
    return reason(`${delivery.deleted}_deleted`, `The ${delivery.deleted} was deleted after this was queued`);
  }
  if (delivery.approvalEnded) {
    const words = { expired: "expired", voided: "was voided", withdrawn: "was withdrawn" };
    return reason(
      `approval_${delivery.approvalEnded}`,
      `The approval ${words[delivery.approvalEnded]} before this was sent; approve and publish it again`,
    );
  }
  const destination = effectiveDestinations(config).find(
    (row) => row.destinationId === delivery.destinationId,
  );
  if (!destination) return null;
  if (destinationDigest(withOutboundRules(destination, config), sha256Hex) !== delivery.destinationDigest) {
    return reason(
      "destination_changed",
      "The destination's settings changed after this was queued; publish it again",
    );
  }
  const readiness = readinessOf(ctx, destination, config, health.get(destination.destinationId), mcpServers);
  if (readiness.ready) return null;
  return reason("destination_not_ready", readiness.missing.map((each) => each.message).join("; "));
}
