import { listApprovals } from "@/lib/db/approval-store";
import { findDraft } from "@/lib/db/draft-store";
import { actorRef } from "@/lib/domain/actor";
import { decidable } from "@/lib/domain/approval";
import { type BulkOutcome, bulkMax, highRiskAlone } from "@/lib/domain/bulk";
import { isSameActor } from "@/lib/domain/draft-claim";
import type { Context } from "../context";
import { approveDraft } from "../drafts/approve-draft";
import { denyDraft } from "../drafts/deny-draft";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { preparePublication } from "../publishing/prepare-publication";
import { authorizeSomewhere, done, eachDraft, unchanged } from "./each-draft";

export type DecideDraftsInput = {
  decision: "approve" | "deny";
  reason: string | null;
  /** Approve: each with the digest of what was shown; one that is something else now is refused by itself. */
  items: ReadonlyArray<{ draftId: string; digest?: string | null }>;
  graceMs?: number | null;
};

/**
 * One decision on many drafts, each as if it were alone: its own check, its own record, its own audit entry, its own
 * outcome. What is of high risk is not approved here. Sent twice, it finds its own decisions and changes nothing.
 *
 * @throws AppError forbidden for who may decide nowhere.
 */
export async function decideDrafts(ctx: Context, input: DecideDraftsInput): Promise<BulkOutcome[]> {
  await authorizeSomewhere(ctx, "decide");
  return eachDraft(input.items.slice(0, bulkMax), async ({ draftId, digest }) => {
    try {
      return input.decision === "deny"
        ? await denyOne(ctx, draftId, input.reason)
        : await approveOne(ctx, { draftId, digest: digest ?? null, ...input });
    } catch (error) {
      const again =
        error instanceof AppError && error.kind === "conflict" && (await isDecidedSo(ctx, draftId, input));
      if (again) return unchanged(draftId, "You decided it so already.");
      throw error;
    }
  });
}

async function denyOne(ctx: Context, draftId: string, reason: string | null): Promise<BulkOutcome> {
  await denyDraft(ctx, { draftId, reason });
  return done(draftId, "Denied. Nothing of it leaves.");
}

async function approveOne(
  ctx: Context,
  input: { draftId: string; digest: string | null; reason: string | null; graceMs?: number | null },
): Promise<BulkOutcome> {
  const { draftId, digest, reason, graceMs } = input;
  if (!digest) {
    throw new AppError(
      "invalid",
      "digest_missing",
      "Without the digest of what was shown nothing is approved",
    );
  }
  const draft = await requireDraft(ctx, draftId, "decide");
  const isOpen = decidable(draft.approval) === null;
  if (isOpen && (await preparePublication(ctx, draft)).decision.approval.highRisk) {
    throw new AppError("not_ready", highRiskAlone.code, highRiskAlone.message);
  }
  const { publishes, queued } = await approveDraft(ctx, { draftId, digest, reason, graceMs });
  return done(
    draftId,
    publishes ? `Approved, ${queued.length} on the way.` : "Approved. Nothing was sent yet.",
  );
}

/** Is what was asked for how it stands, by the same actor? Then this is the second of two calls. */
async function isDecidedSo(ctx: Context, draftId: string, { decision }: DecideDraftsInput): Promise<boolean> {
  const draft = await findDraft(ctx.db, draftId);
  if (draft?.approval !== (decision === "approve" ? "granted" : "denied")) return false;
  const newest = (await listApprovals(ctx.db, draftId))[0];
  return newest !== undefined && isSameActor(newest.actor, actorRef(ctx.actor));
}
