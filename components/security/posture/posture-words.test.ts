import { expect, it } from "vitest";
import type { PostureFindingWire, PostureFixWire } from "@/lib/contracts/posture";
import { postureRules } from "@/lib/domain/posture";
import { bySeverity, fixElsewhere, fixPlace, ruleWords, switchedRules } from "./posture-words";

it("every rule has words, and no word is of none", () => {
  expect(Object.keys(ruleWords).sort()).toEqual(postureRules.map((rule) => rule.ruleId).sort());
});

it.each<[PostureFixWire["code"], Partial<PostureFixWire>, string | null]>([
  [
    "destination_require_approval",
    { destination_id: "a b", field: "require_approval" },
    "/settings/incident-monitor/destinations?id=a+b&field=require_approval",
  ],
  [
    "retention_days",
    { field: "safety_defaults.retention_days" },
    "/settings/incident-monitor/safety?field=safety_defaults.retention_days",
  ],
  [
    "source_tenant",
    { project_id: "shop", source_id: "api", field: "tenant_id" },
    "/settings/incident-monitor/sources?project=shop&source=api&field=tenant_id",
  ],
  ["receipt", { record_id: "post/1" }, "/receipts/post%2F1"],
  ["authority_subjects", { runtime_id: "r", field: "approval_policy" }, null],
  ["denied_action", {}, null],
])("%s leads where it is fixed, or says who fixes it", (code, more, href) => {
  const fix = { kind: "setting", code, ...more } as PostureFixWire;
  expect(fixPlace(fix)?.href ?? null).toBe(href);
  expect(fixElsewhere(fix) === null).toBe(href !== null);
});

it.each<[string | undefined, string, boolean, string | undefined]>([
  [undefined, "a", false, "a"],
  ["b", "a", false, "a,b"],
  ["a,b", "a", true, "b"],
  ["a", "a", true, undefined],
  ["a", "a", false, "a"],
])("rules %s, %s switched on: %s", (disabled, ruleId, on, after) => {
  expect(switchedRules(disabled, ruleId, on)).toBe(after);
});

it("the worst severity stands first, and none is empty", () => {
  const rows = ["low", "high", "low"].map((severity) => ({ severity }) as PostureFindingWire);
  expect(bySeverity(rows).map((each) => [each.severity, each.rows.length])).toEqual([
    ["high", 1],
    ["low", 2],
  ]);
});
