import { announceChange } from "@/lib/db/change-feed";
import { insertToken, tokenPrefix } from "@/lib/db/token-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import type { ApiToken } from "@/lib/domain/access";
import { decideToken } from "@/lib/domain/access-rules";
import { actorRef, type TokenKind } from "@/lib/domain/actor";
import type { Permission } from "@/lib/domain/permission";
import { newId, newRawToken } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { requireAllowed, requireName, tokenSubject } from "./require-access";
import { requireFutureEnd, tokenDetail } from "./require-token";

export type CreateTokenInput = {
  name: string;
  kind: TokenKind;
  /** What it is narrowed to; empty: all that its kind may do. */
  scopes: readonly Permission[];
  /** null: it does not expire. */
  expiresAtMs: number | null;
};
/** `rawToken` is in this answer and nowhere else. */
export type MadeToken = { token: ApiToken; rawToken: string };

/**
 * Makes an API token.
 *
 * @throws AppError forbidden (`grants_more_than_held`), invalid `token_scope_beyond_kind` | `token_expired` |
 * `name_required`
 */
export async function createToken(ctx: Context, input: CreateTokenInput): Promise<MadeToken> {
  const tokenId = newId.token();
  const subject = tokenSubject(tokenId);
  await authorize(ctx, "manageAccess", subject);
  const name = requireName(input.name);
  const expiresAtMs = requireFutureEnd(ctx, input.expiresAtMs);
  const { kind } = input;
  const scopes = [...new Set(input.scopes)];
  await requireAllowed(ctx, decideToken(ctx.actor, { kind, scopes }), subject);

  const rawToken = newRawToken();
  const token: ApiToken = {
    ...{ tokenId, name, kind, scopes, expiresAtMs, prefix: tokenPrefix(rawToken) },
    createdBy: actorRef(ctx.actor),
    createdAtMs: ctx.nowMs,
    ...{ bootstrap: false, lastUsedAtMs: null, disabledAtMs: null, rotatedFromId: null },
  };
  await inTransaction(ctx.db, async (tx) => {
    const tokenHash = keyedHash(ctx.services.pepper, rawToken);
    await insertToken(tx, { ...token, tokenHash, rotatedFromId: undefined });
    const detail = tokenDetail(token);
    await recordAudit(tx, ctx, { action: "incident_monitor.token.created", subject, detail });
    await announceChange(tx, { topic: "access", id: tokenId });
  });
  return { token, rawToken };
}
