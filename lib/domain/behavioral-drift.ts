import type { GovernanceThresholds, WindowCounts } from "./governance-metrics";
import { normaliseKey } from "./text";

/** One share in the window and in the one before it. */
export type DriftSignal = {
  signal: string;
  currentRate: number | null;
  baselineRate: number | null;
  delta: number | null;
  deltaMax: number;
  driftFlagged: boolean;
  /** Both windows have enough cases; an empty one never flags anything (W-59). */
  evaluable: boolean;
  /** How many cases the shares are of. */
  currentSamples: number;
  baselineSamples: number;
};

type Share = [numerator: number, denominator: number];

const ownSignals: Readonly<Record<string, (counts: WindowCounts) => Share>> = {
  publish_failure_rate: ({ deliveries }) => [deliveries.failed, deliveries.ended],
  denied_action_rate: ({ decisions }) => [decisions.denied, decisions.allowed + decisions.denied],
  escalation_rate: ({ drafts }) => [drafts.approvalRequired, drafts.made],
};

/** Categories are reporters' words: no more than so many are shown, and none that is a text instead of a name. */
const categoriesMax = 20;
const categoryName = /^[a-z0-9][a-z0-9_.:/-]{0,63}$/;
export const uncategorized = "uncategorized";
const unnamed = "other";

/** What the answer calls a category: the reported word where it is a name. */
export function categoryOf(reported: string): string {
  const key = normaliseKey(reported);
  if (key === null) return uncategorized;
  return categoryName.test(key) ? key : unnamed;
}

/** Every signal, the product's own first, then the categories with most failures in both windows together. */
export function driftOf(
  current: WindowCounts,
  baseline: WindowCounts,
  thresholds: GovernanceThresholds,
): DriftSignal[] {
  const own = Object.entries(ownSignals).map(([signal, share]) =>
    compare(signal, share(current), share(baseline), thresholds),
  );
  const now = named(current.categories);
  const before = named(baseline.categories);
  const total = (name: string) => (now.get(name) ?? 0) + (before.get(name) ?? 0);
  const names = [...new Set([...now.keys(), ...before.keys()])]
    .sort((one, other) => total(other) - total(one) || (one < other ? -1 : 1))
    .slice(0, categoriesMax);
  const shares = names.map((name) =>
    compare(
      `incident_category_share:${name}`,
      [now.get(name) ?? 0, current.incidents.total],
      [before.get(name) ?? 0, baseline.incidents.total],
      thresholds,
    ),
  );
  return [...own, ...shares];
}

function compare(
  signal: string,
  [currentCount, currentSamples]: Share,
  [baselineCount, baselineSamples]: Share,
  { driftRateDeltaMax, driftSamplesMin }: GovernanceThresholds,
): DriftSignal {
  const currentRate = currentSamples === 0 ? null : currentCount / currentSamples;
  const baselineRate = baselineSamples === 0 ? null : baselineCount / baselineSamples;
  const delta = currentRate === null || baselineRate === null ? null : currentRate - baselineRate;
  const least = Math.max(1, driftSamplesMin);
  const evaluable = currentSamples >= least && baselineSamples >= least;
  return {
    signal,
    currentRate,
    baselineRate,
    delta,
    deltaMax: driftRateDeltaMax,
    driftFlagged: evaluable && delta !== null && Math.abs(delta) > driftRateDeltaMax,
    evaluable,
    currentSamples,
    baselineSamples,
  };
}

function named(categories: Readonly<Record<string, number>>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [reported, count] of Object.entries(categories)) {
    const name = categoryOf(reported);
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return counts;
}
