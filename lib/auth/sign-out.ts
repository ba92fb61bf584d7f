import { insertAuditEntries } from "@/lib/db/audit-store";
import { announceChange } from "@/lib/db/change-feed";
import { revokeSession } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import type { Process } from "./process";
import { forgetSession, resolveSession } from "./session-cookie";

/** Ends the session's row, so that a copied cookie ends with it, in every process and with the streams it opened. */
export async function signOut(process: Process, sessionId: string): Promise<void> {
  const nowMs = Date.now();
  const actor = await resolveSession(process, sessionId);
  if (!actor) return;
  await inTransaction(process.db, async (tx) => {
    if (!(await revokeSession(tx, sessionId, nowMs))) return;
    await insertAuditEntries(tx, [
      {
        ...{ id: newId.audit(), at: new Date(nowMs), actor: actorRef(actor), requestId: null },
        action: "incident_monitor.session.signed_out",
        outcome: "done",
        subject: { kind: "session", id: sessionId },
        detail: { user_id: actor.userId },
      },
    ]);
    await announceChange(tx, { topic: "session", id: sessionId });
  });
  forgetSession(process, sessionId);
}
