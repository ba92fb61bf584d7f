import { announceChange } from "@/lib/db/change-feed";
import { insertToken, moveTokenExpiry, tokenPrefix } from "@/lib/db/token-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import type { ApiToken } from "@/lib/domain/access";
import { decideToken, decideTokenEnd } from "@/lib/domain/access-rules";
import { actorRef } from "@/lib/domain/actor";
import { overlapDefaultMs, planRotation } from "@/lib/domain/intake-key";
import { newId, newRawToken } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import type { MadeToken } from "./create-token";
import { requireAllowed, tokenSubject } from "./require-access";
import { requireFutureEnd, requireToken } from "./require-token";

export type RotateTokenInput = {
  tokenId: string;
  /** How long the old token still works; 7 days when absent, 0 ends it now. */
  overlapMs?: number;
  /** Of the successor. Absent: as long as the old one was made for; null: it does not expire. */
  expiresAtMs?: number | null;
};

export type RotatedToken = MadeToken & { previous: ApiToken };

/**
 * Makes a successor with the same kind and scopes, and lets the old token end after an overlap.
 *
 * @throws AppError forbidden (`grants_more_than_held`), not_found `token_not_found`, conflict `token_is_hosts` |
 * `token_not_active` | `token_changed`, invalid `token_expired`
 */
export async function rotateToken(ctx: Context, input: RotateTokenInput): Promise<RotatedToken> {
  const { tokenId, overlapMs = overlapDefaultMs } = input;
  const subject = tokenSubject(tokenId);
  await authorize(ctx, "manageAccess", subject);
  const old = await requireToken(ctx, tokenId);
  await requireAllowed(ctx, decideTokenEnd(old), subject);
  await requireAllowed(ctx, decideToken(ctx.actor, old), subject);
  const wanted = input.expiresAtMs === undefined ? undefined : requireFutureEnd(ctx, input.expiresAtMs);
  const standing = { ...old, enabled: old.disabledAtMs === null };
  const plan = planRotation(standing, { overlapMs, expiresAtMs: wanted, nowMs: ctx.nowMs });
  if (!plan.ok) {
    const message = "The token was disabled or has expired. Make a new one instead.";
    throw new AppError("conflict", "token_not_active", message, { token_id: tokenId });
  }

  const rawToken = newRawToken();
  const previous: ApiToken = { ...old, expiresAtMs: plan.previousExpiresAtMs };
  const token: ApiToken = {
    ...{ tokenId: newId.token(), name: old.name, kind: old.kind, scopes: old.scopes },
    ...{ prefix: tokenPrefix(rawToken), expiresAtMs: plan.successorExpiresAtMs, rotatedFromId: tokenId },
    ...{ bootstrap: false, lastUsedAtMs: null, disabledAtMs: null },
    ...{ createdBy: actorRef(ctx.actor), createdAtMs: ctx.nowMs },
  };
  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveTokenExpiry(tx, old, plan.previousExpiresAtMs))) throw changed(tokenId);
    const tokenHash = keyedHash(ctx.services.pepper, rawToken);
    await insertToken(tx, { ...token, tokenHash, rotatedFromId: tokenId });
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.token.rotated", subject },
      detail: { successor_token_id: token.tokenId, expires_at_ms: previous.expiresAtMs },
    });
    await announceChange(tx, { topic: "access", id: tokenId });
  });
  return { token, rawToken, previous };
}

function changed(tokenId: string): AppError {
  const message = "The token was changed or disabled at the same moment. Look at it again.";
  return new AppError("conflict", "token_changed", message, { token_id: tokenId });
}
