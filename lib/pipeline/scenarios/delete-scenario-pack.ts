import { removeStoredPack } from "@/lib/db/scenario-store";
import { inTransaction } from "@/lib/db/transaction";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { missingPack, packSubject, requireStoredPack } from "./require-packs";

/** Deletes a stored pack; its runs stay as evidence. @throws AppError not_found `scenario_pack_not_found`, forbidden */
export async function deleteScenarioPack(ctx: Context, packId: string): Promise<void> {
  const pack = await requireStoredPack(ctx, packId);
  await authorize(ctx, "configure", packSubject(packId, pack.projectId ?? undefined));
  await inTransaction(ctx.db, async (tx) => {
    if (!(await removeStoredPack(tx, packId))) throw missingPack(packId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.scenario_pack.deleted",
      subject: packSubject(packId, pack.projectId),
      detail: { version: pack.version, revision: pack.revision },
    });
  });
}
