import type {
  BacktestOutcomeWire,
  BacktestRequestWire,
  BacktestResultWire,
  BacktestRowWire,
} from "@/lib/contracts/backtest";
import type { BacktestOutcome, BacktestRow, BacktestSummary } from "@/lib/domain/backtest";
import type { ConfigChange } from "@/lib/domain/config-diff";
import type { Issue } from "@/lib/domain/config-issue";
import { configPatchFromWire } from "./config";
import { present } from "./record-parts";

const dayMs = 86_400_000;

export function backtestFromWire(body: BacktestRequestWire, nowMs: number) {
  const untilMs = body.until_ms ?? nowMs + 1;
  return {
    sinceMs: body.since_ms ?? Math.max(0, Math.round(untilMs - (body.days ?? 7) * dayMs)),
    untilMs,
    patch: configPatchFromWire(body.config ?? {}),
    limit: body.limit ?? 10_000,
    examples: body.examples ?? 50,
  };
}

export function backtestToWire(result: {
  sinceMs: number;
  untilMs: number;
  truncated: boolean;
  diff: ConfigChange[];
  warnings: Issue[];
  summary: BacktestSummary;
  newest: BacktestRow[];
  examples: BacktestRow[];
}): BacktestResultWire {
  const { total, same, changes, routes } = result.summary;
  return {
    type: "result",
    since_ms: result.sinceMs,
    until_ms: result.untilMs,
    truncated: result.truncated,
    summary: {
      total,
      same,
      ...changes,
      routes: routes.map(({ routeId, routeName, before, after }) => ({
        before,
        after,
        ...present({ route_id: routeId, route_name: routeName }),
      })),
    },
    newest: result.newest.map(rowToWire),
    examples: result.examples.map(rowToWire),
    diff: result.diff,
    warnings: result.warnings,
  };
}

function rowToWire(row: BacktestRow): BacktestRowWire {
  return {
    incident_id: row.incidentId,
    draft_id: row.draftId,
    title: row.title,
    at_ms: row.atMs,
    before: outcomeToWire(row.before),
    after: outcomeToWire(row.after),
    changes: row.changes,
  };
}

function outcomeToWire(outcome: BacktestOutcome): BacktestOutcomeWire {
  return {
    reason: outcome.reason,
    destination_ids: outcome.destinationIds,
    approval_required: outcome.approvalRequired,
    blocked: outcome.blockedCodes.length > 0,
    blocked_codes: outcome.blockedCodes,
    ...present({ route_id: outcome.routeId, route_name: outcome.routeName }),
  };
}
