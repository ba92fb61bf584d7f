import { expect, it } from "vitest";
import type { ConfigWire, DestinationWire, RouteWire } from "@/lib/contracts/config";
import { routeGate } from "./route-gate";

const config = (everything: boolean, highRisk: boolean) =>
  ({
    destinations: [{ destination_id: "asks", require_approval: true }] as DestinationWire[],
    require_approval_for_new_issues: everything,
    safety_defaults: { require_approval_for_high_risk: highRisk } as ConfigWire["safety_defaults"],
  }) as const;

it.each<[number | undefined, string[], string]>([
  [undefined, ["ada"], "1 of 1 named"],
  [2, ["ada", "ben", "cyd"], "2 of 3 named"],
])("%s of people who are named always close it", (approvals_required, approvers, word) => {
  const route = { approval_policy: "inherit", approvals_required } as const;
  const gate = routeGate({ ...route, destination_ids: [], approvers }, config(false, false));
  expect(gate).toMatchObject({ closed: true, word });
});

it.each<[RouteWire["approval_policy"], boolean, boolean, string[], boolean, string]>([
  ["always", false, false, [], true, "always"],
  ["never", true, true, [], false, "never, unless high risk"],
  ["never", true, false, [], false, "never"],
  ["never", false, false, ["asks"], true, "never; destination asks"],
  ["inherit", true, true, [], true, "safety defaults"],
  ["inherit", false, true, [], false, "high risk, by default"],
  ["inherit", false, false, [], false, "none, by default"],
  ["high_risk", false, false, [], false, "high risk"],
])(
  "%s, everything %s, high risk %s, to %j",
  (approval_policy, everything, highRisk, destination_ids, closed, word) => {
    expect(routeGate({ approval_policy, destination_ids }, config(everything, highRisk))).toMatchObject({
      closed,
      word,
    });
  },
);
