import type { User } from "@/lib/domain/access";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { requireUser, userSubject } from "./require-access";

/** @throws AppError forbidden, not_found `user_not_found` */
export async function getUser(ctx: Context, userId: string): Promise<User> {
  await authorize(ctx, "readAccess", userSubject(userId));
  return requireUser(ctx, userId);
}
