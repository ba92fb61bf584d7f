import { findLapsedGrants } from "@/lib/db/approval-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { tryEach } from "../try-each";
import { expireApproval } from "./expire-approval";

/**
 * Ends what has lapsed of all approvals, a bounded number at a turn.
 *
 * @throws AppError forbidden for anyone but the system; the first failure, after everything else was tried.
 */
export async function expireApprovals(ctx: Context): Promise<void> {
  await authorize(ctx, "work", { kind: "approvals", id: "lapsed" });
  const lapsed = await findLapsedGrants(ctx.db, new Date(ctx.nowMs));
  await tryEach(lapsed, ({ draftId }) => expireApproval(ctx, draftId));
}
