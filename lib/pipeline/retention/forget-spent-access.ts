import { lockAgainstHolds } from "@/lib/db/retention-hold-store";
import { readSwitch } from "@/lib/db/retention-run-store";
import { dropAllEndedWindows } from "@/lib/db/sign-in-throttle-store";
import {
  deleteSpentAccess,
  hasSpentAccess,
  type SpentAccess,
  spentAccess,
} from "@/lib/db/spent-access-store";
import { inTransaction } from "@/lib/db/transaction";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

/** Long enough to ask which browser it was; who signed in, was invited or opened a link is in the audit for good. */
const keptMs = 90 * 86_400_000;
const batchMax = 500;

/**
 * Deletes what let somebody in and has been over for 90 days: sessions but the newest of each person, links that set a
 * password, invitations, and messages with their one-time links. A few hundred a commit, each with its audit entry; nothing while
 * paused, nor while a legal hold covers everything. Attempts at signing in whose window is over are nobody's record and always go.
 *
 * @throws AppError forbidden for anyone but the system
 */
export async function forgetSpentAccess(ctx: Context): Promise<Partial<Record<SpentAccess, number>>> {
  await authorize(ctx, "work", { kind: "retention", id: "access", projectId: null });
  await dropAllEndedWindows(ctx.db, ctx.nowMs);
  const beforeMs = ctx.nowMs - keptMs;
  const forgotten: Partial<Record<SpentAccess, number>> = {};
  for (const kind of spentAccess) {
    if (!(await hasSpentAccess(ctx.db, kind, beforeMs))) continue;
    for (let taken = batchMax; taken === batchMax && (await mayForget(ctx)); ) {
      taken = await forgetBatch(ctx, kind, beforeMs);
      if (taken > 0) forgotten[kind] = (forgotten[kind] ?? 0) + taken;
    }
  }
  return forgotten;
}

/** Asked before each commit, as retention does: was the monitor paused, or this process told to end? */
async function mayForget(ctx: Context): Promise<boolean> {
  if (ctx.services.stopping?.aborted) return false;
  const now = await readSwitch(ctx.db);
  return now === null || (now.enabled && !now.paused);
}

async function forgetBatch(ctx: Context, kind: SpentAccess, beforeMs: number): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    await lockAgainstHolds(tx);
    const deleted = await deleteSpentAccess(tx, kind, { beforeMs, limit: batchMax });
    if (deleted > 0)
      await recordAudit(tx, ctx, {
        action: "incident_monitor.retention.enforced",
        subject: { kind: "retention", id: "access" },
        detail: { [kind]: deleted },
      });
    return deleted;
  });
}
