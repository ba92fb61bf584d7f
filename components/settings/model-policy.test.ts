import { expect, it } from "vitest";
import { modelsOf, withModels } from "./model-policy";

const policy = {
  default_model: { provider_id: "p", model_id: "m" },
  role_models: { inspection: { provider_id: "p", model_id: "n" } },
  budget: { tokens: 5 },
};

it("reads the models of a policy and writes them back with whatever else it holds", () => {
  const models = modelsOf(policy);
  expect(models).toEqual([
    { role: null, provider_id: "p", model_id: "m" },
    { role: "inspection", provider_id: "p", model_id: "n" },
  ]);
  expect(withModels(policy, models)).toEqual(policy);
  expect(withModels(policy, [])).toEqual({ budget: { tokens: 5 } });
});

it.each([[undefined], [{}], [{ default_model: "m", role_models: [] }]])("%j names no model", (given) => {
  expect(modelsOf(given)).toEqual([]);
});

it("is no policy at all when nothing is left of it", () => {
  expect(withModels({ default_model: { provider_id: "p", model_id: "m" } }, [])).toBeUndefined();
});
