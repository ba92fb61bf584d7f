import type { ActorRef } from "@/lib/domain/actor";
import type { AuditAction, AuditOutcome, AuditSubject } from "@/lib/domain/audit";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import type { Transaction } from "./transaction";

export type NewAuditEntry = {
  id: string;
  at: Date;
  actor: ActorRef;
  action: AuditAction;
  outcome: AuditOutcome;
  subject: AuditSubject;
  requestId: string | null;
  detail: Record<string, unknown>;
};

/** Adds entries; the sealer numbers them later, over committed rows only. */
export async function insertAuditEntries(
  db: Database | Transaction,
  entries: NewAuditEntry[],
): Promise<void> {
  const client = "prisma" in db ? db.prisma : db;
  await client.auditEntry.createMany({ data: entries.map(auditEntryToRow) });
}

export function auditEntryToRow(entry: NewAuditEntry): Prisma.AuditEntryCreateManyInput {
  return {
    id: entry.id,
    at: entry.at,
    actor: entry.actor,
    actorKey: `${entry.actor.kind}:${entry.actor.id}`,
    action: entry.action,
    outcome: entry.outcome,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    projectId: entry.subject.projectId ?? null,
    requestId: entry.requestId,
    detail: entry.detail as Prisma.InputJsonValue,
  };
}
