import { digestOfReason } from "@/lib/audit/receipt-facts";
import { sha256 } from "@/lib/audit/sha256";
import { endGrants, insertApproval, insertSnapshots, listStanding } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { lockForDecision, moveApprovalFacet } from "@/lib/db/draft-store";
import { recordShadowDecisions } from "@/lib/db/shadow-decision-store";
import { inTransaction, isUniqueViolation, type Transaction } from "@/lib/db/transaction";
import { decidable } from "@/lib/domain/approval";
import { peopleOnly } from "@/lib/domain/approval-need";
import { type NamedProgress, withNames } from "@/lib/domain/named-approvers";
import { graceOf } from "@/lib/domain/publish-grace";
import { countQuorum, type Quorum } from "@/lib/domain/quorum";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Approval, Draft } from "@/lib/domain/records";
import type { TextChange } from "@/lib/domain/text-changes";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import { basisOf, type Publication, type PublicationTarget } from "../publishing/prepare-publication";
import { type QueuedTarget, queueTargets } from "../publishing/queue-targets";
import { seenTexts } from "../publishing/seen-texts";
import { shadowsOf } from "../publishing/shadows-of";
import { sortTargets } from "../publishing/sort-targets";
import { type Standing, voidingDiff } from "../publishing/standing-approvals";
import { recordAudit } from "../record-audit";
import { idOf, snapshotOf } from "./covered-targets";
import { entitledAmong } from "./entitled-among";
import { readNamedPeople } from "./named-people";

export type ApprovalToRecord = {
  publication: Publication;
  covered: readonly PublicationTarget[];
  /** The approvals that stand, as they were read. */
  standing: Standing;
  reason: string | null;
  expiresInMs: number | null;
  /** Where it publishes: how long that waits before it leaves; the host says the least (domain/publish-grace.ts). */
  graceMs: number | null;
  /** Given alone, around these rules. */
  breakGlass?: { overridden: readonly Reason[]; alongside: BreakGlassRecord };
};

/** What else is written with an approval that broke the glass. */
type BreakGlassRecord = (tx: Transaction, approvalId: string) => Promise<void>;

export type RecordedApproval = {
  approvalId: string;
  quorum: Quorum;
  /** Did approving publish (D-05)? Then what it queued, and why it did not queue the rest. */
  publishes: boolean;
  queued: QueuedTarget[];
  refused: Reason[];
  graceMs: number;
};

/**
 * One approval as a row of its own, with its frozen payloads, under the draft's lock: what lapsed or is of something else
 * ends first, then everybody who counts is counted again, and the gate opens only if that is enough. The caller has
 * authorized and refused; the audit entry is written here with the rows.
 *
 * @throws AppError conflict `decided_meanwhile`.
 */
export async function recordApproval(ctx: Context, approval: ApprovalToRecord): Promise<RecordedApproval> {
  const { publication, standing } = approval;
  const diff = await voidingDiff(ctx, publication, standing.outdated[0]);
  try {
    return await inTransaction(ctx.db, (tx) => record(tx, ctx, approval, diff));
  } catch (error) {
    if (isUniqueViolation(error)) throw decidedMeanwhile(publication.draft.draftId);
    throw error;
  }
}

