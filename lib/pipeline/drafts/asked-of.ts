import { loadConfig } from "@/lib/db/config-store";
import { findDrafts } from "@/lib/db/draft-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { namedSettings } from "@/lib/domain/config-validate-approvers";
import { askedPeople } from "@/lib/domain/named-approvers";
import type { Draft } from "@/lib/domain/records";
import { routeContextOf } from "@/lib/domain/route-context";
import { decideRoute } from "@/lib/domain/routing";
import type { Context } from "../context";

/** Whose approval a draft asks for, by id; null where anybody who may decide can give it. */
export type AskedOf = ReadonlySet<string> | null;

/**
 * Of drafts at the gate: the people whom settings name for them. As the review decides it, from today's configuration; what
 * a destination's readiness says has no part in it.
 */
export async function readAskedOf(
  ctx: Context,
  draftIds: readonly string[],
): Promise<(draftId: string) => AskedOf> {
  const config = draftIds.length > 0 ? await loadConfig(ctx.db) : null;
  if (!config || !namesAnybody(config)) return () => null;
  const drafts = await findDrafts(ctx.db, draftIds);
  const asked = new Map(drafts.map((draft) => [draft.draftId, askedOf(draft, config, ctx.nowMs)]));
  return (draftId) => asked.get(draftId) ?? null;
}

export function askedOf(draft: Draft, config: MonitorConfig, nowMs: number): AskedOf {
  const { occurrenceCount, provenance } = draft;
  const context = routeContextOf(draft.content, config, { occurrenceCount, provenance, nowMs });
  return askedPeople(decideRoute(context, config, new Map()).approval);
}

export const namesAnybody = (config: MonitorConfig): boolean => namedSettings(config).length > 0;
