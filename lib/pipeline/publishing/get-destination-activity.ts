import { loadConfig } from "@/lib/db/config-store";
import { readActivityBuckets, readActivityTotals } from "@/lib/db/destination-activity-store";
import { readDestinationHealth } from "@/lib/db/destination-health-store";
import { effectiveDestinations } from "@/lib/domain/config";
import {
  type ActivityHours,
  activityBucketMs,
  type DestinationActivity,
} from "@/lib/domain/destination-activity";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

/**
 * How a destination has done lately: attempts and their times in steps, ends, what waits, its circuit. Of the projects that the
 * actor may read alone.
 *
 * @throws AppError forbidden, not_found `destination_not_found`
 */
export async function getDestinationActivity(
  ctx: Context,
  input: { destinationId: string; hours: ActivityHours },
): Promise<DestinationActivity> {
  const { destinationId, hours } = input;
  await authorize(ctx, "read", { kind: "destination", id: destinationId });
  const config = await loadConfig(ctx.db);
  if (!effectiveDestinations(config).some((row) => row.destinationId === destinationId)) {
    throw new AppError("not_found", "destination_not_found", "No destination has this id", {
      destination_id: destinationId,
    });
  }
  const bucketMs = activityBucketMs(hours);
  const toMs = (Math.floor(ctx.nowMs / bucketMs) + 1) * bucketMs;
  const fromMs = toMs - hours * 3_600_000;
  const span = { destinationId, fromMs, toMs, bucketMs, projects: readableProjects(ctx.actor) };
  const [found, totals, allHealth] = await Promise.all([
    readActivityBuckets(ctx.db, span),
    readActivityTotals(ctx.db, span),
    readDestinationHealth(ctx.db),
  ]);
  const byTime = new Map(found.map((each) => [each.fromMs, each]));
  const buckets = Array.from({ length: Math.round((toMs - fromMs) / bucketMs) }, (_, index) => {
    const at = fromMs + index * bucketMs;
    return byTime.get(at) ?? { fromMs: at, attempts: 0, published: 0, medianMs: null, p95Ms: null };
  });
  const health = allHealth.get(destinationId);
  const state = (name: string) => totals.states[name] ?? 0;
  return {
    ...{ destinationId, fromMs, bucketMs, buckets },
    attempts: buckets.reduce((sum, each) => sum + each.attempts, 0),
    published: buckets.reduce((sum, each) => sum + each.published, 0),
    ended: {
      published: state("published"),
      failed: state("failed"),
      blocked: state("blocked"),
      cancelled: state("cancelled"),
    },
    waiting: {
      due: state("due"),
      retrying: state("retrying"),
      sending: state("sending"),
      ambiguous: state("ambiguous"),
    },
    medianMs: totals.medianMs,
    p95Ms: totals.p95Ms,
    circuit: health?.circuit ?? "closed",
    circuitOpenedAtMs: health?.circuitOpenedAtMs ?? null,
    nextTryAtMs: nextTry(health, ctx.nowMs),
    disabledReason: health?.disabledReason ?? null,
    lastSuccessAtMs: health?.lastSuccessAtMs ?? null,
    lastFailureAtMs: health?.lastFailureAtMs ?? null,
    lastFailureReason: health?.lastFailureReason ?? null,
  };
}

function nextTry(
  health: { circuit: string; retryAfterMs: number | null; pausedUntilMs: number | null } | undefined,
  nowMs: number,
): number | null {
  const times = [
    health?.circuit === "closed" ? null : (health?.retryAfterMs ?? null),
    health?.pausedUntilMs ?? null,
  ].filter((at): at is number => at !== null && at > nowMs);
  return times.length > 0 ? Math.max(...times) : null;
}
