import { findScenarioRun, listScenarioRunRecords } from "@/lib/db/scenario-store";
import type { ScenarioRun } from "@/lib/domain/scenario";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireReach } from "./require-packs";

/** The newest runs first, without their results. @throws AppError forbidden */
export async function listScenarioRuns(
  ctx: Context,
  limit: number | null,
): Promise<Array<Omit<ScenarioRun, "results">>> {
  return listScenarioRunRecords(ctx.db, await requireReach(ctx), limitOf(limit));
}

/** As other lists: 1 to 200, 50 unless said. */
const limitOf = (limit: number | null): number => Math.min(Math.max(limit ?? 50, 1), 200);

/** One run with what each scenario showed. @throws AppError not_found `scenario_run_not_found`, forbidden */
export async function getScenarioRun(ctx: Context, runId: string): Promise<ScenarioRun> {
  const reach = await requireReach(ctx);
  const run = await findScenarioRun(ctx.db, runId);
  if (!run || (reach !== null && !(run.projectId && reach.includes(run.projectId)))) {
    throw new AppError("not_found", "scenario_run_not_found", "There is no such run", { run_id: runId });
  }
  return run;
}
