import { announceChange } from "@/lib/db/change-feed";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { requireOwnAccount } from "./require-own-account";

/** Ends every session of the caller but this one. @throws AppError forbidden `person_required` */
export async function revokeOtherSessions(ctx: Context): Promise<{ endedIds: string[] }> {
  const { person } = await requireOwnAccount(ctx);
  const endedIds = await inTransaction(ctx.db, async (tx) => {
    const ids = await revokeSessionsOf(tx, person.userId, ctx.nowMs, person.sessionId);
    for (const id of ids) {
      await recordAudit(tx, ctx, {
        action: "incident_monitor.session.revoked",
        subject: { kind: "session", id },
        detail: { user_id: person.userId },
      });
      await announceChange(tx, { topic: "session", id });
    }
    return ids;
  });
  return { endedIds };
}
