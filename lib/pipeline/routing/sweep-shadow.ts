import { loadConfig } from "@/lib/db/config-store";
import { type RoutedDraft, readDraftsAfter } from "@/lib/db/routed-record-store";
import {
  endShadowProgress,
  moveShadowProgress,
  readShadowProgress,
  recordShadowDecisions,
} from "@/lib/db/shadow-decision-store";
import { inTransaction } from "@/lib/db/transaction";
import type { MonitorConfig } from "@/lib/domain/config";
import { routeContextOf } from "@/lib/domain/route-context";
import { decideRoute } from "@/lib/domain/routing";
import { hasShadowRoutes, type ShadowDecision, shadowDecisions } from "@/lib/domain/shadow";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

const pageSize = 500;
/** Younger drafts are left for the next turn: one may be committed this much later than its time (a statement has 20 s). */
const settledAfterMs = 25_000;
const subject = { kind: "shadow_decisions", id: "drafted" } as const;

/**
 * Shows the drafts made since the last turn to the shadow routes and records what they would have sent. Intake does not
 * wait for it. Drafts from before there was a shadow route are a backtest's business.
 */
export async function sweepShadow(ctx: Context): Promise<void> {
  await authorize(ctx, "work", subject);
  const [config, through] = await Promise.all([loadConfig(ctx.db), readShadowProgress(ctx.db)]);
  if (!hasShadowRoutes(config)) {
    if (through !== null) await inTransaction(ctx.db, endShadowProgress);
    return;
  }
  if (through === null) {
    await inTransaction(ctx.db, (tx) => moveShadowProgress(tx, ctx.nowMs));
    return;
  }
  const untilMs = ctx.nowMs - settledAfterMs;
  let after = { createdAtMs: through, draftId: "" };
  while (after.createdAtMs < untilMs && !ctx.services.stopping?.aborted) {
    const page = await readDraftsAfter(ctx.db, after, pageSize);
    const settled = page.filter((draft) => draft.createdAtMs < untilMs);
    const last = settled.at(-1);
    const isEnd = settled.length < pageSize;
    await record(ctx, settled, config, isEnd ? untilMs : (last?.createdAtMs ?? untilMs));
    if (isEnd || !last) return;
    after = { createdAtMs: last.createdAtMs, draftId: last.draftId };
  }
}

async function record(
  ctx: Context,
  drafts: readonly RoutedDraft[],
  config: MonitorConfig,
  throughMs: number,
): Promise<void> {
  const decisions = drafts.flatMap((draft) => decisionsOf(draft, config));
  await inTransaction(ctx.db, async (tx) => {
    const added = await recordShadowDecisions(tx, decisions);
    await moveShadowProgress(tx, throughMs);
    if (added === 0) return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.shadow.recorded",
      subject,
      detail: { decisions: added },
    });
  });
}

/** As intake judges it: a first sighting, at the time it was drafted. */
function decisionsOf(draft: RoutedDraft, config: MonitorConfig): ShadowDecision[] {
  const moment = { occurrenceCount: 1, provenance: draft.provenance, nowMs: draft.createdAtMs };
  const context = routeContextOf(draft.content, config, moment);
  const decision = decideRoute(context, config, new Map());
  const { draftId, incidentId } = draft;
  const named = { draftId, incidentId, projectId: draft.content.projectId };
  return shadowDecisions(named, { decision, context, config }, "drafted", draft.createdAtMs).map((each) => ({
    ...each,
    shadowDecisionId: newId.shadowDecision(),
  }));
}
