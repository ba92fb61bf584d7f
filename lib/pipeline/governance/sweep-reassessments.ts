import { withLock } from "@/lib/db/advisory-lock";
import { listRecurring, moveRecurrenceMark, readRecurrenceMark } from "@/lib/db/reassessment-store";
import { inTransaction } from "@/lib/db/transaction";
import type { MonitorConfig } from "@/lib/domain/config";
import { deploymentKey, type ReassessmentRecord, scopesOf } from "@/lib/domain/reassessment";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { reassessmentSubject } from "./list-reassessments";
import { reassess } from "./reassess";
import { recordReassessmentTrigger } from "./record-reassessment-trigger";

/** High-risk failures cause an assessment at their 10th sighting, their 100th, and so on. */
const recurringLeast = 10;
const recurringMax = 500;
/** A sighting's commit may come a moment after the time that it carries. */
const settledMs = 60_000;

/**
 * One turn of the worker: what recurs becomes a cause, and each scope that is due or has causes waiting is assessed. Many
 * processes may ask; one does it. Neither a pause nor a disabled monitor stops it: it only looks.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function sweepReassessments(ctx: Context): Promise<ReassessmentRecord[]> {
  await authorize(ctx, "work", reassessmentSubject);
  const made = await withLock(ctx.db, "reassessments", async () => {
    const config = await readConfig(ctx);
    await noticeRecurring(ctx, config);
    const records: ReassessmentRecord[] = [];
    for (const scope of scopesOf(config)) {
      const record = await reassess(ctx, scope, "if-wanted");
      if (record) records.push(record);
    }
    return records;
  });
  return made ?? [];
}

async function noticeRecurring(ctx: Context, config: MonitorConfig): Promise<void> {
  const sinceMs = (await readRecurrenceMark(ctx.db, deploymentKey, ctx.nowMs)) - settledMs;
  const found = await listRecurring(ctx.db, { sinceMs, least: recurringLeast, max: recurringMax });
  const last = found.at(-1);
  const untilMs = found.length < recurringMax || !last ? ctx.nowMs : last.updatedAtMs + settledMs;
  await inTransaction(ctx.db, async (tx) => {
    const added = await recordReassessmentTrigger(
      tx,
      ctx,
      found.map(({ incidentId, projectId, occurrenceCount }) => ({
        trigger: "recurring_incident_threshold",
        detail: [`incidents.${incidentId}`, `seen_at_least=${magnitude(occurrenceCount)}`],
        projectId,
        onceKey: `${incidentId}:${magnitude(occurrenceCount)}`,
      })),
      config,
    );
    await moveRecurrenceMark(tx, deploymentKey, untilMs);
    if (added > 0) {
      await recordAudit(tx, ctx, {
        action: "incident_monitor.reassessment.requested",
        subject: reassessmentSubject,
        detail: { trigger: "recurring_incident_threshold", causes: added },
      });
    }
  });
}

const magnitude = (count: number) => 10 ** Math.floor(Math.log10(count));
