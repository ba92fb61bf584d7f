import type { ActorRef } from "@/lib/domain/actor";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { count, json, ms, type Row } from "./rows";
import type { Transaction } from "./transaction";

/** What a draft said before somebody edited it, and what they changed. */
export type DraftRevision = {
  revision: number;
  actor: ActorRef;
  content: Record<string, unknown>;
  changes: unknown[];
  createdAtMs: number;
};

/** Keeps what was there before an edit, under the draft's revision then; the draft is one further. Returns where it is now. */
export async function insertDraftRevision(
  tx: Transaction,
  revision: Omit<DraftRevision, "revision" | "createdAtMs"> & { draftId: string; atMs: number },
): Promise<number> {
  const at = new Date(revision.atMs);
  const { revision: next } = await tx.draft.update({
    where: { id: revision.draftId },
    data: { revision: { increment: 1 }, updatedAt: at },
    select: { revision: true },
  });
  await tx.draftRevision.create({
    data: {
      draftId: revision.draftId,
      revision: next - 1,
      actor: revision.actor,
      content: revision.content as Prisma.InputJsonValue,
      changes: revision.changes as Prisma.InputJsonValue,
      createdAt: at,
    },
  });
  return next;
}

/** Newest first. */
export async function listDraftRevisions(db: Database, draftId: string): Promise<DraftRevision[]> {
  const { rows } = await db.pool.query(
    "SELECT * FROM draft_revisions WHERE draft_id = $1 ORDER BY revision DESC LIMIT 50",
    [draftId],
  );
  return rows.map((row: Row) => ({
    revision: count(row.revision),
    actor: json(row.actor),
    content: json(row.content),
    changes: json(row.changes),
    createdAtMs: ms(row.created_at),
  }));
}
