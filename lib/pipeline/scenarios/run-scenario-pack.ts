import { insertScenarioRun } from "@/lib/db/scenario-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { countResults, type ScenarioPack, type ScenarioRun } from "@/lib/domain/scenario";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { playPack } from "./play-pack";
import { packSubject, requireAskedPack } from "./require-packs";

export type RunScenarioPackInput = {
  /** One that is not stored. */
  pack: ScenarioPack | null;
  /** A stored one; neither: the built-in one. */
  packId: string | null;
  /** Empty: all of it. Names that it does not have choose nothing. */
  scenarioIds: readonly string[];
};

/**
 * Plays a pack through the real intake, routing and approval, each scenario in a sandbox of its own that leaves nothing
 * behind. What is kept is the run's record and one audit entry.
 *
 * @throws AppError forbidden, not_found `scenario_pack_not_found`, conflict `scenario_run_under_way`.
 */
export async function runScenarioPack(ctx: Context, input: RunScenarioPackInput): Promise<ScenarioRun> {
  const { pack, origin, projectId } = await requireAskedPack(ctx, input);
  await authorize(ctx, "configure", packSubject(pack.packId, projectId));
  const wanted = new Set(input.scenarioIds);
  const chosen = pack.scenarios.filter((each) => wanted.size === 0 || wanted.has(each.scenarioId));
  const played = await playPack(ctx, { ...pack, scenarios: chosen });
  if (!played) {
    throw new AppError(
      "conflict",
      "scenario_run_under_way",
      "Another run of scenarios is under way; try again once it has ended",
      { retryable: true },
    );
  }
  const run: ScenarioRun = {
    ...played,
    ...{ packId: pack.packId, packVersion: pack.version, packDescription: pack.description },
    ...{ origin, projectId: projectId ?? null, actor: actorRef(ctx.actor), startedAtMs: ctx.nowMs },
    counts: countResults(played.results),
  };
  await inTransaction(ctx.db, async (tx) => {
    await insertScenarioRun(tx, run);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.scenario_pack.run",
      subject: packSubject(run.packId, projectId),
      detail: {
        ...{ run_id: run.runId, origin, version: run.packVersion, counts: run.counts },
        findings: run.results.flatMap((each) => each.findingId ?? []),
      },
    });
  });
  return run;
}
