import { describe, expect, it } from "vitest";
import { aConfig } from "@/lib/testing/configs";
import { highRiskReasons, raiseToFloor, riskRank } from "./severity";

it.each<[string | null | undefined, number]>([
  ["critical", 5],
  [" URGENT ", 5],
  ["severe", 5],
  ["High", 4],
  ["moderate", 3],
  ["medium", 3],
  ["low", 2],
  ["informational", 1],
  ["none", 1],
  ["catastrophic", 0],
  ["", 0],
  [null, 0],
  [undefined, 0],
])("riskRank of %s is %d", (level, rank) => {
  expect(riskRank(level)).toBe(rank);
});

it.each<[string, string | null, string | null, string | undefined]>([
  ["a floor raises", "low", "high", "high"],
  ["a floor never lowers", "critical", "medium", "critical"],
  ["equal ranks keep the reporter's word", "urgent", "critical", "urgent"],
  ["an unknown level is below any floor", "odd", "low", "low"],
  ["an unknown floor changes nothing", "low", "odd", "low"],
  ["no floor", "low", null, "low"],
  ["no level", null, "medium", "medium"],
  ["neither", null, null, undefined],
])("raiseToFloor: %s", (_, level, floor, expected) => {
  expect(raiseToFloor(level, floor)).toBe(expected);
});

describe("high risk (D-08)", () => {
  const safety = {
    ...aConfig().safetyDefaults,
    highRiskCategories: ["Data_Loss"],
    highRiskDestinationKinds: ["webhook" as const],
  };

  it.each<[string, Parameters<typeof highRiskReasons>[0], string[]]>([
    ["medium, nothing listed", { riskLevel: "medium", destinationKinds: ["telemetry"] }, []],
    ["the level", { riskLevel: "high", destinationKinds: [] }, ["risk_level"]],
    [
      "a listed category, however written",
      { riskCategory: " data_loss", destinationKinds: [] },
      ["risk_category"],
    ],
    ["another category", { riskCategory: "cosmetic", destinationKinds: [] }, []],
    ["a listed kind, said once", { destinationKinds: ["webhook", "webhook"] }, ["destination_kind"]],
    [
      "everything at once, each with its reason",
      { riskLevel: "severe", riskCategory: "DATA_LOSS", destinationKinds: ["telemetry", "webhook"] },
      ["risk_level", "risk_category", "destination_kind"],
    ],
  ])("%s", (_, subject, codes) => {
    expect(highRiskReasons(subject, safety).map((each) => each.code)).toEqual(codes);
  });
});
