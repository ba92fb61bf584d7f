import { findSavedView } from "@/lib/db/saved-view-store";
import { actorKey } from "@/lib/domain/actor";
import { decidePermission } from "@/lib/domain/permission";
import type { SavedView, SeenView } from "@/lib/domain/saved-view";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export const viewSubject = (viewId: string) => ({ kind: "saved_view", id: viewId });

/**
 * A view that the actor may see: their own, or one that is shared. Somebody else's own does not exist for them.
 *
 * @throws AppError not_found `view_not_found`, forbidden.
 */
export async function requireView(ctx: Context, viewId: string): Promise<SeenView> {
  await authorize(ctx, "read", viewSubject(viewId));
  const view = await findSavedView(ctx.db, viewId, actorKey(ctx.actor));
  if (!view || !(view.shared || isOwner(ctx, view))) throw missingView(viewId);
  return view;
}

/**
 * A view that the actor may change: their own, and for who sets up the monitor also what others share.
 *
 * @throws AppError as requireView; forbidden, audited.
 */
export async function requireOwnView(ctx: Context, viewId: string): Promise<SeenView> {
  const view = await requireView(ctx, viewId);
  if (isOwner(ctx, view)) return view;
  await authorize(ctx, "configure", viewSubject(viewId));
  return view;
}

export const isOwner = (ctx: Context, view: SavedView): boolean => view.ownerKey === actorKey(ctx.actor);

export const mayChange = (ctx: Context, view: SavedView): boolean =>
  isOwner(ctx, view) || decidePermission(ctx.actor, "configure").allowed;

export const missingView = (viewId: string) =>
  new AppError("not_found", "view_not_found", "There is no such view", { view_id: viewId });

export const nameTaken = () =>
  new AppError("conflict", "view_name_taken", "You have a view of this name already", { field: "name" });
