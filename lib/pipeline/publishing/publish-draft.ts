import { findSnapshots, insertSnapshots, isGranted, listApprovals } from "@/lib/db/approval-store";
import { lockApprovalFacet } from "@/lib/db/draft-store";
import { recordShadowDecisions } from "@/lib/db/shadow-decision-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { changesSince, publishable } from "@/lib/domain/approval";
import { graceOf } from "@/lib/domain/publish-grace";
import { hasLapsed } from "@/lib/domain/quorum";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Approval, Draft, PayloadSnapshot } from "@/lib/domain/records";
import type { Context } from "../context";
import { snapshotOf } from "../drafts/covered-targets";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { basisOf, type Publication, type PublicationTarget, preparePublication } from "./prepare-publication";
import { type QueuedTarget, queueTargets } from "./queue-targets";
import { movedMeanwhile, requireApproval, voidApproval } from "./require-approval";
import { shadowsOf } from "./shadows-of";
import { sortTargets } from "./sort-targets";
import { voidingDiff } from "./standing-approvals";

export type PublishDraftInput = {
  draftId: string;
  destinationIds: readonly string[];
  /** How long it waits before it may leave, and can be undone; never shorter than the host says (domain/publish-grace.ts). */
  graceMs?: number | null;
};

export type PublishResult =
  | { action: "approval_required"; draftId: string; reasons: Reason[] }
  /** Something wanted is to be filed once the draft's triage has proposed it; nothing was queued. */
  | { action: "triage_under_way"; draftId: string; runId: string; reasons: Reason[] }
  | { action: "queued"; draftId: string; queued: QueuedTarget[]; refused: Reason[]; graceMs: number };

/**
 * Queues one delivery per destination and returns; `awaitDeliveries` waits for their end. Approval is decided from the
 * approval's record and what would leave now, never from a status word (W-40). What an approval froze is what is sent.
 *
 * @throws AppError not_found, forbidden, conflict `draft_moved`, not_ready `draft_denied` | `publish_blocked` with every destination's reason.
 */
export async function publishDraft(ctx: Context, input: PublishDraftInput): Promise<PublishResult> {
  const draft = await requireDraft(ctx, input.draftId, "publish");
  const publication = await preparePublication(ctx, draft, input.destinationIds);
  await auditPublish(ctx, publication, "incident_monitor.publish.attempted", input);

  if (draft.approval === "denied") {
    throw await refuse(ctx, publication, input, [reason("draft_denied", "The draft was denied")]);
  }
  const { ready, refused } = sortTargets(wantedTargets(publication));
  const blocked = publication.decision.blocked.filter((each) => each.code !== "destination_not_ready");
  // A reason that names no destination (no destination at all, the source, its project) stops the whole plan.
  const stopsAll = blocked.some((each) => each.fields?.destinationId === undefined);
  if (stopsAll || (ready.length === 0 && refused.length === 0))
    throw await refuse(ctx, publication, input, blocked);

  const gate = await passGate(ctx, draft, publication, wantedTargets(publication));
  if (!gate.open) {
    await auditPublish(ctx, publication, "incident_monitor.publish.completed", input, "approval_required");
    return { action: "approval_required", draftId: draft.draftId, reasons: gate.reasons };
  }
  const waiting = refused.filter((each) => each.code === "triage_under_way");
  if (waiting.length > 0 && draft.triageRunId) {
    await auditPublish(ctx, publication, "incident_monitor.publish.completed", input, "triage_under_way");
    return { action: "triage_under_way", draftId: draft.draftId, runId: draft.triageRunId, reasons: waiting };
  }
  const stopped = [...blocked, ...refused];
  if (ready.length === 0) throw await refuse(ctx, publication, input, stopped);
  const graceMs = graceOf(publication.config.safetyDefaults.publishGraceMs, input.graceMs);

  const queued = await inTransaction(ctx.db, async (tx) => {
    await holdGateOpen(tx, draft, gate.approval);
    const fresh = ready.flatMap((target) =>
      gate.snapshots.has(target.destination.destinationId)
        ? []
        : [snapshotOf(target, draft.draftId, gate.approval?.approvalId ?? null, ctx.nowMs)],
    );
    await insertSnapshots(tx, fresh);
    const snapshots = new Map<string, PayloadSnapshot>(gate.snapshots);
    for (const each of fresh) snapshots.set(each.destinationId, each);
    await recordShadowDecisions(tx, shadowsOf(ctx, publication));
    const frozen = { approvalId: gate.approval?.approvalId ?? null, snapshots };
    return queueTargets(tx, ctx, publication, ready, frozen, graceMs);
  });
  return { action: "queued", draftId: draft.draftId, queued, refused: stopped, graceMs };
}

