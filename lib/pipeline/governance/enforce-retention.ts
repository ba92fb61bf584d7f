import { loadConfig } from "@/lib/db/config-store";
import {
  type Dropped,
  endRetention,
  listIncidentsUnchangedSince,
  listPostsEndedBefore,
} from "@/lib/db/retention-store";
import { inTransaction } from "@/lib/db/transaction";
import { retentionPlan } from "@/lib/domain/retention";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { deleteRecords } from "../records/delete-records";

export type Retained = Dropped & { posts: number; incidents: number };

const why = "Retention: older than the configured number of days";

/**
 * One turn of what the retention settings say: old posts and incidents are hidden like any deleted record, what is kept about
 * them is dropped, and an entry says how much. While paused or disabled nothing goes. Short commits; the next turn goes on.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function enforceRetention(ctx: Context): Promise<Retained | null> {
  await authorize(ctx, "work", { kind: "retention", id: "turn", projectId: null });
  const config = await loadConfig(ctx.db);
  if (!config.enabled || config.paused) return null;
  const plan = retentionPlan(config, ctx.nowMs);
  const before = plan.recordsBeforeMs;
  const postIds = before === null ? [] : await listPostsEndedBefore(ctx.db, before);
  const incidentIds = before === null ? [] : await listIncidentsUnchangedSince(ctx.db, before);
  const hide = async (noun: "post" | "incident", ids: string[]) =>
    ids.length === 0 ? 0 : (await deleteRecords(ctx, { noun, ids, all: false, reason: why })).deleted;
  const posts = await hide("post", postIds);
  const incidents = await hide("incident", incidentIds);
  const dropped = await inTransaction(ctx.db, async (tx) => {
    const gone = await endRetention(tx, plan, ctx.nowMs);
    if (Object.values(gone).some((each) => each > 0)) {
      await recordAudit(tx, ctx, {
        action: "incident_monitor.retention.enforced",
        subject: { kind: "retention", id: "turn" },
        detail: { ...gone, retention_days: config.safetyDefaults.retentionDays ?? null },
      });
    }
    return gone;
  });
  return { ...dropped, posts, incidents };
}
