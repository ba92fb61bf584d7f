import { findStoredPack } from "@/lib/db/scenario-store";
import { builtinPack, builtinPackId } from "@/lib/domain/builtin-scenario-pack";
import { projectsHolding } from "@/lib/domain/permission";
import { type PackOrigin, projectOf, type ScenarioPack, type StoredPack } from "@/lib/domain/scenario";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export const packSubject = (id: string, projectId?: string | null) => ({
  kind: "scenario_pack",
  id,
  projectId,
});

/**
 * Whose packs and runs the caller may see: null for all of them, else those of these projects.
 *
 * @throws AppError forbidden: who may configure nothing sees none, and that is audited.
 */
export async function requireReach(ctx: Context): Promise<readonly string[] | null> {
  const reach = projectsHolding(ctx.actor, "configure");
  if (reach === null || reach.length > 0) return reach;
  await authorize(ctx, "configure", packSubject("list"));
  return reach;
}

export const missingPack = (packId: string) =>
  new AppError("not_found", "scenario_pack_not_found", "There is no such scenario pack", { pack_id: packId });

/** A stored pack that the caller may change. @throws AppError not_found `scenario_pack_not_found`, forbidden. */
export async function requireStoredPack(ctx: Context, packId: string): Promise<StoredPack> {
  const reach = await requireReach(ctx);
  const pack = await findStoredPack(ctx.db, packId);
  // Another project's is as good as none: ids of other people's packs cannot be told from guesses.
  if (!pack || (reach !== null && !(pack.projectId && reach.includes(pack.projectId))))
    throw missingPack(packId);
  return pack;
}

/**
 * The pack that a run asks for: one sent along, a stored one, or the built-in one, and whose business it is: a project's
 * where it stays in that, else (undefined) the whole deployment's.
 *
 * @throws AppError not_found `scenario_pack_not_found`, forbidden.
 */
export async function requireAskedPack(
  ctx: Context,
  asked: { pack: ScenarioPack | null; packId: string | null },
): Promise<{ pack: ScenarioPack; origin: PackOrigin; projectId: string | undefined }> {
  const found = await packAsked(ctx, asked);
  return { ...found, projectId: projectOf(found.pack.scenarios) ?? undefined };
}

async function packAsked(
  ctx: Context,
  { pack, packId }: { pack: ScenarioPack | null; packId: string | null },
): Promise<{ pack: ScenarioPack; origin: PackOrigin }> {
  if (pack) return { pack, origin: "given" };
  if (packId === null || packId === builtinPackId) return { pack: builtinPack, origin: "builtin" };
  return { pack: await requireStoredPack(ctx, packId), origin: "stored" };
}