/** The destinations asked for that exist and are allowed, whether or not they are ready. */
function wantedTargets(publication: Publication): PublicationTarget[] {
  return publication.targets.filter((target) => target.effective && target.allowed);
}

type Gate =
  | { open: true; approval: Approval | null; snapshots: ReadonlyMap<string, PayloadSnapshot> }
  | { open: false; reasons: Reason[] };

async function passGate(
  ctx: Context,
  draft: Draft,
  publication: Publication,
  wanted: PublicationTarget[],
): Promise<Gate> {
  const need = publication.decision.approval;
  const approvals = draft.approval === "not_required" ? [] : await listApprovals(ctx.db, draft.draftId);
  const granted = approvals.filter((each) => each.state === "granted");
  if (draft.approval === "granted") {
    if (!granted[0])
      return { open: false, reasons: [reason("approval_missing", "The approval's record is gone")] };
    return passApproval(ctx, draft, publication, wanted, [granted[0], ...granted.slice(1)]);
  }
  if (publishable(draft.approval, need.required) === "yes")
    return { open: true, approval: null, snapshots: new Map() };
  if (draft.approval === "not_required") await requireApproval(ctx, draft, need.because);
  return { open: false, reasons: [...missingApprovals(granted.length, need.count), ...need.because] };
}

/** Some have approved, too few as yet. */
function missingApprovals(given: number, needed: number): Reason[] {
  if (given === 0 || needed <= 1) return [];
  const fields = { given, needed };
  return [reason("approvals_missing", `${given} of ${needed} people have approved`, fields)];
}

async function passApproval(
  ctx: Context,
  draft: Draft,
  publication: Publication,
  wanted: PublicationTarget[],
  granted: readonly [Approval, ...Approval[]],
): Promise<Gate> {
  // All of them froze the same payloads: the newest, which opened the gate, stands for them. The earliest end is everybody's.
  const [approval] = granted;
  const approvalIds = granted.map((each) => each.approvalId);
  if (granted.some((each) => hasLapsed(each, ctx.nowMs))) {
    const reasons = [reason("approval_expired", "The approval has expired")];
    await voidApproval(ctx, draft, "expired", { because: reasons, approvalIds });
    return { open: false, reasons };
  }
  const { basis } = basisOf(
    publication,
    wanted.map((target) => target.destination.destinationId),
  );
  const changes = changesSince(approval.basis, basis, approval.binding);
  if (changes.length === 0) {
    const frozen =
      approval.binding === "content" ? await findSnapshots(ctx.db, approval.approvalId) : new Map();
    return { open: true, approval, snapshots: frozen };
  }
  // Asking for one more destination than was approved is not a change of what was approved.
  if (changes.some((each) => each.code !== "destination_not_approved"))
    await voidApproval(ctx, draft, "voided", {
      because: changes,
      diff: await voidingDiff(ctx, publication, approval),
      approvalIds,
    });
  return { open: false, reasons: changes };
}

/** A denial or a void that was committed after the gate was passed closes it; none comes before this transaction ends. */
async function holdGateOpen(tx: Transaction, draft: Draft, approval: Approval | null): Promise<void> {
  const facet = await lockApprovalFacet(tx, draft.draftId);
  const isOpen = facet === draft.approval && (!approval || (await isGranted(tx, approval.approvalId)));
  if (!isOpen) throw movedMeanwhile(draft);
}

async function refuse(
  ctx: Context,
  publication: Publication,
  input: PublishDraftInput,
  reasons: readonly Reason[],
): Promise<AppError> {
  await auditPublish(
    ctx,
    publication,
    "incident_monitor.publish.failed",
    input,
    reasons[0]?.code ?? "blocked",
  );
  const code = reasons[0]?.code === "draft_denied" ? "draft_denied" : "publish_blocked";
  return new AppError(
    "not_ready",
    code,
    reasons.map((each) => each.message).join("; ") || "Nothing can be published",
    {
      draft_id: input.draftId,
      reasons,
    },
  );
}

async function auditPublish(
  ctx: Context,
  publication: Publication,
  action:
    | "incident_monitor.publish.attempted"
    | "incident_monitor.publish.completed"
    | "incident_monitor.publish.failed",
  input: PublishDraftInput,
  outcome?: string,
): Promise<void> {
  const { draft, decision } = publication;
  await recordAudit(ctx.db, ctx, {
    action,
    outcome: action === "incident_monitor.publish.failed" ? "failed" : "done",
    subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
    detail: {
      mode: "manual",
      requested: [...input.destinationIds],
      effective: decision.effectiveDestinationIds,
      route_id: decision.winner.routeId,
      approval_required: decision.approval.required,
      blocked: decision.blocked.map((each) => each.code),
      ...(outcome && { action: outcome }),
    },
  });
}
