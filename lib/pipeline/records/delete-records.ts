import { type Deletion, listDeletableIds, markDeleted } from "@/lib/db/deletion-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { projectsHolding } from "@/lib/domain/permission";
import { auditRefusal, authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type AuditFacts, recordAudit } from "../record-audit";
import { refuseHeld } from "./refuse-held";
import { announceDeletion, cancelledEntries, deletionReason } from "./settle-deletion";

export type DeleteRecordsInput = {
  noun: DeletableNoun;
  ids: readonly string[];
  /** Everything the actor may delete; `ids` is not looked at then. */
  all: boolean;
  reason?: string | null;
};

/** Rows a commit holds locked: a large delete never stops intake for long. */
const batchMax = 200;

/**
 * Hides many records as `deleteRecord` does, in commits of at most 200. Unknown ids, and those of projects where the
 * actor may not delete, are skipped; when a legal hold covers any of the others, none is hidden. Each commit carries one audit entry with the ids that went: up to 200 that is one.
 *
 * @throws AppError forbidden, conflict `retention_held`
 */
export async function deleteRecords(ctx: Context, input: DeleteRecordsInput): Promise<{ deleted: number }> {
  const { noun } = input;
  const projects = projectsHolding(ctx.actor, "delete");
  await authorize(ctx, "delete", { kind: `${noun}s`, id: "bulk", projectId: projects?.[0] });
  const why = deletionReason(input.reason);
  const tombstone = { actor: actorRef(ctx.actor), reason: why, atMs: ctx.nowMs };
  let deleted = 0;
  await refuseAnyHeld(ctx, input, projects);
  for await (const ids of batchesOf(ctx, input, projects)) {
    deleted += await inTransaction(ctx.db, async (tx) => {
      await refuseHeld(tx, noun, { ids, projects });
      const deletion = await markDeleted(tx, noun, ids, projects, tombstone);
      if (deletion.deleted.length === 0) return 0;
      const summary = summaryOf(noun, deletion, { all: input.all, reason_given: why !== null });
      await recordAudit(tx, ctx, summary, ...cancelledEntries(noun, deletion));
      await announceDeletion(tx, noun, deletion);
      return deletion.deleted.length;
    });
  }
  return { deleted };
}

/** Before the first commit, for all of them: a refusal halfway would leave half of them. */
async function refuseAnyHeld(
  ctx: Context,
  { noun, ids, all }: DeleteRecordsInput,
  projects: readonly string[] | null,
): Promise<void> {
  try {
    await inTransaction(ctx.db, (tx) => refuseHeld(tx, noun, { ids: all ? null : ids, projects }));
  } catch (error) {
    if (error instanceof AppError && error.reason === "retention_held") {
      await auditRefusal(ctx, "delete", { kind: `${noun}s`, id: "bulk" }, "retention_held");
    }
    throw error;
  }
}

async function* batchesOf(
  ctx: Context,
  input: DeleteRecordsInput,
  projects: readonly string[] | null,
): AsyncGenerator<string[]> {
  if (!input.all) {
    const ids = [...new Set(input.ids)];
    for (let at = 0; at < ids.length; at += batchMax) yield ids.slice(at, at + batchMax);
    return;
  }
  let afterId = "";
  for (;;) {
    const page = { projects, createdUntilMs: ctx.nowMs, afterId, limit: batchMax };
    const ids = await listDeletableIds(ctx.db, input.noun, page);
    if (ids.length > 0) yield ids;
    if (ids.length < batchMax) return;
    afterId = ids[ids.length - 1] ?? "";
  }
}

function summaryOf(noun: DeletableNoun, deletion: Deletion, detail: Record<string, unknown>): AuditFacts {
  const projects = new Set(deletion.deleted.map((each) => each.projectId));
  const [only] = projects;
  return {
    action: `incident_monitor.${noun}s.deleted`,
    subject: { kind: `${noun}s`, id: "bulk", projectId: projects.size === 1 ? only : null },
    detail: {
      ...detail,
      deleted: deletion.deleted.length,
      ids: deletion.deleted.map((each) => each.id),
      deliveries_cancelled: deletion.cancelled.length,
    },
  };
}
