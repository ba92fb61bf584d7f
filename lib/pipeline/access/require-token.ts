import { findToken } from "@/lib/db/token-store";
import type { ApiToken } from "@/lib/domain/access";
import type { Context } from "../context";
import { AppError } from "../errors";

/** @throws AppError not_found `token_not_found` */
export async function requireToken(ctx: Context, tokenId: string): Promise<ApiToken> {
  const found = await findToken(ctx.db, tokenId);
  if (found) return found;
  throw new AppError("not_found", "token_not_found", "There is no such token.", { token_id: tokenId });
}

/** @throws AppError invalid `token_expired` */
export function requireFutureEnd(ctx: Context, expiresAtMs: number | null): number | null {
  if (expiresAtMs === null || expiresAtMs > ctx.nowMs) return expiresAtMs;
  const message = "expires_at_ms: a token must expire in the future.";
  throw new AppError("invalid", "token_expired", message, { field: "expires_at_ms" });
}

/** What the audit keeps of a token: neither its value nor its hash. */
export const tokenDetail = ({ name, kind, scopes, expiresAtMs }: ApiToken) => ({
  ...{ name, kind, scopes },
  expires_at_ms: expiresAtMs,
});
