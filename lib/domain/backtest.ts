import { effectiveDestinations, type MonitorConfig } from "./config";
import type { DestinationReadiness } from "./payload";
import { type RoutedContent, type RoutedMoment, routeContextOf } from "./route-context";
import { decideRoute } from "./routing";

/** A decision as a backtest compares it. Readiness plays no part: it asks where things go, not whether they could today. */
export type BacktestOutcome = {
  routeId: string | null;
  routeName: string | null;
  reason: string;
  destinationIds: string[];
  approvalRequired: boolean;
  /** No destination, an unknown one, or one that the source does not allow. */
  blockedCodes: string[];
};

export const backtestChanges = [
  "elsewhere",
  "more_destinations",
  "fewer_destinations",
  "approval_newly",
  "approval_no_longer",
  "blocked_newly",
  "unblocked",
  "other_route",
] as const;
export type BacktestChange = (typeof backtestChanges)[number];

export type BacktestRow = {
  incidentId: string;
  draftId: string;
  title: string;
  atMs: number;
  before: BacktestOutcome;
  after: BacktestOutcome;
  /** Empty: the same in every respect. */
  changes: BacktestChange[];
};

export type BacktestSummary = {
  total: number;
  /** Same destinations, same need of approval, blocked as before; another route may say so. */
  same: number;
  changes: Record<BacktestChange, number>;
  /** How often each route decided; null is the defaults. */
  routes: Array<{ routeId: string | null; routeName: string | null; before: number; after: number }>;
};

/** Decides as publishing does, over and over under one configuration. */
export function backtestJudge(config: MonitorConfig) {
  const readiness = everythingReady(config);
  return (content: RoutedContent, moment: RoutedMoment): BacktestOutcome => {
    const decision = decideRoute(routeContextOf(content, config, moment), config, readiness);
    return {
      routeId: decision.winner.routeId,
      routeName: decision.winner.routeName,
      reason: decision.winner.reason,
      destinationIds: decision.effectiveDestinationIds,
      approvalRequired: decision.approval.required,
      blockedCodes: [...new Set(decision.blocked.map((each) => each.code))],
    };
  };
}

export function compareOutcomes(before: BacktestOutcome, after: BacktestOutcome): BacktestChange[] {
  const changes: BacktestChange[] = [];
  const moved = destinationChange(before.destinationIds, after.destinationIds);
  if (moved) changes.push(moved);
  if (before.approvalRequired !== after.approvalRequired)
    changes.push(after.approvalRequired ? "approval_newly" : "approval_no_longer");
  const isBlocked = after.blockedCodes.length > 0;
  if (before.blockedCodes.length > 0 !== isBlocked) changes.push(isBlocked ? "blocked_newly" : "unblocked");
  if (before.routeId !== after.routeId) changes.push("other_route");
  return changes;
}

/** Order does not count: every destination gets its own delivery. */
function destinationChange(before: readonly string[], after: readonly string[]): BacktestChange | null {
  const added = after.some((id) => !before.includes(id));
  const dropped = before.some((id) => !after.includes(id));
  if (added && dropped) return "elsewhere";
  if (added) return "more_destinations";
  return dropped ? "fewer_destinations" : null;
}

/** Adds rows up in bounded memory: counts, the newest rows, and the newest of those that differ. */
export class BacktestTally {
  readonly newest: BacktestRow[] = [];
  readonly examples: BacktestRow[] = [];
  readonly #limits: { newest: number; examples: number };
  readonly #counts: BacktestSummary;
  readonly #routes = new Map<string | null, BacktestSummary["routes"][number]>();

  constructor(limits: { newest: number; examples: number }) {
    this.#limits = limits;
    const none = backtestChanges.map((change) => [change, 0] as const);
    this.#counts = {
      total: 0,
      same: 0,
      changes: Object.fromEntries(none) as BacktestSummary["changes"],
      routes: [],
    };
  }

  get total(): number {
    return this.#counts.total;
  }

  add(row: BacktestRow): void {
    this.#counts.total += 1;
    const matters = row.changes.filter((change) => change !== "other_route");
    if (matters.length === 0) this.#counts.same += 1;
    for (const change of row.changes) this.#counts.changes[change] += 1;
    this.#route(row.before).before += 1;
    this.#route(row.after).after += 1;
    if (this.newest.length < this.#limits.newest) this.newest.push(row);
    if (row.changes.length > 0 && this.examples.length < this.#limits.examples) this.examples.push(row);
  }

  summary(): BacktestSummary {
    const routes = [...this.#routes.values()].sort((left, right) => right.after - left.after);
    return { ...this.#counts, routes };
  }

  #route({ routeId, routeName }: BacktestOutcome) {
    const known = this.#routes.get(routeId) ?? { routeId, routeName, before: 0, after: 0 };
    this.#routes.set(routeId, known);
    return known;
  }
}

function everythingReady(config: MonitorConfig): Map<string, DestinationReadiness> {
  return new Map(
    effectiveDestinations(config).map(({ destinationId, kind, enabled }) => [
      destinationId,
      { destinationId, kind, enabled, ready: true, missing: [] },
    ]),
  );
}
