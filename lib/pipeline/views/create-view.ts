import { countSavedViews, insertSavedView, putDefaultView } from "@/lib/db/saved-view-store";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { actorKey, actorRef } from "@/lib/domain/actor";
import { type SavedView, viewName, viewsMax } from "@/lib/domain/saved-view";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import type { ListedView } from "./list-views";
import { nameTaken, viewSubject } from "./require-view";

export type CreateViewInput = {
  name: string;
  query: Readonly<Record<string, string>>;
  shared: boolean;
  isDefault: boolean;
};

/**
 * Gives the queue as it is filtered and ordered now a name.
 *
 * @throws AppError forbidden, conflict `view_name_taken` | `views_too_many`.
 */
export async function createView(ctx: Context, input: CreateViewInput): Promise<ListedView> {
  const viewId = newId.savedView();
  await authorize(ctx, "read", viewSubject(viewId));
  const owner = actorKey(ctx.actor);
  const view: SavedView = {
    ...{ viewId, ownerKey: owner, owner: actorRef(ctx.actor), name: viewName(input.name) },
    ...{ query: input.query, shared: input.shared, version: 1 },
    ...{ createdAtMs: ctx.nowMs, updatedAtMs: ctx.nowMs },
  };
  try {
    await inTransaction(ctx.db, async (tx) => {
      if ((await countSavedViews(tx, owner)) >= viewsMax) throw tooMany();
      await insertSavedView(tx, view);
      if (input.isDefault) await putDefaultView(tx, owner, viewId);
      await recordAudit(tx, ctx, {
        action: "incident_monitor.saved_view.created",
        subject: viewSubject(viewId),
        detail: { shared: view.shared, default: input.isDefault },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw nameTaken();
    throw error;
  }
  return { ...view, isDefault: input.isDefault, mayChange: true };
}

const tooMany = () =>
  new AppError("conflict", "views_too_many", `You have ${viewsMax} views; delete one first`, {
    limit: viewsMax,
  });
