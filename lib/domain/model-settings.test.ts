import { describe, expect, it } from "vitest";
import { readAsking, readTriageModel, triageModelFaults } from "./model-settings";

const prices = { cost_max: 0.5, input_price_per_million: 3, output_price_per_million: 15 };
const model = { provider_id: "local", model_id: "coder-7b" };

describe("readTriageModel", () => {
  it("is off, names nothing and allows nothing by default", () => {
    expect(readTriageModel(undefined)).toEqual({ enabled: false, modelId: null, budget: null });
    expect(readTriageModel({ default_model: model })).toMatchObject({ enabled: false, modelId: "coder-7b" });
  });

  it.each([
    ["a real true", true, true],
    ["a word", "true", false],
    ["a number", 1, false],
  ])("switched on by %s: %s", (_, enabled, expected) => {
    expect(readTriageModel({ triage: { enabled } }).enabled).toBe(expected);
  });

  it("the model of the role comes before the one for every role", () => {
    const policy = { default_model: model, role_models: { triage: { ...model, model_id: "big" } } };
    expect(readTriageModel(policy).modelId).toBe("big");
  });

  it.each([
    ["prices alone", prices, { callCountMax: 8, durationMsMax: 90_000, costMax: 0.5 }],
    ["a model that costs nothing", { ...prices, cost_max: 0 }, { costMax: 0 }],
    ["its own counts", { ...prices, call_count_max: 2 }, { callCountMax: 2 }],
  ])("%s make a budget", (_, budget, expected) => {
    expect(readTriageModel({ triage: { budget } }).budget).toMatchObject(expected);
  });

  it.each([
    ["no price", { cost_max: 1 }],
    ["a negative amount", { ...prices, cost_max: -1 }],
    ["half a call", { ...prices, call_count_max: 1.5 }],
    ["more than anybody may", { ...prices, duration_ms_max: 9_999_999 }],
    ["a word", { ...prices, call_count_max: "many" }],
  ])("%s makes none", (_, budget) => {
    expect(readTriageModel({ triage: { budget } }).budget).toBeNull();
  });
});

describe("readAsking", () => {
  const says = (ask_destinations: unknown) => ({ triage: { ask_destinations } });
  it.each([
    ["nobody said anything", [undefined, undefined], "markers"],
    ["the deployment's", [undefined, says("off")], "off"],
    ["the project's before the deployment's", [says("titles"), says("off")], "titles"],
    [
      "the deployment's, where the project's speaks of the model alone",
      [{ triage: { enabled: true } }, says("off")],
      "off",
    ],
    ["nobody asked, where it cannot be read", [says(true), says("titles")], "off"],
  ])("%s", (_, policies, expected) => {
    expect(readAsking(...policies)).toBe(expected);
  });
});

describe("triageModelFaults", () => {
  it.each([
    [undefined, []],
    [{ enabled: true, budget: prices }, []],
    ["on", ["triage"]],
    [{ enabled: "yes" }, ["triage.enabled"]],
    [{ ask_destinations: "off" }, []],
    [{ ask_destinations: "everybody" }, ["triage.ask_destinations"]],
    [{ budget: 7 }, ["triage.budget"]],
    [
      { budget: { call_count_max: 0.5, cost_max: -1 } },
      ["triage.budget.call_count_max", "triage.budget.cost_max"],
    ],
  ])("%j: %j", (triage, expected) => {
    expect(triageModelFaults(triage).map(({ path }) => path)).toEqual(expected);
  });
});
