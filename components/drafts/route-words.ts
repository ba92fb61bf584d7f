import { conditionWord, wantedWords } from "@/components/routing/conditions";
import type { DraftReviewWire, RouteTraceWire } from "@/lib/contracts/review";
import type { NameOf } from "@/lib/queries/names";
import { listWords } from "./draft-words";

type ConditionTrace = RouteTraceWire["conditions"][number];

export function conditionName(condition: string): string {
  return conditionWord[condition] ?? condition.replaceAll("_", " ");
}

/** "project is payments-worker and risk is critical"; without conditions it takes everything. */
export function matchWords(conditions: readonly ConditionTrace[]): string {
  if (conditions.length === 0) return "it has no conditions, so it takes everything";
  return listWords(conditions.map((each) => `${conditionName(each.condition)} is ${each.has ?? "nothing"}`));
}

/** The same trace with what people call the projects and destinations in it: routes match them by id. */
export function namedTrace(trace: RouteTraceWire, name: NameOf): RouteTraceWire {
  const named: Record<string, (id: string) => string> = {
    project_id: name.project,
    expected_destination: name.destination,
  };
  const conditions = trace.conditions.map((each) => {
    const call = Object.hasOwn(named, each.condition) ? named[each.condition] : undefined;
    if (!call) return each;
    return { ...each, has: each.has && call(each.has), wants: each.wants.map(call) };
  });
  return { ...trace, conditions };
}

/** Why the winning route, the defaults or an explicit choice decided; continues "Goes to a and b". */
export function becauseWords(route: DraftReviewWire["route"]): {
  before: string;
  name?: string;
  after: string;
} {
  const at = route.trace.findIndex((each) => each.outcome === "won");
  const winner = route.trace[at];
  if (winner) {
    return {
      before: `because route ${at + 1}, `,
      name: winner.route_name,
      after: `, matched first: ${matchWords(winner.conditions)}.`,
    };
  }
  if (route.trace.length === 0) return { before: "by default: there are no routes yet.", after: "" };
  return { before: "by default: no route matches.", after: "" };
}

/** One route of the trace in a line: what held, or the first thing that did not. */
export function traceWords(trace: RouteTraceWire): string {
  const total = trace.conditions.length;
  switch (trace.outcome) {
    case "disabled":
      return "switched off";
    case "matched_later":
      return "would match; not reached";
    case "shadow":
      return "would match; only watched";
    case "joined":
    case "won": {
      if (total === 0) return "no conditions: takes everything";
      return `${trace.conditions.map((each) => conditionName(each.condition)).join(", ")}: ${total} of ${total}`;
    }
    case "not_matched": {
      const failed = trace.conditions.find((each) => !each.matched);
      if (!failed) return "does not match";
      return `${conditionName(failed.condition)} is ${failed.has ?? "not given"}, wants ${wantedWords(failed)}`;
    }
  }
}
