import { insertAuditEntries } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import type { Transaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { AuditAction, AuditOutcome, AuditSubject } from "@/lib/domain/audit";
import { newId } from "@/lib/ids";
import type { Context } from "./context";

export type AuditFacts = {
  action: AuditAction;
  subject: AuditSubject;
  outcome?: AuditOutcome;
  /** Ids, codes, counts and decision words. Never payloads, secrets, URLs or reported text. */
  detail?: Record<string, unknown>;
};

/**
 * Writes the entry in the caller's transaction, so that a change whose entry cannot be written does not happen (D-20).
 * Pass `ctx.db` only where there is nothing else to commit (a denied attempt).
 */
export async function recordAudit(
  on: Database | Transaction,
  ctx: Context,
  ...entries: AuditFacts[]
): Promise<void> {
  await insertAuditEntries(
    on,
    entries.map((facts) => ({
      id: newId.audit(),
      at: new Date(ctx.nowMs),
      actor: actorRef(ctx.actor),
      action: facts.action,
      outcome: facts.outcome ?? "done",
      subject: facts.subject,
      requestId: ctx.requestId,
      detail: facts.detail ?? {},
    })),
  );
}
