import { moveSavedView, putDefaultView } from "@/lib/db/saved-view-store";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { actorKey } from "@/lib/domain/actor";
import { type SavedView, viewName } from "@/lib/domain/saved-view";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import type { ListedView } from "./list-views";
import { mayChange, nameTaken, requireOwnView, requireView, viewSubject } from "./require-view";

/** What is left out stays as it is. */
export type UpdateViewInput = {
  viewId: string;
  name?: string;
  query?: Readonly<Record<string, string>>;
  shared?: boolean;
  /** Does the actor's own queue open with it? Anybody's choice, also for what others share. */
  isDefault?: boolean;
};

/**
 * Renames a view, points it at another list, shares it, or makes it what the actor's queue opens with.
 *
 * @throws AppError not_found `view_not_found`, forbidden, conflict `view_name_taken` | `view_moved`.
 */
export async function updateView(ctx: Context, input: UpdateViewInput): Promise<ListedView> {
  const { viewId, name, query, shared, isDefault } = input;
  const changes = { name, query, shared };
  const changed = Object.entries(changes).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const before = changed.length > 0 ? await requireOwnView(ctx, viewId) : await requireView(ctx, viewId);
  const after: SavedView = {
    ...before,
    name: name === undefined ? before.name : viewName(name),
    query: query ?? before.query,
    shared: shared ?? before.shared,
    updatedAtMs: ctx.nowMs,
  };
  try {
    await inTransaction(ctx.db, async (tx) => {
      if (changed.length > 0 && !(await moveSavedView(tx, after, before.version))) {
        throw new AppError(
          "conflict",
          "view_moved",
          "The view was changed or deleted meanwhile; look again",
          {
            view_id: viewId,
          },
        );
      }
      if (isDefault === true) await putDefaultView(tx, actorKey(ctx.actor), viewId);
      if (isDefault === false && before.isDefault) await putDefaultView(tx, actorKey(ctx.actor), null);
      await recordAudit(tx, ctx, {
        action: "incident_monitor.saved_view.updated",
        subject: viewSubject(viewId),
        detail: { changed, ...(isDefault !== undefined && { default: isDefault }) },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw nameTaken();
    throw error;
  }
  const version = before.version + (changed.length > 0 ? 1 : 0);
  return { ...after, version, isDefault: isDefault ?? before.isDefault, mayChange: mayChange(ctx, after) };
}
