import { listSavedViewRecords } from "@/lib/db/saved-view-store";
import { actorKey } from "@/lib/domain/actor";
import type { SeenView } from "@/lib/domain/saved-view";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { mayChange } from "./require-view";

export type ListedView = SeenView & { mayChange: boolean };

/** Views in one answer; more than anybody keeps. */
const listMax = 500;

/** The actor's own views and what others share, by name. @throws AppError forbidden */
export async function listViews(ctx: Context): Promise<ListedView[]> {
  await authorize(ctx, "read", { kind: "saved_views", id: "list" });
  const views = await listSavedViewRecords(ctx.db, actorKey(ctx.actor), listMax);
  return views.map((view) => ({ ...view, mayChange: mayChange(ctx, view) }));
}
