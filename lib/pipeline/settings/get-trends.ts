import { countDeliveryEnds, countSightingsBySource, measureDecisions } from "@/lib/db/trend-store";
import { readableProjects } from "@/lib/domain/permission";
import {
  destinationSeries,
  filledDecisions,
  sourceSeries,
  type Trends,
  type TrendWindow,
  trendSpan,
} from "@/lib/domain/trends";
import { authorize } from "../authorize";
import type { Context } from "../context";

/** Small multiples that fit beside the queue; the others are added up. */
const sourcesMax = 8;

/** Sightings by source, time to decision and ends of deliveries over a window. @throws AppError forbidden */
export async function getTrends(ctx: Context, window: TrendWindow): Promise<Trends> {
  await authorize(ctx, "read", { kind: "overview", id: "trends" });
  const projects = readableProjects(ctx.actor);
  const span = trendSpan(window, ctx.nowMs);
  const [sightings, decisions, deliveries] = await Promise.all([
    countSightingsBySource(ctx.db, projects, span),
    measureDecisions(ctx.db, projects, span),
    countDeliveryEnds(ctx.db, projects, span),
  ]);
  const total = sightings.reduce((sum, each) => sum + each.count, 0);
  return {
    span,
    nowMs: ctx.nowMs,
    occurrences: { total, ...sourceSeries(sightings, span, sourcesMax) },
    decisions: { ...decisions.whole, bars: filledDecisions(decisions.bars, span) },
    deliveries: destinationSeries(deliveries.ends, span),
    partial: decisions.partial || deliveries.partial,
  };
}
