import { announceChange } from "@/lib/db/change-feed";
import { revokeOwnSession as markRevoked } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { requireOwnAccount } from "./require-own-account";

/**
 * Ends one of the caller's sessions, this one included; other processes hear of it at once, or within five seconds.
 *
 * @throws AppError not_found `session_not_found` for what is not the caller's, or over
 */
export async function revokeOwnSession(ctx: Context, { sessionId }: { sessionId: string }): Promise<void> {
  const { person } = await requireOwnAccount(ctx);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await markRevoked(tx, person.userId, sessionId, ctx.nowMs))) {
      const message = "You have no such session; it may have ended.";
      throw new AppError("not_found", "session_not_found", message, { session_id: sessionId });
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.session.revoked",
      subject: { kind: "session", id: sessionId },
      detail: { user_id: person.userId },
    });
    await announceChange(tx, { topic: "session", id: sessionId });
  });
}
