import { listStoredPacks } from "@/lib/db/scenario-store";
import { builtinPack } from "@/lib/domain/builtin-scenario-pack";
import type { ScenarioPack, StoredPack } from "@/lib/domain/scenario";
import type { Context } from "../context";
import { requireReach } from "./require-packs";

/**
 * The built-in pack, and the stored ones of the projects in reach (null: all of them). Runs nothing.
 *
 * @throws AppError forbidden
 */
export async function listScenarioPacks(
  ctx: Context,
): Promise<{ builtin: ScenarioPack; stored: StoredPack[]; reach: readonly string[] | null }> {
  const reach = await requireReach(ctx);
  return { builtin: builtinPack, stored: await listStoredPacks(ctx.db, reach), reach };
}
