import { withLock } from "@/lib/db/advisory-lock";
import { loadConfig } from "@/lib/db/config-store";
import { withSandboxes } from "@/lib/db/sandbox";
import { sha256Hex } from "@/lib/digest";
import type { ScenarioPack, ScenarioResult, ScenarioRun } from "@/lib/domain/scenario";
import { judgeScenario } from "@/lib/domain/scenario-judge";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { nothingSeen, playScenario } from "./play-scenario";

export type PlayedPack = Pick<ScenarioRun, "runId" | "results" | "durationMs" | "configVersion">;

/** A run takes its time and holds a connection: one at a time in the whole deployment. */
const lockName = "scenario-run";
/** Scenarios that have not begun by then are not played. ms */
const runBudgetMs = 60_000;

/**
 * Plays every scenario of a pack in a sandbox of its own and keeps nothing of it; who calls has authorized. null while
 * another run is under way.
 */
export const playPack = (ctx: Context, pack: ScenarioPack): Promise<PlayedPack | null> =>
  withLock(ctx.db, lockName, () => playAll(ctx, pack));

async function playAll(ctx: Context, pack: ScenarioPack): Promise<PlayedPack> {
  const runId = newId.scenarioRun();
  const began = performance.now();
  const live = await loadConfig(ctx.db);
  const results = await withSandboxes(ctx.db, async (inSandbox) => {
    const judged: ScenarioResult[] = [];
    for (const scenario of pack.scenarios) {
      const isLate = performance.now() - began > runBudgetMs;
      const observed = isLate
        ? { ...nothingSeen(), error: "out_of_time" }
        : await playScenario(ctx, scenario, live, inSandbox);
      judged.push(judgeScenario(scenario, observed, { packId: pack.packId, runId }, sha256Hex));
    }
    return judged;
  });
  const durationMs = Math.round(performance.now() - began);
  return { runId, results, durationMs, configVersion: live.version };
}
