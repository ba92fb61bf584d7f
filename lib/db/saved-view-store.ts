import type { ActorRef } from "@/lib/domain/actor";
import { type SavedView, type SeenView, viewNameKey } from "@/lib/domain/saved-view";
import type { Database } from "./client";
import type { Prisma } from "./generated/client";
import { type Transaction, takeTurn } from "./transaction";

/** An actor's own views and those shared by others, by name; at most `limit`. */
export async function listSavedViewRecords(
  db: Database,
  actorKey: string,
  limit: number,
): Promise<SeenView[]> {
  const rows = await db.prisma.savedView.findMany({
    where: { OR: [{ ownerKey: actorKey }, { shared: true }] },
    include: { defaults: { where: { actorKey } } },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: limit,
  });
  return rows.map(seenFromRow);
}

/** One view with whether it is this actor's default, whoever owns it; null when there is none. */
export async function findSavedView(
  db: Database,
  viewId: string,
  actorKey: string,
): Promise<SeenView | null> {
  const row = await db.prisma.savedView.findUnique({
    where: { id: viewId },
    include: { defaults: { where: { actorKey } } },
  });
  return row && seenFromRow(row);
}

/** How many they have; nobody else adds one of theirs before this transaction ends. */
export async function countSavedViews(tx: Transaction, ownerKey: string): Promise<number> {
  await takeTurn(tx, `saved-views.${ownerKey}`);
  return tx.savedView.count({ where: { ownerKey } });
}

/** @throws a unique violation for a name its owner has already. */
export async function insertSavedView(tx: Transaction, view: SavedView): Promise<void> {
  await tx.savedView.create({
    data: {
      id: view.viewId,
      ownerKey: view.ownerKey,
      owner: view.owner,
      createdAt: new Date(view.createdAtMs),
      ...changeable(view),
    },
  });
}

/** Over exactly the version that was read. false: somebody was first. */
export async function moveSavedView(tx: Transaction, view: SavedView, fromVersion: number): Promise<boolean> {
  const moved = await tx.savedView.updateMany({
    where: { id: view.viewId, version: fromVersion },
    data: { ...changeable(view), version: fromVersion + 1 },
  });
  return moved.count === 1;
}

/** false when it is gone already. */
export async function removeSavedView(tx: Transaction, viewId: string): Promise<boolean> {
  return (await tx.savedView.deleteMany({ where: { id: viewId } })).count === 1;
}

/** What the actor's queue opens with; null for the whole queue. */
export async function putDefaultView(
  tx: Transaction,
  actorKey: string,
  viewId: string | null,
): Promise<void> {
  if (viewId === null) {
    await tx.savedViewDefault.deleteMany({ where: { actorKey } });
    return;
  }
  await tx.savedViewDefault.upsert({
    where: { actorKey },
    create: { actorKey, viewId },
    update: { viewId },
  });
}

const changeable = (view: SavedView) => ({
  name: view.name,
  nameKey: viewNameKey(view.name),
  query: view.query as Prisma.InputJsonValue,
  shared: view.shared,
  updatedAt: new Date(view.updatedAtMs),
});

type ViewRow = Prisma.SavedViewGetPayload<{ include: { defaults: true } }>;

function seenFromRow(row: ViewRow): SeenView {
  return {
    viewId: row.id,
    ownerKey: row.ownerKey,
    owner: row.owner as ActorRef,
    name: row.name,
    query: row.query as Record<string, string>,
    shared: row.shared,
    version: row.version,
    createdAtMs: row.createdAt.getTime(),
    updatedAtMs: row.updatedAt.getTime(),
    isDefault: row.defaults.length > 0,
  };
}
