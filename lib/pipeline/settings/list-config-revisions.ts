import {
  type ConfigRevision,
  type ConfigRevisionFilter,
  listConfigRevisions as listRevisions,
} from "@/lib/db/config-revision-store";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ListPage } from "@/lib/domain/page";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { configSubject } from "./change-config";
import { shownConfig } from "./config-view";
import { requireConfigRevision } from "./require-config-revision";

export type ListConfigRevisionsInput = { filter: ConfigRevisionFilter; page: ListPage };

export type ConfigRevisionList = { revisions: ConfigRevision[]; total: number; nextCursor: string | null };

/** Who changed what, newest first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listConfigRevisions(
  ctx: Context,
  { filter, page }: ListConfigRevisionsInput,
): Promise<ConfigRevisionList> {
  await authorizeHistory(ctx);
  const cursor = pageCursor("config-history", filter, page);
  const { revisions, total, more } = await listRevisions(ctx.db, filter, cursor.page);
  const last = revisions.at(-1);
  return {
    revisions,
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.createdAtMs, id: last.id } : null),
  };
}

/** One revision with the configuration as it left it. @throws AppError forbidden, not_found */
export async function getConfigRevision(
  ctx: Context,
  { version }: { version: number },
): Promise<{ revision: ConfigRevision; config: MonitorConfig }> {
  await authorizeHistory(ctx);
  const { revision, config } = await requireConfigRevision(ctx, version);
  return { revision, config: shownConfig(ctx, config) };
}

/** Revisions tell of every project, as a record of none does: project roles alone do not open them. */
const authorizeHistory = (ctx: Context) => authorize(ctx, "read", { ...configSubject, projectId: null });
