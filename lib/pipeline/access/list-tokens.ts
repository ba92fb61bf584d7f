import { listTokenRecords, type TokenFilter } from "@/lib/db/token-store";
import type { ApiToken } from "@/lib/domain/access";
import type { ListPage } from "@/lib/domain/page";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListTokensInput = { filter: TokenFilter; page: ListPage };

/** Newest first, never a value nor its hash. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listTokens(
  ctx: Context,
  { filter, page }: ListTokensInput,
): Promise<{ tokens: ApiToken[]; total: number; nextCursor: string | null }> {
  await authorize(ctx, "readAccess", { kind: "token", id: "*" });
  const cursor = pageCursor("tokens", filter, page);
  const { tokens, total, more } = await listTokenRecords(ctx.db, filter, cursor.page);
  const last = tokens.at(-1);
  const place = more && last ? { atMs: last.createdAtMs, id: last.tokenId } : null;
  return { tokens, total, nextCursor: cursor.next(place) };
}
