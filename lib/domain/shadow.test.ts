import { expect, it } from "vitest";
import { aConfig, aDestination, aRoute } from "@/lib/testing/configs";
import { aDraftContent } from "@/lib/testing/records";
import type { DraftContent } from "./draft";
import { routeContextOf } from "./route-context";
import { decideRoute } from "./routing";
import { hasShadowRoutes, type ShadowDecision, shadowAgrees, shadowDecisions } from "./shadow";

const nowMs = Date.UTC(2026, 5, 29, 12);
const config = aConfig({
  destinations: [
    aDestination({ destinationId: "a" }),
    aDestination({ destinationId: "b", requireApproval: true }),
  ],
  defaultDestinationIds: ["a"],
  routes: [
    aRoute({ routeId: "first", name: "First", priority: 9, matchSources: ["ci"], destinationIds: ["a"] }),
    aRoute({ routeId: "try", name: "Try", mode: "shadow", destinationIds: ["b"] }),
    aRoute({
      routeId: "strict",
      name: "Strict",
      mode: "shadow",
      approvalPolicy: "always",
      matchComponents: ["db"],
    }),
    aRoute({ routeId: "same", name: "Same", mode: "shadow", matchComponents: ["web"] }),
  ],
});
const draft = { draftId: "d", incidentId: "i", projectId: null };

type Row = [string, Partial<DraftContent>, Array<[string, string[], boolean, boolean, boolean]>];
/** Route, destinations, needs approval, was reached, agrees. */
it.each<Row>([
  ["a shadow that matches everything", {}, [["try", ["b"], true, true, false]]],
  ["after a route that ended the search", { source: "ci" }, [["try", ["b"], true, false, false]]],
  [
    "each that matches is judged alone",
    { component: "db" },
    [
      ["strict", ["a"], true, true, false],
      ["try", ["b"], true, true, false],
    ],
  ],
  [
    "one that decides as the defaults do agrees",
    { component: "web" },
    [
      ["same", ["a"], false, true, true],
      ["try", ["b"], true, true, false],
    ],
  ],
])("%s", (_, content, expected) => {
  const context = routeContextOf(aDraftContent({ riskLevel: "low", ...content }), config, { nowMs });
  const decision = decideRoute(context, config, new Map());
  const found = shadowDecisions(draft, { decision, context, config }, "drafted", nowMs);
  const rows = found.map((each): [string, string[], boolean, boolean, boolean] => [
    each.routeId,
    each.destinationIds,
    each.approvalRequired,
    each.reached,
    shadowAgrees({ ...each, shadowDecisionId: "s" }),
  ]);
  expect(rows).toEqual(expected);
  for (const each of found) {
    expect(each).toMatchObject({ ...draft, moment: "drafted", atMs: nowMs, actualDestinationIds: ["a"] });
    expect(each.actualRouteId).toBe(content.source === "ci" ? "first" : null);
  }
});

it.each<[string, Partial<ShadowDecision>, boolean]>([
  ["in whatever order", { destinationIds: ["b", "a"], actualDestinationIds: ["a", "b"] }, true],
  ["not with one more", { destinationIds: ["a", "b"], actualDestinationIds: ["a"] }, false],
  ["not with one fewer", { destinationIds: ["a"], actualDestinationIds: ["a", "b"] }, false],
  ["not when a person must say so in one of them", { actualApproval: true }, false],
])("agrees %s", (_, fields, agrees) => {
  const decision: ShadowDecision = {
    ...{ ...draft, shadowDecisionId: "s", moment: "drafted", routeId: "r", routeName: "R", reached: true },
    ...{ destinationIds: ["a"], approvalRequired: false, actualRouteId: null, actualDestinationIds: ["a"] },
    ...{ actualApproval: false, atMs: nowMs },
    ...fields,
  };
  expect(shadowAgrees(decision)).toBe(agrees);
});

it("knows whether there are any that are on", () => {
  const off = aConfig({ routes: [aRoute({ mode: "shadow", enabled: false }), aRoute()] });
  expect([hasShadowRoutes(config), hasShadowRoutes(off), hasShadowRoutes(aConfig())]).toEqual([
    true,
    false,
    false,
  ]);
});
