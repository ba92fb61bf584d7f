import { listApprovals } from "@/lib/db/approval-store";
import { decidable } from "@/lib/domain/approval";
import { type BulkAction, type BulkReviewRow, bulkMax, highRiskAlone } from "@/lib/domain/bulk";
import { decidePermission, type Permission, rolesHolding } from "@/lib/domain/permission";
import type { Approval, Draft } from "@/lib/domain/records";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { unseenRefusal } from "../drafts/covered-targets";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { basisOf, type Publication, preparePublication } from "../publishing/prepare-publication";
import { judgeStanding } from "../publishing/standing-approvals";
import { failedPosts, nothingFailed } from "./retry-drafts";

export type ReviewDraftsInput = { action: BulkAction; draftIds: readonly string[] };

const permissions: Record<BulkAction, Permission> = {
  ...{ approve: "decide", deny: "decide", triage: "triage", retry: "publish" },
};

type Verdict = Pick<BulkReviewRow, "allowed" | "message"> & Partial<Pick<BulkReviewRow, "code" | "digest">>;

/**
 * What an action would do to each of many drafts as they are now, and why it cannot to some. Never writes. The digests
 * answered are what an approval of them has to bring.
 *
 * @throws AppError forbidden
 */
export async function reviewDrafts(ctx: Context, input: ReviewDraftsInput): Promise<BulkReviewRow[]> {
  await authorize(ctx, "read", { kind: "draft", id: "bulk" });
  const rows: BulkReviewRow[] = [];
  for (const draftId of new Set(input.draftIds.slice(0, bulkMax))) {
    rows.push(await reviewOne(ctx, draftId, input.action));
  }
  return rows;
}

async function reviewOne(ctx: Context, draftId: string, action: BulkAction): Promise<BulkReviewRow> {
  const row = { draftId, title: null, riskLevel: null, code: null, digest: null };
  try {
    const draft = await requireDraft(ctx, draftId, "read");
    const known = { ...row, title: draft.content.title, riskLevel: draft.content.riskLevel };
    return { ...known, ...(await verdictOn(ctx, draft, action)) };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === "internal") throw error;
    return { ...row, allowed: false, code: error.reason, message: error.message };
  }
}

async function verdictOn(ctx: Context, draft: Draft, action: BulkAction): Promise<Verdict> {
  const permission = permissions[action];
  if (!decidePermission(ctx.actor, permission, draft.content.projectId).allowed) {
    return no("role_may_not", `Your role may not do this; ${rolesHolding(permission).join(" or ")} may.`);
  }
  if (action === "triage") return triageVerdict(draft);
  if (action === "retry") return retryVerdict(ctx, draft);
  const closed = decidable(draft.approval);
  if (closed) return no("draft_not_pending_approval", sentence(closed.message));
  if (action === "deny") return { allowed: true, message: "Closes its gate for good." };
  const [publication, approvals] = await Promise.all([
    preparePublication(ctx, draft),
    listApprovals(ctx.db, draft.draftId),
  ]);
  const granted = approvals.filter((each) => each.state === "granted");
  return approveVerdict(publication, judgeStanding(publication, granted, ctx.nowMs).current);
}

function approveVerdict(publication: Publication, standing: readonly Approval[]): Verdict {
  const { decision, config, targets } = publication;
  if (decision.approval.highRisk) return no(highRiskAlone.code, highRiskAlone.message);
  const unseen = unseenRefusal(publication, standing);
  if (unseen) return no(unseen.code, sentence(unseen.message));
  const covered = targets.filter((each) => each.effective && each.allowed && each.payload);
  if (covered.length === 0)
    return no("nothing_to_approve", "No payload can be made for a chosen destination.");
  const names = covered.map(({ destination }) => destination.name || destination.destinationId).join(", ");
  const sends = config.safetyDefaults.publishOnApproval ? "Approves and sends to" : "Approves for";
  const { digest } = basisOf(publication, decision.effectiveDestinationIds);
  return { allowed: true, message: `${sends} ${names}.`, digest };
}

function triageVerdict(draft: Draft): Verdict {
  if (draft.approval === "denied") return no("draft_denied", "The draft was denied.");
  if (["queued", "running"].includes(draft.triage))
    return no("triage_under_way", "It is under triage already.");
  return { allowed: true, message: "Queues a run of triage." };
}

async function retryVerdict(ctx: Context, draft: Draft): Promise<Verdict> {
  if (draft.approval === "denied") return no("draft_denied", "The draft was denied.");
  const failed = await failedPosts(ctx, draft.draftId);
  if (failed.length === 0) return no(nothingFailed.code, nothingFailed.message);
  const names = failed.map(({ delivery }) => delivery.destinationId).join(", ");
  return { allowed: true, message: `Sends again to ${names}.` };
}

const no = (code: string, message: string): Verdict => ({ allowed: false, code, message });
const sentence = (words: string) => `${words.replace(/[.]$/, "")}.`;
