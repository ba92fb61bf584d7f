import { listUserRecords, type UserFilter } from "@/lib/db/user-roster-store";
import type { User } from "@/lib/domain/access";
import type { ListPage } from "@/lib/domain/page";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListUsersInput = { filter: UserFilter; page: ListPage };

/** Everybody who has an account, newest first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listUsers(
  ctx: Context,
  { filter, page }: ListUsersInput,
): Promise<{ users: User[]; total: number; nextCursor: string | null }> {
  await authorize(ctx, "readAccess", { kind: "user", id: "*" });
  const cursor = pageCursor("users", filter, page);
  const { users, total, more } = await listUserRecords(ctx.db, filter, cursor.page);
  const last = users.at(-1);
  const place = more && last ? { atMs: last.createdAtMs, id: last.userId } : null;
  return { users, total, nextCursor: cursor.next(place) };
}
