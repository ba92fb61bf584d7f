import { expect, it } from "vitest";
import type { RouteTraceWire } from "@/lib/contracts/review";
import { nameOf } from "@/lib/queries/names";
import { becauseWords, matchWords, namedTrace, traceWords } from "./route-words";

const equal = { op: "equals", negated: false, code: "holds", matched: true } as const;
const risk = { ...equal, condition: "risk_level", wants: ["high", "critical"], has: "critical" };
const project = { ...equal, condition: "project_id", wants: ["payments"], has: "payments" };
const category = {
  ...{ ...equal, matched: false, code: "value_absent" as const },
  ...{ condition: "risk_category", wants: ["security"] },
};
const quiet = {
  ...{ condition: "title", op: "prefix" as const, negated: true, wants: ["test"], has: "test run" },
  ...{ matched: false, code: "excluded" as const },
};

function trace(outcome: RouteTraceWire["outcome"], conditions: RouteTraceWire["conditions"]): RouteTraceWire {
  return {
    ...{ route_id: "r", route_name: "Payments", enabled: outcome !== "disabled", outcome, conditions },
    ...{ shadow: outcome === "shadow", continues: false },
  };
}

it.each([
  ["won", [project, risk], "project, risk: 2 of 2"],
  ["won", [], "no conditions: takes everything"],
  ["joined", [project], "project: 1 of 1"],
  ["shadow", [risk], "would match; only watched"],
  ["not_matched", [quiet], "title is test run, wants not beginning with test"],
  ["matched_later", [risk], "would match; not reached"],
  ["not_matched", [project, category], "risk category is not given, wants security"],
  ["disabled", [risk], "switched off"],
] as const)("a route that %s", (outcome, conditions, words) => {
  expect(traceWords(trace(outcome, [...conditions]))).toBe(words);
});

it("says a match as a sentence", () => {
  expect(matchWords([project, risk])).toBe("project is payments and risk is critical");
});

it("says why: the winning route by its place, or the defaults", () => {
  const route = { trace: [trace("not_matched", [category]), trace("won", [project])] };
  expect(becauseWords(route as never)).toEqual({
    before: "because route 2, ",
    name: "Payments",
    after: ", matched first: project is payments.",
  });
  expect(becauseWords({ trace: [] } as never).before).toBe("by default: there are no routes yet.");
});

it("calls the projects of a trace by their names, and leaves everything else", () => {
  const name = nameOf({ destinations: {}, projects: { payments: "Payments team" }, routes: {} });
  const { conditions } = namedTrace(trace("won", [project, risk]), name);
  expect(matchWords(conditions)).toBe("project is Payments team and risk is critical");
});
