import { announceChange } from "@/lib/db/change-feed";
import { markTokenDisabled } from "@/lib/db/token-store";
import { inTransaction } from "@/lib/db/transaction";
import type { ApiToken } from "@/lib/domain/access";
import { decideTokenEnd } from "@/lib/domain/access-rules";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { requireAllowed, tokenSubject } from "./require-access";
import { requireToken, tokenDetail } from "./require-token";

/**
 * Ends a token for good and at once. Disabling it again answers the same and records nothing.
 *
 * @throws AppError forbidden, not_found `token_not_found`, conflict `token_is_hosts`
 */
export async function disableToken(ctx: Context, tokenId: string): Promise<ApiToken> {
  const subject = tokenSubject(tokenId);
  await authorize(ctx, "manageAccess", subject);
  const token = await requireToken(ctx, tokenId);
  await requireAllowed(ctx, decideTokenEnd(token), subject);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await markTokenDisabled(tx, tokenId, ctx.nowMs))) return;
    const detail = tokenDetail(token);
    await recordAudit(tx, ctx, { action: "incident_monitor.token.disabled", subject, detail });
    await announceChange(tx, { topic: "access", id: tokenId });
  });
  return requireToken(ctx, tokenId);
}
