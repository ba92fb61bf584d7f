import { andWords, plural } from "@/components/settings/words";
import type { BacktestOutcomeWire, BacktestResultWire, BacktestRowWire } from "@/lib/contracts/backtest";

type Change = BacktestRowWire["changes"][number];

export const changeWord: Record<Change, string> = {
  elsewhere: "somewhere else",
  more_destinations: "to more destinations",
  fewer_destinations: "to fewer destinations",
  approval_newly: "newly held for a person",
  approval_no_longer: "no longer held for a person",
  blocked_newly: "newly blocked",
  unblocked: "no longer blocked",
  other_route: "by another route",
};

/** Changes a person must not overlook: something leaves without being asked for, or does not leave any more. */
export const graveChanges: readonly Change[] = ["approval_no_longer", "blocked_newly"];

/** The counts that are not nought, gravest first. */
export function changeCounts({
  summary,
}: Pick<BacktestResultWire, "summary">): { change: Change; count: number }[] {
  const order = [...graveChanges, "elsewhere", "fewer_destinations", "more_destinations"] as Change[];
  const rest = (Object.keys(changeWord) as Change[]).filter((change) => !order.includes(change));
  return [...order, ...rest].flatMap((change) =>
    summary[change] > 0 ? [{ change, count: summary[change] }] : [],
  );
}

/** "3 of 120 incidents would be decided differently." */
export function backtestSentence({ summary: { total, same } }: Pick<BacktestResultWire, "summary">): string {
  if (total === 0) return "There were no incidents in this time, so there is nothing to compare.";
  if (same === total)
    return `All ${plural(total, "incident")} would go where they went, asking who they asked.`;
  return `${total - same} of ${plural(total, "incident")} would be decided differently.`;
}

/** "pager and local-telemetry, after approval". */
export function outcomeWords({ destination_ids, approval_required, blocked }: BacktestOutcomeWire): string {
  const where = andWords(destination_ids) || "nowhere";
  if (blocked) return `${where}, blocked`;
  return approval_required ? `${where}, after approval` : where;
}

/** By which route, as its place in the list would number it; "no route" for the defaults. */
export const routeWords = ({ route_id, route_name }: Pick<BacktestOutcomeWire, "route_id" | "route_name">) =>
  route_name || route_id || "no route";
