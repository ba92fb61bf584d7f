import { expect, it } from "vitest";
import { aDestination } from "@/lib/testing/configs";
import type { ApprovalFacet } from "./draft";
import { reason } from "./reason";
import { recheckPlan } from "./recheck";

const local = aDestination();
const hook = aDestination({ destinationId: "hook", kind: "webhook" });
const off = aDestination({ enabled: false });
const blocked = (...codes: string[]) => codes.map((code) => reason(code, code));

type Case = {
  destinations: (typeof local)[];
  blocked?: string[];
  enabled?: boolean;
  approval?: ApprovalFacet;
};

it.each<[string, Case, string[]]>([
  ["one enabled destination", { destinations: [local] }, []],
  ["approval is no matter", { destinations: [local], approval: "required" }, []],
  [
    "neither is readiness",
    { destinations: [local], blocked: ["destination_not_ready", "project_paused"] },
    [],
  ],
  ["none", { destinations: [], blocked: ["no_destination"] }, ["no_destination"]],
  [
    "an unknown one",
    { destinations: [], blocked: ["destination_not_configured"] },
    ["destination_not_configured"],
  ],
  [
    "one that the source may not use",
    { destinations: [local], blocked: ["destination_not_allowed_by_source"] },
    ["destination_not_allowed_by_source"],
  ],
  ["two", { destinations: [local, hook] }, ["several_destinations"]],
  ["a disabled one", { destinations: [off] }, ["destination_disabled"]],
  ["the monitor is off", { destinations: [local], enabled: false }, ["monitor_disabled"]],
  ["the draft was denied", { destinations: [local], approval: "denied" }, ["draft_denied"]],
  [
    "every reason is told",
    { destinations: [off], enabled: false, approval: "denied" },
    ["destination_disabled", "monitor_disabled", "draft_denied"],
  ],
])("%s", (_, given, refused) => {
  const plan = recheckPlan(
    { destinations: given.destinations, blocked: blocked(...(given.blocked ?? [])) },
    { enabled: given.enabled ?? true },
    given.approval ?? "not_required",
  );
  if (plan.ok) expect([plan.destination, refused]).toEqual([given.destinations[0], []]);
  else expect(plan.reasons.map((each) => each.code)).toEqual(refused);
});
