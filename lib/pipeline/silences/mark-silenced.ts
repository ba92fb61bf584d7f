import { loadConfig } from "@/lib/db/config-store";
import { findBegunSilences } from "@/lib/db/silence-store";
import type { Draft, Incident } from "@/lib/domain/records";
import type { RoutedContent } from "@/lib/domain/route-context";
import { routedContentOf } from "@/lib/domain/route-preview";
import { type ActiveSilence, activeSilences, silencedBy } from "@/lib/domain/silence";
import type { Context } from "../context";

export async function readActiveSilences(ctx: Context): Promise<ActiveSilence[]> {
  return activeSilences(await findBegunSilences(ctx.db, ctx.nowMs), ctx.nowMs);
}

/** Drafts with what holds each now. The configuration is read only while something is silenced at all. */
export const markSilencedDrafts = (ctx: Context, drafts: readonly Draft[]): Promise<Draft[]> =>
  mark(ctx, drafts, (draft) => draft.content);

/** Incidents with what holds each now, by what is known of the incident itself. */
export const markSilencedIncidents = (ctx: Context, incidents: readonly Incident[]): Promise<Incident[]> =>
  mark(ctx, incidents, routedContentOf);

async function mark<Row extends Draft | Incident>(
  ctx: Context,
  rows: readonly Row[],
  contentOf: (row: Row) => RoutedContent,
): Promise<Row[]> {
  const active = rows.length > 0 ? await readActiveSilences(ctx) : [];
  if (active.length === 0) return [...rows];
  const config = await loadConfig(ctx.db);
  return rows.map((row) => ({ ...row, silenced: silencedBy(contentOf(row), active, config) }));
}
