import { expect, it } from "vitest";
import { reason } from "@/lib/domain/reason";
import { type ModelSettings, modelReadiness, type ReadinessDeps } from "./model-readiness";

const settings: ModelSettings = {
  enabled: true,
  baseUrl: "https://models.example.com/v1",
  keyRef: "env:INCIDENT_MONITOR_SECRET_MODEL",
  modelId: "some/model-1",
  budget: {
    callCountMax: 8,
    toolCallCountMax: 12,
    inputTokenMax: 100_000,
    outputTokenMax: 8_000,
    durationMsMax: 90_000,
    costMax: 1,
    inputPricePerMillion: 1,
    outputPricePerMillion: 2,
  },
};
const deps: ReadinessDeps = {
  policy: { allowInsecureHttp: false, allowPrivateNetworks: false, privateNetworks: [], allowedHosts: [] },
  resolveSecret: () => ({ ok: true, values: ["sk-live-0123456789"] }),
};
const holding =
  (value: string): ReadinessDeps["resolveSecret"] =>
  () => ({ ok: true, values: [value] });

it("is ready when the host, the key, the model and the budget are given", () => {
  expect(modelReadiness(settings, deps)).toEqual([]);
});

it.each<[string, Partial<ModelSettings>, Partial<ReadinessDeps>, string[]]>([
  ["switched off, whatever else", { enabled: false, baseUrl: null }, {}, ["model_off"]],
  [
    "nothing set: everything at once",
    { baseUrl: null, keyRef: null, modelId: null, budget: null },
    {},
    ["model_endpoint_missing", "model_id_missing", "model_key_missing", "model_budget_missing"],
  ],
  ["a private host the policy does not open", { baseUrl: "https://127.0.0.1/v1" }, {}, ["address_loopback"]],
  ["plain http", { baseUrl: "http://models.example.com/v1" }, {}, ["url_insecure"]],
  ["a key within the URL", { baseUrl: "https://me:secret@models.example.com/v1" }, {}, ["url_credentials"]],
  ["a query", { baseUrl: "https://models.example.com/v1?key=x" }, {}, ["model_endpoint_query"]],
  ["no URL", { baseUrl: "models" }, {}, ["url_malformed"]],
  ["a model's name with a line", { modelId: "a\nb" }, {}, ["model_id_malformed"]],
  [
    "a secret that is not set",
    {},
    { resolveSecret: () => ({ ok: false, reason: reason("secret_unset", "not set") }) },
    ["secret_unset"],
  ],
  ["a key that no header takes", {}, { resolveSecret: holding("sk-live\r\nx: y") }, ["secret_malformed"]],
  [
    "a key too short to be hidden wherever it turns up",
    {},
    { resolveSecret: holding("abc") },
    ["secret_malformed"],
  ],
  [
    "a budget that is none",
    { budget: { ...(settings.budget as NonNullable<ModelSettings["budget"]>), costMax: Number.NaN } },
    {},
    ["model_budget_malformed"],
  ],
])("is not ready: %s", (_, given, more, codes) => {
  const reasons = modelReadiness({ ...settings, ...given }, { ...deps, ...more });
  expect(reasons.map(({ code }) => code)).toEqual(codes);
  expect(JSON.stringify(reasons)).not.toMatch(/sk-live|secret@/);
});
