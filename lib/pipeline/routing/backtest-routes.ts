import { countRoutedIncidents, type RoutedIncident, readRoutedIncidents } from "@/lib/db/routed-record-store";
import {
  type BacktestRow,
  type BacktestSummary,
  BacktestTally,
  backtestJudge,
  compareOutcomes,
} from "@/lib/domain/backtest";
import type { MonitorConfig } from "@/lib/domain/config";
import type { ConfigChange } from "@/lib/domain/config-diff";
import type { Issue } from "@/lib/domain/config-issue";
import { type ConfigPatch, mergeConfig } from "@/lib/domain/config-merge";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { changeConfig, configSubject } from "../settings/change-config";

export type BacktestInput = {
  sinceMs: number;
  untilMs: number;
  patch: ConfigPatch;
  /** Incidents looked at, the newest. */
  limit: number;
  examples: number;
};

export type BacktestProgress = { done: number; total: number };
export type BacktestResult = {
  sinceMs: number;
  untilMs: number;
  /** There are more in the span than the limit. */
  truncated: boolean;
  diff: ConfigChange[];
  warnings: Issue[];
  summary: BacktestSummary;
  newest: BacktestRow[];
  examples: BacktestRow[];
};
export type Backtest = {
  total: number;
  /** Steps while it goes on, then the result; null when it was told to stop. */
  run: (signal: AbortSignal) => AsyncGenerator<BacktestProgress, BacktestResult | null>;
};

const pageSize = 500;
const newestMax = 50;

/** Each takes a core's time for seconds; intake and delivery share it. */
const runningMax = 2;
const running = new WeakMap<Context["db"], number>();
const countRunning = (ctx: Context, by: number) => {
  const count = (running.get(ctx.db) ?? 0) + by;
  running.set(ctx.db, count);
  return count;
};

/**
 * What the stored incidents of a span would have become under a changed configuration, beside what they become under the
 * present one. Decides at the time of each incident, by its newest draft; reads in pages and writes nothing (D-16).
 *
 * @throws AppError forbidden, invalid `config_invalid` with `issues`, limited `backtests_running` while two of this
 * process are under way
 */
export async function backtestRoutes(ctx: Context, input: BacktestInput): Promise<Backtest> {
  await authorize(ctx, "configure", configSubject);
  if (countRunning(ctx, 0) >= runningMax) {
    const message = `${runningMax} backtests are running; try again when one has ended`;
    throw new AppError("limited", "backtests_running", message, { retry_after_seconds: 5 });
  }
  const stored: MonitorConfig[] = [];
  const proposed = await changeConfig(ctx, {
    action: "incident_monitor.config.updated",
    change: (current) => {
      stored[0] = current;
      return mergeConfig(current, input.patch);
    },
    dryRun: true,
  });
  const found = await countRoutedIncidents(ctx.db, input, input.limit + 1);
  const total = Math.min(found, input.limit);
  async function* run(signal: AbortSignal) {
    countRunning(ctx, 1);
    try {
      return yield* steps(signal);
    } finally {
      countRunning(ctx, -1);
    }
  }
  const steps = (signal: AbortSignal) =>
    walk(
      ctx,
      { ...input, limit: total },
      signal,
      (tally) => ({
        sinceMs: input.sinceMs,
        untilMs: input.untilMs,
        truncated: found > input.limit,
        diff: proposed.changes,
        warnings: proposed.warnings,
        summary: tally.summary(),
        newest: tally.newest,
        examples: tally.examples,
      }),
      { before: stored[0] ?? proposed.config, after: proposed.config },
    );
  return { total, run };
}

async function* walk(
  ctx: Context,
  input: BacktestInput,
  signal: AbortSignal,
  resultOf: (tally: BacktestTally) => BacktestResult,
  configs: { before: MonitorConfig; after: MonitorConfig },
): AsyncGenerator<BacktestProgress, BacktestResult | null> {
  const compare = comparing(configs.before, configs.after);
  const tally = new BacktestTally({ newest: newestMax, examples: input.examples });
  let last: RoutedIncident | undefined;
  while (tally.total < input.limit) {
    const size = Math.min(pageSize, input.limit - tally.total);
    const place = last ? { updatedAtMs: last.updatedAtMs, incidentId: last.incidentId } : null;
    const page = await readRoutedIncidents(ctx.db, input, place, size);
    if (signal.aborted || ctx.services.stopping?.aborted) return null;
    for (const incident of page) tally.add(compare(incident));
    last = page.at(-1);
    if (!last) break;
    yield { done: tally.total, total: input.limit };
  }
  return resultOf(tally);
}

function comparing(current: MonitorConfig, proposed: MonitorConfig) {
  const judges = [backtestJudge(current), backtestJudge(proposed)] as const;
  return ({ incidentId, updatedAtMs, occurrenceCount, draft }: RoutedIncident): BacktestRow => {
    const moment = { occurrenceCount, provenance: draft.provenance, nowMs: updatedAtMs };
    const before = judges[0](draft.content, moment);
    const after = judges[1](draft.content, moment);
    return {
      incidentId,
      draftId: draft.draftId,
      title: draft.content.title,
      atMs: updatedAtMs,
      before,
      after,
      changes: compareOutcomes(before, after),
    };
  };
}
