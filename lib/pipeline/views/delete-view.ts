import { removeSavedView } from "@/lib/db/saved-view-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { missingView, requireOwnView, viewSubject } from "./require-view";

/** Deletes a view for everybody who saw it; no draft is touched. @throws AppError not_found `view_not_found`, forbidden */
export async function deleteView(ctx: Context, viewId: string): Promise<void> {
  const view = await requireOwnView(ctx, viewId);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await removeSavedView(tx, viewId))) throw missingView(viewId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.saved_view.deleted",
      subject: viewSubject(viewId),
      detail: { shared: view.shared },
    });
  });
}
