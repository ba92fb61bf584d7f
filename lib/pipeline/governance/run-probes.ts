import { insertProbeRun } from "@/lib/db/probe-run-store";
import { inTransaction } from "@/lib/db/transaction";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import type { AuthorityInventory } from "@/lib/domain/authority-inventory";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { type ProbeAsk, probePolicy } from "@/lib/domain/probe";
import { type ProbeRun, type ProbeRunContent, probeRunsKept } from "@/lib/domain/probe-run";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { getAuthorityInventory } from "./get-authority-inventory";
import { tryControls } from "./try-controls";

/** `run` null: probes are switched off, so nothing was tried and nothing is kept. */
export type ProbesAnswer = {
  content: ProbeRunContent;
  inventory: AuthorityInventory;
  run: ProbeRun | null;
};

/**
 * Tries the controls that were asked for and keeps what came of it as evidence, with its audit entry, in one transaction:
 * a run that breaks off leaves nothing. No control is tried on anything outside, and no setting is changed.
 *
 * @throws AppError forbidden
 */
export async function runProbes(ctx: Context, ask: ProbeAsk): Promise<ProbesAnswer> {
  await authorize(ctx, "configure", { kind: "security", id: "assessment_probes" });
  const policy = probePolicy(ask);
  const inventory = await getAuthorityInventory(ctx);
  const content = await tryControls(ctx, policy, inventory);
  const run = policy.mode === "disabled" ? null : await keepRun(ctx, content);
  return { content, inventory, run };
}

async function keepRun(ctx: Context, content: ProbeRunContent): Promise<ProbeRun> {
  const run: ProbeRun = {
    probeRunId: newId.probeRun(),
    createdAtMs: ctx.nowMs,
    actor: actorRef(ctx.actor),
    content,
    sha256: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(content)))),
  };
  await inTransaction(ctx.db, async (tx) => {
    const dropped = await insertProbeRun(tx, run, probeRunsKept);
    const { pass, fail, blocked } = content.counts;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.assessment_probes.completed",
      subject: { kind: "probe_run", id: run.probeRunId },
      detail: {
        probes: content.policy.selectedProbeIds,
        ...{ pass, fail, blocked, dropped_runs: dropped, sha256: run.sha256 },
      },
    });
  });
  return run;
}
