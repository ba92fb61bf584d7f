import { describe, expect, it } from "vitest";
import {
  askingOf,
  asksModel,
  budgetOf,
  lacksPrices,
  readAmount,
  withAsking,
  withAskingOf,
  withBudget,
} from "./triage-model";

const model = { default_model: { provider_id: "p", model_id: "m" } };
const priced = {
  ...model,
  triage: {
    enabled: true,
    budget: { cost_max: 0.5, input_price_per_million: 3, output_price_per_million: 15 },
  },
};

describe("asking a model", () => {
  it("is switched on and off, and keeps whatever else the policy holds", () => {
    expect(asksModel(undefined)).toBe(false);
    const on = withAsking(model, true);
    expect(on).toEqual({ ...model, triage: { enabled: true } });
    expect(asksModel(on)).toBe(true);
    expect(withAsking(on, false)).toEqual(model);
    expect(withAsking({ triage: { enabled: true } }, false)).toBeUndefined();
    expect(withAsking(priced, false)).toEqual({ ...model, triage: { budget: priced.triage.budget } });
  });

  it("a budget is written field by field", () => {
    const some = withBudget(model, "cost_max", 0.25);
    expect(some).toEqual({ ...model, triage: { budget: { cost_max: 0.25 } } });
    expect(budgetOf(some, "cost_max")).toBe(0.25);
    expect(withBudget(some, "cost_max", undefined)).toEqual(model);
    expect([lacksPrices(model), lacksPrices(some), lacksPrices(priced)]).toEqual([true, true, false]);
  });
});

describe("asking destinations", () => {
  it("is chosen beside the model, and what is usual is not written down", () => {
    const off = withAskingOf(priced, "off");
    expect(off).toEqual({ ...priced, triage: { ...priced.triage, ask_destinations: "off" } });
    expect(askingOf(off)).toBe("off");
    expect(withAskingOf(off, "markers")).toEqual(priced);
    expect(withAskingOf({ triage: { ask_destinations: "titles" } }, "markers")).toBeUndefined();
    expect([askingOf(undefined), askingOf({ triage: { ask_destinations: 7 } })]).toEqual(["markers", "off"]);
  });
});

describe("readAmount", () => {
  it.each([
    ["0.5", 0.5],
    ["0,5", 0.5],
    [" 15 ", 15],
    ["0", 0],
    ["", undefined],
    ["-1", undefined],
    ["1e9", undefined],
    ["0.5.5", undefined],
    ["a", undefined],
  ])("%j is %s", (text, expected) => {
    expect(readAmount(text)).toBe(expected);
  });
});
