import {
  endOldRecords,
  findRecord,
  findTriggersRecord,
  insertReassessment,
  insertTriggers,
  listWaitingTriggers,
  lockScope,
  readScopes,
  saveScopes,
} from "@/lib/db/reassessment-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import {
  compareFindings,
  type FoundFinding,
  leadingTrigger,
  type QueuedTrigger,
  type ReassessmentRecord,
  type ReassessmentScope,
  recordIdOf,
  scheduleOf,
  triggerDetailOf,
  wantsRun,
} from "@/lib/domain/reassessment";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { readConfig } from "../settings/get-config";
import { cardFindingProvider } from "./card-finding-provider";
import type { FindingProvider } from "./finding-provider";
import { metricFindings } from "./metric-findings";
import { postureFindings } from "./posture-findings";

/** What a reassessment asks, one line each. */
export const findingProviders: readonly FindingProvider[] = [
  metricFindings,
  postureFindings,
  cardFindingProvider,
];

/** Records of a scope that are kept; older ones go when a new one is made. */
export const recordsKept = 500;

export type Wanted =
  /** Whatever the schedule says: this cause was given by somebody who waits for its record. */
  | { triggerId: string }
  /** Only if the schedule or a waiting cause asks for it, still, once nobody else can. */
  | "if-wanted";

/**
 * Assesses one scope and writes the record with what is new, recurring and gone since the last one. It names every cause that
 * waited when it began to look; one that came while it looked waits for the next. Under the scope's lock: of several
 * processes one writes, and the others find that nothing is wanted any more. Callers authorize.
 *
 * @returns null where nothing is wanted.
 */
export async function reassess(
  ctx: Context,
  scope: ReassessmentScope,
  wanted: Wanted,
  providers: readonly FindingProvider[] = findingProviders,
): Promise<ReassessmentRecord | null> {
  const { scopeKey } = scope;
  const settings = (await readConfig(ctx)).reassessment;
  const seen = await listWaitingTriggers(ctx.db, [scopeKey]);
  const [before] = await readScopes(ctx.db, [scope], ctx.nowMs);
  if (wanted === "if-wanted" && before && !wantsRun(scheduleOf(before, settings, ctx.nowMs), seen, ctx.nowMs))
    return null;
  const found = (await Promise.all(providers.map((each) => each.find(ctx, scope)))).flat();

  return inTransaction(ctx.db, async (tx) => {
    await saveScopes(tx, [scope], ctx.nowMs);
    const state = await lockScope(tx, scopeKey);
    if (wanted !== "if-wanted") {
      const made = await findTriggersRecord(tx, wanted.triggerId);
      if (made) return made;
    }
    const ids = new Set(seen.map((each) => each.triggerId));
    const waiting = (await listWaitingTriggers(tx, [scopeKey])).filter((each) => ids.has(each.triggerId));
    const row = scheduleOf(state, settings, ctx.nowMs);
    if (wanted === "if-wanted" && !wantsRun(row, waiting, ctx.nowMs)) return null;

    const causes: QueuedTrigger[] = waiting;
    if (row.isDue) {
      const scheduled = causeOf(ctx);
      await insertTriggers(tx, [{ ...scheduled, scopeKey }]);
      causes.push(scheduled);
    }
    const previous = state.lastVersion === null ? null : await findRecord(tx, scopeKey, state.lastVersion);
    const record = makeRecord(ctx, scope, (state.lastVersion ?? 0) + 1, causes, found, previous);
    await insertReassessment(tx, record);
    const dropped = await endOldRecords(tx, scopeKey, recordsKept);
    const { comparison } = record;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.reassessment.completed",
      subject: { kind: "reassessment", id: record.recordId },
      detail: {
        ...{ scope_key: scopeKey, version: record.version, trigger: record.trigger },
        triggers: record.triggers.length,
        new: comparison.newFingerprints.length,
        recurring: comparison.recurringFingerprints.length,
        resolved: comparison.resolvedFingerprints.length,
        ...(dropped > 0 && { records_dropped: dropped }),
      },
    });
    return record;
  });
}

const causeOf = (ctx: Context): QueuedTrigger => ({
  ...{ triggerId: newId.reassessmentTrigger(), trigger: "scheduled" as const, detail: [] },
  ...{ actor: actorRef(ctx.actor), createdAtMs: ctx.nowMs },
});

function makeRecord(
  ctx: Context,
  { scopeKey, tenantId, workspaceId }: ReassessmentScope,
  version: number,
  triggers: QueuedTrigger[],
  found: readonly FoundFinding[],
  previous: ReassessmentRecord | null,
): ReassessmentRecord {
  const compared = compareFindings(found, previous, ctx.nowMs);
  return {
    ...{ recordId: recordIdOf(scopeKey, version), scopeKey, tenantId, workspaceId, version },
    trigger: leadingTrigger(triggers),
    triggerDetail: triggerDetailOf(triggers),
    triggers,
    generatedAtMs: ctx.nowMs,
    ...compared,
    evidenceRefs: [...new Set(compared.findings.flatMap((each) => each.evidenceRefs))].sort(),
  };
}
