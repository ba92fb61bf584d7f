import { listSessionsOf } from "@/lib/db/session-store";
import type { UserSession } from "@/lib/domain/access";
import type { Context } from "../context";
import { requireOwnAccount } from "./require-own-account";

/** Where the caller is signed in, this session first, then the latest seen. @throws AppError forbidden `person_required` */
export async function listOwnSessions(ctx: Context): Promise<Array<UserSession & { current: boolean }>> {
  const { person } = await requireOwnAccount(ctx);
  const sessions = (await listSessionsOf(ctx.db, person.userId, ctx.nowMs)).map((session) => ({
    ...session,
    current: session.sessionId === person.sessionId,
  }));
  return sessions.sort((left, right) => Number(right.current) - Number(left.current));
}
