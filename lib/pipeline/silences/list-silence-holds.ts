import { type ListedHold, listSilenceHoldRecords } from "@/lib/db/silence-hold-store";
import type { ListPage } from "@/lib/domain/page";
import { readableProjects } from "@/lib/domain/permission";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";
import { requireSilence } from "./require-silence";

export type ListSilenceHoldsInput = { silenceId: string; open?: boolean; page: ListPage };

/** Which drafts a silence held and when, newest first. @throws AppError not_found, forbidden, invalid `cursor_invalid` */
export async function listSilenceHolds(
  ctx: Context,
  { silenceId, open, page }: ListSilenceHoldsInput,
): Promise<{ holds: ListedHold[]; total: number; nextCursor: string | null }> {
  await requireSilence(ctx, silenceId);
  const cursor = pageCursor("silence-holds", { silenceId, open }, page);
  const filter = { silenceId, open, projects: readableProjects(ctx.actor) };
  const { holds, total, more } = await listSilenceHoldRecords(ctx.db, filter, cursor.page);
  const last = holds.at(-1);
  return {
    holds,
    total,
    nextCursor: cursor.next(more && last ? { atMs: last.heldAtMs, id: last.holdId } : null),
  };
}
