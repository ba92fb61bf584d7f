import { endGrants } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import { lockForDecision, moveApprovalFacet } from "@/lib/db/draft-store";
import { incidentsOfDrafts, rebuildSearchTexts, type TextRow } from "@/lib/db/redaction-text-store";
import type { Transaction } from "@/lib/db/transaction";
import { type Reason, reason } from "@/lib/domain/reason";
import type { RedactedPlace } from "@/lib/domain/redaction-run";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

/** Of these a draft is made: what is approved of it rests on their words. */
const draftOf: Partial<Record<RedactedPlace, "own" | "run">> = { drafts: "own", triageRuns: "run" };

/**
 * What follows when stored texts were changed, in the same transaction: approvals that bound those words end and say why,
 * searches find the new words and not the old, screens hear of it. Returns how many approvals ended.
 */
export async function settleChanged(
  tx: Transaction,
  ctx: Context,
  place: RedactedPlace,
  rows: readonly TextRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const ids = rows.map(({ keys }) => keys[0] ?? "");
  const drafts = draftOf[place] === "run" ? await draftsOfRuns(tx, ids) : draftOf[place] ? ids : [];
  let voided = 0;
  for (const draftId of drafts) voided += await endApprovals(tx, ctx, draftId);
  if (place === "incidents") await rebuildSearchTexts(tx, ids);
  if (place === "drafts" || place === "draftRevisions") {
    await rebuildSearchTexts(tx, await incidentsOfDrafts(tx, ids));
  }
  for (const { keys, origin } of rows) {
    const topic = place === "incidents" ? "incident" : place === "drafts" ? "draft" : null;
    if (topic) await announceChange(tx, { topic, id: keys[0] ?? "", projectId: origin.projectId });
  }
  return voided;
}

/** Everything that was approved has left: its approval is proof of that, and opens nothing for another text. */
async function isUsedUp(tx: Transaction, draftId: string): Promise<boolean> {
  const deliveries = await tx.delivery.findMany({ where: { draftId }, select: { state: true } });
  return deliveries.length > 0 && deliveries.every(({ state }) => state === "published");
}

async function draftsOfRuns(tx: Transaction, runIds: readonly string[]): Promise<string[]> {
  const runs = await tx.triageRun.findMany({
    where: { id: { in: [...runIds] }, issueDraft: { not: "DbNull" } },
    select: { draftId: true },
  });
  return [...new Set(runs.map(({ draftId }) => draftId))];
}

async function endApprovals(tx: Transaction, ctx: Context, draftId: string): Promise<number> {
  const draft = await lockForDecision(tx, draftId);
  if (!draft || (await isUsedUp(tx, draftId))) return 0;
  const at = new Date(ctx.nowMs);
  const words =
    "Stored texts were read again by rules that find more; what would be sent is another text now";
  const because: Reason[] = [reason("redaction_improved", words)];
  const ended = await endGrants(tx, draftId, { state: "voided", because, at });
  if (ended === 0) return 0;
  if (draft.approval === "granted") {
    await moveApprovalFacet(tx, { draftId, revision: draft.revision }, "granted", "voided", at);
  }
  const row = await tx.draft.findUnique({ where: { id: draftId }, select: { projectId: true } });
  await recordAudit(tx, ctx, {
    action: "incident_monitor.approval.voided",
    subject: { kind: "draft", id: draftId, projectId: row?.projectId },
    detail: { because: because.map(({ code }) => ({ code })) },
  });
  return ended;
}
