import type { MonitorConfig } from "./config";
import type { ConditionOp } from "./route-condition";
import { factsOf } from "./route-facts";
import type { ConditionCode } from "./route-matcher";
import { compileRoutes } from "./route-table";
import { atLeastTheFloor, type RouteContext } from "./routing";

/** One condition of one route, and why it held or not: `wants` is what it asks for, `has` the record's value. */
export type ConditionTrace = {
  condition: string;
  op: ConditionOp | "within";
  negated: boolean;
  wants: readonly string[];
  has: string | null;
  matched: boolean;
  code: ConditionCode;
};

export const traceOutcomes = [
  /** The first that matched. */
  "won",
  /** Matched after routes that all say `continue`: it adds its destinations. */
  "joined",
  /** Would match; an earlier one ended the search. */
  "matched_later",
  /** Would match; it is only being watched. */
  "shadow",
  "not_matched",
  "disabled",
] as const;
export type TraceOutcome = (typeof traceOutcomes)[number];

export type RouteTrace = {
  routeId: string;
  routeName: string;
  enabled: boolean;
  outcome: TraceOutcome;
  shadow: boolean;
  continues: boolean;
  conditions: ConditionTrace[];
};

/**
 * How every route of the table fared with a record, condition by condition, in the order they are tried: the walk that
 * `decideRoute` takes, without its short cuts. For previews and reviews; deciding does not need it.
 */
export function traceRoutes(given: RouteContext, config: MonitorConfig): RouteTrace[] {
  const facts = factsOf(atLeastTheFloor(given, config));
  let won = false;
  let open = true;
  return compileRoutes(config.routes).ordered.map(({ route, matchers, isShadow }) => {
    const conditions = matchers.map((matcher): ConditionTrace => {
      const code = matcher.judge(facts);
      return {
        condition: matcher.name,
        op: matcher.op,
        negated: matcher.negated,
        wants: matcher.wants,
        has: matcher.has(facts),
        matched: code === "holds",
        code,
      };
    });
    const outcome = outcomeNow(conditions.every((condition) => condition.matched));
    if (outcome === "won" || outcome === "joined") {
      won = true;
      open = route.continue === true;
    }
    return {
      routeId: route.routeId,
      routeName: route.name,
      enabled: route.enabled,
      outcome,
      shadow: isShadow,
      continues: route.continue === true,
      conditions,
    };

    function outcomeNow(matched: boolean): TraceOutcome {
      if (!route.enabled) return "disabled";
      if (!matched) return "not_matched";
      if (isShadow) return "shadow";
      if (!open) return "matched_later";
      return won ? "joined" : "won";
    }
  });
}
