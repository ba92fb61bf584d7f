import { listSessionsOf } from "@/lib/db/session-store";
import type { UserSession } from "@/lib/domain/access";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { requireUser, userSubject } from "./require-access";

/** A person's sessions in force, the one used last first. @throws AppError forbidden, not_found `user_not_found` */
export async function listUserSessions(ctx: Context, userId: string): Promise<UserSession[]> {
  await authorize(ctx, "readAccess", userSubject(userId));
  await requireUser(ctx, userId);
  return listSessionsOf(ctx.db, userId, ctx.nowMs);
}
