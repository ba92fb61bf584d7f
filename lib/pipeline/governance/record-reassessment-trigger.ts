import { loadConfig } from "@/lib/db/config-store";
import { insertTriggers, saveScopes } from "@/lib/db/reassessment-store";
import type { Transaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { MonitorConfig } from "@/lib/domain/config";
import { deploymentKey, type ReassessmentTrigger, scopesOf } from "@/lib/domain/reassessment";
import { newId } from "@/lib/ids";
import type { Context } from "../context";

export type ReassessmentCause = {
  trigger: Exclude<ReassessmentTrigger, "manual" | "scheduled">;
  /** What changed: paths, ids, codes. Never a value. */
  detail: readonly string[];
  /** Concerns one project: its tenant's scopes and the deployment. Left out, every scope. */
  projectId?: string | null;
  /** Causes an assessment of each scope once and never again. */
  onceKey?: string;
};

/**
 * Puts a change among the causes that wait for the next reassessment, in the transaction of the change itself: it is lost with it or
 * kept with it, and takes no other's place. Nothing where change triggers are switched off. Callers authorize and record.
 *
 * @returns how many causes are new.
 */
export async function recordReassessmentTrigger(
  tx: Transaction,
  ctx: Context,
  causes: readonly ReassessmentCause[],
  given?: MonitorConfig,
): Promise<number> {
  if (causes.length === 0) return 0;
  const config = given ?? (await loadConfig(ctx.db));
  if (!config.reassessment.changeTriggersEnabled) return 0;
  const scopes = scopesOf(config);
  await saveScopes(tx, scopes, ctx.nowMs);
  const rows = causes.flatMap(({ projectId, ...cause }) =>
    scopes
      .filter(
        ({ scopeKey, projectIds }) =>
          projectId === undefined ||
          scopeKey === deploymentKey ||
          (projectId !== null && projectIds?.includes(projectId)),
      )
      .map(({ scopeKey }) => ({
        ...{ triggerId: newId.reassessmentTrigger(), scopeKey, ...cause },
        ...{ actor: actorRef(ctx.actor), createdAtMs: ctx.nowMs },
      })),
  );
  return insertTriggers(tx, rows);
}
