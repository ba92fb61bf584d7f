import {
  type AmbiguousDelivery,
  markLapsedAmbiguous,
  type Settlement,
  settleAmbiguous,
  takeAmbiguous,
} from "@/lib/db/ambiguous-store";
import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { inTransaction } from "@/lib/db/transaction";
import { destinationAdapters } from "@/lib/destinations/registry";
import { effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import type { FindOutcome } from "@/lib/domain/found-issue";
import { reason } from "@/lib/domain/reason";
import { afterLook, type ReconcileStep } from "@/lib/domain/reconcile";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readMcpServersFor } from "../mcp/read-mcp-servers";
import { recordAudit } from "../record-audit";
import { hasIssues, requestOf } from "./deliver";
import { deliveryFacts, receiptDigest, receiptOf } from "./delivery-completion";
import { alreadyThere } from "./publish-issue";

/** Kinds whose effect cannot be repeated blindly, and so is asked about when its reply was lost. */
const askedKinds = Object.values(destinationAdapters)
  .filter((adapter) => !adapter.retriesLostReplies)
  .map((adapter) => adapter.kind);

/** A look may take as long as an attempt; after this another worker looks. */
const lookHoldMs = 45_000;
const looksAtOnce = 8;

/**
 * Asks about everything nobody knows the end of: claims that died with their worker, and attempts whose reply was lost. Each
 * look is outside any transaction and writes nothing at the destination. Returns how many were looked at.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function reconcileDeliveries(ctx: Context, signal?: AbortSignal): Promise<number> {
  await authorize(ctx, "work", { kind: "delivery", id: "ambiguous", projectId: null });
  await adoptLapsed(ctx);
  const taken = await takeAmbiguous(ctx.db, {
    ...{ nowMs: ctx.nowMs, holdMs: lookHoldMs, limit: looksAtOnce },
  });
  if (taken.length === 0) return 0;
  const config = await loadConfig(ctx.db);
  await Promise.all(taken.map((delivery) => reconcileOne(ctx, delivery, config, signal)));
  return taken.length;
}

async function adoptLapsed(ctx: Context): Promise<void> {
  const why = reason("claim_lapsed", "The worker that sent this ended before it knew what came of it.");
  await inTransaction(ctx.db, async (tx) => {
    const lapsed = await markLapsedAmbiguous(tx, { kinds: askedKinds, nowMs: ctx.nowMs, why });
    for (const delivery of lapsed) {
      const { deliveryId, projectId } = delivery;
      await recordAudit(tx, ctx, {
        action: "incident_monitor.delivery.ambiguous",
        outcome: "failed",
        subject: { kind: "delivery", id: deliveryId, projectId },
        detail: deliveryFacts(delivery, { state: "ambiguous", reason: why }),
      });
      await announceChange(tx, { topic: "delivery", id: deliveryId, projectId });
    }
  });
}

/** One look at one ambiguous delivery, and what follows from it. @returns what was decided. */
export async function reconcileOne(
  ctx: Context,
  delivery: AmbiguousDelivery,
  config: MonitorConfig,
  signal?: AbortSignal,
): Promise<ReconcileStep> {
  const found = await lookFor(ctx, delivery, config, signal);
  const step = found ? afterLook(found, delivery.reconcileCount ?? 0) : askNobody;
  await inTransaction(ctx.db, async (tx) => {
    const settled = settlementOf(delivery, step, ctx.nowMs);
    if (!(await settleAmbiguous(tx, delivery.deliveryId, settled, new Date(ctx.nowMs)))) return;
    const { deliveryId, projectId } = delivery;
    await announceChange(tx, { topic: "delivery", id: deliveryId, projectId });
    if (step.step === "look_again") return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.delivery.reconciled",
      subject: { kind: "delivery", id: deliveryId, projectId },
      detail: {
        draft_id: delivery.draftId,
        destination_id: delivery.destinationId,
        kind: delivery.kind,
        approval_id: delivery.approvalId,
        found: step.step === "happened",
        looks: (delivery.reconcileCount ?? 0) + 1,
        payload_digest: delivery.payloadDigest,
        ...receiptDigest(delivery, settled.receipt, settled.operation),
      },
    });
  });
  return step;
}

/** Stays as it is until a person says what came of it. */
const askNobody: ReconcileStep = {
  ...{ step: "look_again", afterMs: Number.POSITIVE_INFINITY, absentCount: 0 },
  reason: reason("cannot_be_asked", "The destination cannot be asked; a person has to say what came of it."),
};

/** null where there is nobody to ask. */
async function lookFor(
  ctx: Context,
  delivery: AmbiguousDelivery,
  config: MonitorConfig,
  signal?: AbortSignal,
): Promise<FindOutcome | null> {
  const adapter = destinationAdapters[delivery.kind];
  const destination = effectiveDestinations(config).find(
    (row) => row.destinationId === delivery.destinationId,
  );
  if (!destination) return null;
  const mcpServers = await readMcpServersFor(ctx, [destination]);
  const context = { ...ctx.services, nowMs: ctx.nowMs, signal, mcpServers };
  const request = requestOf(delivery, ctx.nowMs);
  if (!hasIssues(adapter)) return adapter.lookUp?.(destination, request, context) ?? null;
  const { issueExternalId } = delivery;
  const within = issueExternalId ? { externalId: issueExternalId } : undefined;
  return adapter.issues.find(destination, request, context, within);
}

/** What a step writes. A delivery that happened gets its receipt as if the reply had come. */
export function settlementOf(delivery: AmbiguousDelivery, step: ReconcileStep, nowMs: number): Settlement {
  const nothing = { operation: null, issueExternalId: null, resolvedBy: null, receipt: null };
  switch (step.step) {
    case "happened": {
      const outcome = alreadyThere(requestOf(delivery, nowMs), step.effect);
      return {
        ...nothing,
        ...{ state: "published", reason: null, reconcileAt: null, reconcileCount: 0 },
        operation: outcome.operation ?? null,
        issueExternalId: outcome.issueExternalId ?? null,
        receipt: receiptOf(delivery, outcome, { state: "published" }, nowMs),
      };
    }
    case "send_again":
      return {
        ...nothing,
        ...{ state: "retrying", reason: step.reason, reconcileAt: null, reconcileCount: 0 },
      };
    case "look_again":
      return {
        ...nothing,
        ...{ state: "ambiguous", reason: step.reason, reconcileCount: step.absentCount },
        reconcileAt: Number.isFinite(step.afterMs) ? new Date(nowMs + step.afterMs) : null,
      };
  }
}