async function record(
  tx: Transaction,
  ctx: Context,
  approval: ApprovalToRecord,
  diff: readonly TextChange[],
): Promise<RecordedApproval> {
  const { publication, covered, breakGlass } = approval;
  const { draft, decision, config } = publication;
  const at = new Date(ctx.nowMs);
  const now = await lockForDecision(tx, draft.draftId);
  if (!now || now.revision !== draft.revision || decidable(now.approval))
    throw decidedMeanwhile(draft.draftId);
  await endOutdated(tx, ctx, approval, diff);

  const approvalId = newId.approval();
  const snapshots = covered.map((target) => snapshotOf(target, draft.draftId, approvalId, ctx.nowMs));
  const person = { projectId: draft.content.projectId, authors: null };
  const personOf = await readNamedPeople(tx, decision.approval, person);
  // The record keeps what they were called when it was made.
  const nameOf = (userId: string) => personOf(userId).name;
  const { basis, digest } = basisOf(publication, covered.map(idOf));
  const safety = config.safetyDefaults;
  const expiresAtMs = ctx.nowMs + (approval.expiresInMs ?? safety.approvalTtlMs);
  // What several people must have seen is what they saw: later content is nobody's approval.
  const binding = peopleOnly(decision.approval) || breakGlass ? "content" : safety.approvalBinding;
  await insertApproval(tx, {
    approvalId,
    draftId: draft.draftId,
    state: "granted",
    binding,
    actor: ctx.actor,
    reason: approval.reason,
    digest,
    basis,
    policyVersion: publication.policyVersion,
    because: withNames(decision.approval.because, decision.approval.named, nameOf),
    needed: breakGlass ? 1 : Math.max(1, decision.approval.count),
    breakGlass: breakGlass !== undefined,
    seen: seenTexts(publication, covered.map(idOf)),
    expiresAtMs,
    createdAtMs: ctx.nowMs,
  });
  await insertSnapshots(tx, snapshots);
  await breakGlass?.alongside(tx, approvalId);

  const granted = await listStanding(tx, draft.draftId);
  const isEntitled = await entitledAmong(tx, ctx, granted, draft.content.projectId);
  const quorum = countQuorum(granted, decision.approval, { digest, nowMs: ctx.nowMs, isEntitled });
  if (quorum.open)
    await endOvertaken(
      tx,
      ctx,
      draft,
      granted.filter((each) => each.digest !== digest),
    );
  if (!(await moveApprovalFacet(tx, draft, now.approval, quorum.open ? "granted" : "required", at)))
    throw decidedMeanwhile(draft.draftId);
  const publishes = quorum.open && safety.publishOnApproval;
  await recordAudit(tx, ctx, {
    action: quorum.open ? "incident_monitor.draft.approved" : "incident_monitor.approval.given",
    subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
    detail: {
      approval_id: approvalId,
      digest,
      binding,
      ...(approval.reason && { reason_digest: digestOfReason(sha256, approvalId, approval.reason) }),
      policy_version: publication.policyVersion,
      expires_at_ms: expiresAtMs,
      payloads: snapshots.map((each) => ({ destination_id: each.destinationId, digest: each.digest })),
      because: decision.approval.because.map((each) => each.code),
      needed: quorum.needed,
      counted: quorum.counted.map((each) => each.actor.id),
      missing: quorum.missing,
      ...(quorum.named.length > 0 && { named: quorum.named.map((each) => namedDetail(each, nameOf)) }),
      ...(publishes && { publishes }),
      ...(breakGlass && { break_glass: true, overridden: breakGlass.overridden.map((each) => each.code) }),
    },
  });
  await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });

  const graceMs = graceOf(safety.publishGraceMs, approval.graceMs);
  if (!publishes) return { approvalId, quorum, publishes, queued: [], refused: [], graceMs };
  const { ready, refused } = sortTargets([...covered]);
  const frozen = new Map(snapshots.map((each) => [each.destinationId, each]));
  await recordShadowDecisions(tx, shadowsOf(ctx, publication));
  const queued = await queueTargets(tx, ctx, publication, ready, { approvalId, snapshots: frozen }, graceMs);
  return {
    approvalId,
    quorum,
    publishes,
    queued,
    refused: covered.length > 0 ? refused : decision.blocked,
    graceMs,
  };
}

/** What the record keeps of a setting that names people: whom, and who of them was counted. */
const namedDetail = (
  { why, count, approvers, approved }: NamedProgress,
  nameOf: (userId: string) => string,
) => ({
  ...{ rule: why.code, count, approvers: [...approvers], names: approvers.map(nameOf), approved },
});

/** Ends what no longer counts: lapsed, of something else, or overtaken by somebody who broke the glass. */
async function endOutdated(
  tx: Transaction,
  ctx: Context,
  { publication, standing, breakGlass }: ApprovalToRecord,
  diff: readonly TextChange[],
): Promise<void> {
  const { draftId, content } = publication.draft;
  const at = new Date(ctx.nowMs);
  const ends = [
    { state: "expired" as const, of: standing.lapsed, because: [lapsedReason] },
    { state: "voided" as const, of: standing.outdated, because: standing.changes, diff },
    ...(breakGlass ? [{ state: "voided" as const, of: standing.current, because: [brokenGlassReason] }] : []),
  ];
  for (const { of, ...end } of ends) {
    const ended = await endGrants(tx, draftId, { ...end, at }, idsOf(of));
    if (ended === 0) continue;
    await recordAudit(tx, ctx, {
      action:
        end.state === "expired" ? "incident_monitor.approval.expired" : "incident_monitor.approval.voided",
      subject: { kind: "draft", id: draftId, projectId: content.projectId },
      detail: { because: end.because.map((each) => ({ code: each.code, ...each.fields })) },
    });
  }
}

/**
 * Of two who approved different destinations at the same moment neither saw the other's. The gate opens for what was counted
 * alone: what was not must not stand beside it, or it would be taken for the approval that opened it.
 */
async function endOvertaken(
  tx: Transaction,
  ctx: Context,
  { draftId, content }: Draft,
  others: readonly Approval[],
): Promise<void> {
  if (others.length === 0) return;
  const end = { state: "voided" as const, because: [overtakenReason], at: new Date(ctx.nowMs) };
  await endGrants(tx, draftId, end, idsOf(others));
  await recordAudit(tx, ctx, {
    action: "incident_monitor.approval.voided",
    subject: { kind: "draft", id: draftId, projectId: content.projectId },
    detail: { because: [{ code: overtakenReason.code }] },
  });
}

const overtakenReason = reason("approval_overtaken", "Others opened the gate for something else meanwhile");
const lapsedReason = reason("approval_expired", "The approval has expired");
const brokenGlassReason = reason("break_glass", "An admin broke the glass and approved it alone");

const idsOf = (approvals: readonly Approval[]) => approvals.map((each) => each.approvalId);

export function decidedMeanwhile(draftId: string): AppError {
  return new AppError("conflict", "decided_meanwhile", "Somebody else decided this draft first", {
    draft_id: draftId,
  });
}
