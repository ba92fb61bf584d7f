import { insertApproval, insertSnapshots, type NewSnapshot } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { moveApprovalFacet } from "@/lib/db/draft-store";
import { recordShadowDecisions } from "@/lib/db/shadow-decision-store";
import { inTransaction, isUniqueViolation, type Transaction } from "@/lib/db/transaction";
import { decidable } from "@/lib/domain/approval";
import type { Reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import {
  basisOf,
  type Publication,
  type PublicationTarget,
  preparePublication,
} from "../publishing/prepare-publication";
import { type QueuedTarget, queueTargets } from "../publishing/queue-targets";
import { shadowsOf } from "../publishing/shadows-of";
import { sortTargets } from "../publishing/sort-targets";
import { recordAudit } from "../record-audit";
import { requireDraft } from "./require-draft";

export type ApproveDraftInput = {
  draftId: string;
  reason?: string | null;
  /** Destinations covered; the effective ones when absent. */
  destinationIds?: readonly string[] | null;
  /** The review digest the approver saw; refused when the draft, payloads or policy have changed since. */
  digest?: string | null;
  expiresInMs?: number | null;
};

export type ApprovedDraft = {
  draftId: string;
  /** Did approving publish (D-05)? Then what it queued, and why it did not queue the rest. */
  publishes: boolean;
  queued: QueuedTarget[];
  refused: Reason[];
};

/**
 * Opens the gate for exactly what is rendered now, per destination, and freezes those payloads. Sends nothing, unless
 * the admin switched on `publish_on_approval` (D-05).
 *
 * @throws AppError not_found, forbidden, conflict `draft_not_pending_approval` | `draft_changed` | `decided_meanwhile`,
 * invalid `destination_unknown` | `destination_not_allowed` | `destination_not_in_digest`.
 */
export async function approveDraft(ctx: Context, input: ApproveDraftInput): Promise<ApprovedDraft> {
  const draft = await requireDraft(ctx, input.draftId, "decide");
  const refusal = decidable(draft.approval);
  if (refusal) throw notPending(input.draftId, refusal.message);

  const publication = await preparePublication(ctx, draft);
  refuseIfChanged(publication, input);
  const covered = coveredTargets(publication, input.destinationIds);
  const approvalId = newId.approval();
  const snapshots = covered.map((target) => snapshotOf(target, draft.draftId, approvalId, ctx.nowMs));
  const { basis, digest } = basisOf(
    publication,
    covered.map((target) => target.destination.destinationId),
  );
  const safety = publication.config.safetyDefaults;
  const expiresAtMs = ctx.nowMs + (input.expiresInMs ?? safety.approvalTtlMs);
  const publishes = safety.publishOnApproval;
  const { ready, refused } = sortTargets(covered);

  try {
    return await inTransaction(ctx.db, async (tx) => {
      if (!(await moveApprovalFacet(tx, draft, draft.approval, "granted", new Date(ctx.nowMs))))
        throw decidedMeanwhile(draft.draftId);
      await insertApproval(tx, {
        approvalId,
        draftId: draft.draftId,
        state: "granted",
        binding: safety.approvalBinding,
        actor: ctx.actor,
        reason: input.reason?.trim() || null,
        digest,
        basis,
        policyVersion: publication.policyVersion,
        because: publication.decision.approval.because,
        expiresAtMs,
        createdAtMs: ctx.nowMs,
      });
      await insertSnapshots(tx, snapshots);
      await auditApproval(tx, ctx, publication, { approvalId, digest, expiresAtMs, snapshots });
      const frozen = { approvalId, snapshots: new Map(snapshots.map((each) => [each.destinationId, each])) };
      if (publishes) await recordShadowDecisions(tx, shadowsOf(ctx, publication));
      const queued = publishes ? await queueTargets(tx, ctx, publication, ready, frozen) : [];
      await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });
      const stopped = covered.length > 0 ? refused : publication.decision.blocked;
      return { draftId: draft.draftId, publishes, queued, refused: publishes ? stopped : [] };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw decidedMeanwhile(draft.draftId);
    throw error;
  }
}

function refuseIfChanged(publication: Publication, input: ApproveDraftInput): void {
  if (!input.digest) return;
  const reviewed = publication.decision.effectiveDestinationIds;
  // The digest proves nothing of a destination that it does not cover.
  const beyond = input.destinationIds?.find((id) => !reviewed.includes(id));
  if (beyond !== undefined) {
    throw new AppError(
      "invalid",
      "destination_not_in_digest",
      `The digest does not cover ${beyond}: the draft is not routed there. Approve it without a digest`,
      { field: "destination_ids" },
    );
  }
  const now = basisOf(publication, reviewed).digest;
  if (now !== input.digest) {
    throw new AppError(
      "conflict",
      "draft_changed",
      "What would leave has changed since you looked; review it again",
      {
        draft_id: input.draftId,
        current_digest: now,
      },
    );
  }
}

function coveredTargets(
  publication: Publication,
  wanted: readonly string[] | null | undefined,
): PublicationTarget[] {
  const ids = wanted?.length ? wanted : publication.decision.effectiveDestinationIds;
  return ids.flatMap((id) => {
    const target = publication.targets.find((each) => each.destination.destinationId === id);
    if (!target && wanted?.length) {
      throw new AppError("invalid", "destination_unknown", `Destination ${id} is not configured`, {
        field: "destination_ids",
      });
    }
    if (target && !target.allowed && wanted?.length) {
      throw new AppError(
        "invalid",
        "destination_not_allowed",
        `Destination ${id} is not allowed by source binding`,
        {
          field: "destination_ids",
        },
      );
    }
    return target?.payload && target.allowed ? [target] : [];
  });
}

export function snapshotOf(
  target: PublicationTarget,
  draftId: string,
  approvalId: string | null,
  nowMs: number,
): NewSnapshot {
  if (!target.payload) throw new Error("only a rendered payload can be frozen");
  return {
    snapshotId: newId.snapshot(),
    draftId,
    approvalId,
    destinationId: target.destination.destinationId,
    kind: target.destination.kind,
    targetRef: target.payload.content.targetRef,
    operation: target.payload.content.operation,
    content: target.payload.content.content,
    digest: target.payload.digest,
    rendered: target.payload.content.rendered,
    nowMs,
  };
}

async function auditApproval(
  tx: Transaction,
  ctx: Context,
  publication: Publication,
  facts: { approvalId: string; digest: string; expiresAtMs: number; snapshots: readonly NewSnapshot[] },
): Promise<void> {
  const { draft, decision, policyVersion } = publication;
  await recordAudit(tx, ctx, {
    action: "incident_monitor.draft.approved",
    subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
    detail: {
      approval_id: facts.approvalId,
      digest: facts.digest,
      policy_version: policyVersion,
      expires_at_ms: facts.expiresAtMs,
      payloads: facts.snapshots.map((each) => ({ destination_id: each.destinationId, digest: each.digest })),
      because: decision.approval.because.map((each) => each.code),
    },
  });
}

function notPending(draftId: string, why: string): AppError {
  return new AppError("conflict", "draft_not_pending_approval", why, { draft_id: draftId });
}

function decidedMeanwhile(draftId: string): AppError {
  return new AppError("conflict", "decided_meanwhile", "Somebody else decided this draft first", {
    draft_id: draftId,
  });
}
