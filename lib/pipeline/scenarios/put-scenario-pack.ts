import { countStoredPacks, findStoredPack, insertStoredPack, moveStoredPack } from "@/lib/db/scenario-store";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { builtinPackId } from "@/lib/domain/builtin-scenario-pack";
import { packLimits, projectOf, type ScenarioPack, type StoredPack } from "@/lib/domain/scenario";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { packSubject } from "./require-packs";

export type PutScenarioPackInput = {
  pack: ScenarioPack;
  /** The revision that was read; null for a pack that is not there yet. */
  revision: number | null;
};

/**
 * Stores a pack, or changes it over exactly the revision that was read.
 *
 * @throws AppError forbidden, invalid `scenario_pack_builtin`, conflict `scenario_pack_moved` | `scenario_packs_too_many`.
 */
export async function putScenarioPack(
  ctx: Context,
  { pack, revision }: PutScenarioPackInput,
): Promise<StoredPack> {
  const projectId = projectOf(pack.scenarios);
  const subject = packSubject(pack.packId, projectId ?? undefined);
  await authorize(ctx, "configure", subject);
  if (pack.packId === builtinPackId) {
    throw new AppError("invalid", "scenario_pack_builtin", "The built-in pack keeps its name to itself", {
      field: "pack.pack_id",
    });
  }
  const before = await findStoredPack(ctx.db, pack.packId);
  // Taking over another project's pack by its name needs a say over that project too.
  if (before) await authorize(ctx, "configure", packSubject(pack.packId, before.projectId ?? undefined));
  if ((before?.revision ?? null) !== revision) throw moved(pack.packId, before);
  const stored: StoredPack = {
    ...pack,
    ...{ projectId, revision: (revision ?? 0) + 1, updatedBy: actorRef(ctx.actor), updatedAtMs: ctx.nowMs },
  };
  try {
    await inTransaction(ctx.db, async (tx) => {
      if (revision === null) {
        if ((await countStoredPacks(tx)) >= packLimits.packs) throw tooMany();
        await insertStoredPack(tx, stored);
      } else if (!(await moveStoredPack(tx, stored, revision))) throw moved(pack.packId, before);
      await recordAudit(tx, ctx, {
        action: "incident_monitor.scenario_pack.saved",
        subject,
        detail: { version: pack.version, revision: stored.revision, scenarios: pack.scenarios.length },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw moved(pack.packId, before);
    throw error;
  }
  return stored;
}

const moved = (packId: string, before: StoredPack | null) =>
  new AppError(
    "conflict",
    "scenario_pack_moved",
    before
      ? "The pack was changed meanwhile; look again"
      : "The pack is not there any more, or not yet; look again",
    { pack_id: packId, current_revision: before?.revision ?? null },
  );

const tooMany = () =>
  new AppError(
    "conflict",
    "scenario_packs_too_many",
    `There are ${packLimits.packs} packs; delete one first`,
    {
      limit: packLimits.packs,
    },
  );
