import { insertTriggers, saveScopes } from "@/lib/db/reassessment-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { ReassessmentRecord, ScheduleRow } from "@/lib/domain/reassessment";
import { scopesOf } from "@/lib/domain/reassessment";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { readSchedule, reassessmentSubject } from "./list-reassessments";
import { reassess } from "./reassess";

/** Without a key: every scope. */
export type RunReassessmentInput = { scopeKey?: string | null };

export type ReassessmentsMade = {
  records: readonly [ReassessmentRecord, ...ReassessmentRecord[]];
  schedule: ScheduleRow[];
};

/**
 * Assesses now, whatever the schedule says. The wish is on record before the work: if this process dies, a worker does it. Reads
 * everything it looks at and changes nothing but its own records; a paused monitor is assessed like any other.
 *
 * @throws AppError forbidden, not_found `reassessment_scope_not_found`
 */
export async function runReassessment(ctx: Context, input: RunReassessmentInput): Promise<ReassessmentsMade> {
  await authorize(ctx, "assess", reassessmentSubject);
  const config = await readConfig(ctx);
  const scopes = scopesOf(config).filter((each) => !input.scopeKey || each.scopeKey === input.scopeKey);
  if (scopes.length === 0) {
    const message = "There is no such scope: the schedule lists those that there are";
    throw new AppError("not_found", "reassessment_scope_not_found", message, { field: "scope_key" });
  }
  const wishes = scopes.map((scope) => ({ scope, triggerId: newId.reassessmentTrigger() }));
  await inTransaction(ctx.db, async (tx) => {
    await saveScopes(tx, scopes, ctx.nowMs);
    await insertTriggers(
      tx,
      wishes.map(({ scope, triggerId }) => ({
        ...{ triggerId, scopeKey: scope.scopeKey, trigger: "manual" as const, detail: [] },
        ...{ actor: actorRef(ctx.actor), createdAtMs: ctx.nowMs },
      })),
    );
    await recordAudit(tx, ctx, {
      action: "incident_monitor.reassessment.requested",
      subject: reassessmentSubject,
      detail: { trigger: "manual", scope_keys: scopes.map((each) => each.scopeKey).slice(0, 50) },
    });
  });
  const made: ReassessmentRecord[] = [];
  // One after the other: each asks the database for a whole window.
  for (const { scope, triggerId } of wishes) {
    const record = await reassess(ctx, scope, { triggerId });
    if (record) made.push(record);
  }
  const [first, ...others] = made;
  if (!first) throw new AppError("internal", "reassessment_missing", "No record was made");
  return { records: [first, ...others], schedule: await readSchedule(ctx, config) };
}
