import { insertAuditEntries } from "@/lib/db/audit-store";
import { insertSession } from "@/lib/db/session-store";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import type { Process } from "./process";

/** A working day: after it people sign in again, however busy they were. */
export const sessionLifetimeMs = 12 * 3_600_000;

export type Opening = {
  userId: string;
  /** As the audit names who signed in. */
  name: string;
  userAgent: string | null;
  signedInBy: "password" | "provider";
  /** The second factor that was used, for the audit. */
  secondFactor?: "code" | "recovery_code";
  /** The provider says that the person was there just now: the session begins stepped up. */
  steppedUp?: boolean;
  nowMs: number;
};

/** The session's row and the entry that somebody signed in, with whatever else belongs to it, in one transaction. */
export async function openSession(
  { db }: Process,
  opening: Opening,
  besides: (tx: Transaction) => Promise<void> = async () => undefined,
): Promise<string> {
  const { userId, name, userAgent, signedInBy, secondFactor, steppedUp = false, nowMs } = opening;
  const sessionId = newId.session();
  const session = { sessionId, userId, userAgent, signedInBy, createdAtMs: nowMs };
  await inTransaction(db, async (tx) => {
    await besides(tx);
    const stepUpAtMs = steppedUp ? nowMs : null;
    await insertSession(tx, { ...session, stepUpAtMs, expiresAtMs: nowMs + sessionLifetimeMs });
    await insertAuditEntries(tx, [
      {
        ...{ id: newId.audit(), at: new Date(nowMs), requestId: null },
        actor: { kind: "user", id: userId, name },
        action: "incident_monitor.session.signed_in",
        outcome: "done",
        subject: { kind: "session", id: sessionId },
        detail: { user_id: userId, by: signedInBy, ...(secondFactor && { second_factor: secondFactor }) },
      },
    ]);
  });
  return sessionId;
}
