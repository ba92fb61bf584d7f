import type { JsonObject } from "./config";
import type { ModelBudget } from "./model-budget";

/** What a model policy says of triage: whether a model is asked, which, and what it may use. */
export type TriageModel = { enabled: boolean; modelId: string | null; budget: ModelBudget | null };

/**
 * Whom triage may ask whether a failure was filed before: nobody, or the issue destinations a draft goes to, by a hash of ours
 * alone or by its title too. Without an approval no reported text leaves (D-31) unless somebody chose `titles`.
 */
export const askingLevels = ["off", "markers", "titles"] as const;
export type Asking = (typeof askingLevels)[number];

/** The first of these policies that says it, the project's before the deployment's; what cannot be read asks nobody. */
export function readAsking(...policies: Array<JsonObject | undefined>): Asking {
  for (const policy of policies) {
    const triage = isObject(policy?.triage) ? policy.triage : {};
    const said = triage.ask_destinations;
    if (said === undefined || said === null) continue;
    return askingLevels.find((level) => level === said) ?? "off";
  }
  return "markers";
}

type BudgetField = { key: string; fallback: number | null; max: number; isWhole: boolean };

/** `triage.budget` of a policy. What costs money has no default: nobody pays what nobody agreed to. */
export const budgetFields = {
  callCountMax: { key: "call_count_max", fallback: 8, max: 50, isWhole: true },
  toolCallCountMax: { key: "tool_call_count_max", fallback: 24, max: 200, isWhole: true },
  inputTokenMax: { key: "input_token_max", fallback: 120_000, max: 2_000_000, isWhole: true },
  outputTokenMax: { key: "output_token_max", fallback: 8_000, max: 200_000, isWhole: true },
  durationMsMax: { key: "duration_ms_max", fallback: 90_000, max: 300_000, isWhole: true },
  costMax: { key: "cost_max", fallback: null, max: 1_000, isWhole: false },
  inputPricePerMillion: { key: "input_price_per_million", fallback: null, max: 10_000, isWhole: false },
  outputPricePerMillion: { key: "output_price_per_million", fallback: null, max: 10_000, isWhole: false },
} as const satisfies Record<keyof ModelBudget, BudgetField>;

/** Off unless `triage.enabled` is a real true. A budget with a price missing is none. */
export function readTriageModel(policy: JsonObject | undefined): TriageModel {
  const triage = isObject(policy?.triage) ? policy.triage : {};
  const model = isObject(policy?.default_model) ? policy.default_model : {};
  const roles = isObject(policy?.role_models) ? policy.role_models : {};
  const own = isObject(roles.triage) ? roles.triage : model;
  const modelId = typeof own.model_id === "string" && own.model_id.trim() ? own.model_id.trim() : null;
  return { enabled: triage.enabled === true, modelId, budget: readBudget(triage.budget) };
}

function readBudget(given: unknown): ModelBudget | null {
  const budget = isObject(given) ? given : {};
  const entries = Object.entries(budgetFields).map(([name, field]: [string, BudgetField]) => {
    const value = budget[field.key] ?? field.fallback;
    return [name, isAmount(value, field) ? value : null] as const;
  });
  if (entries.some(([, value]) => value === null)) return null;
  return Object.fromEntries(entries) as ModelBudget;
}

/** What is wrong with `triage` of a policy; empty where there is none. */
export function triageModelFaults(triage: unknown): Array<{ path: string; message: string }> {
  if (triage === undefined || triage === null) return [];
  if (!isObject(triage)) return [{ path: "triage", message: "must be an object" }];
  const faults: Array<{ path: string; message: string }> = [];
  if (triage.enabled !== undefined && typeof triage.enabled !== "boolean") {
    faults.push({ path: "triage.enabled", message: "must be true or false" });
  }
  const { budget, ask_destinations: asking } = triage;
  if (asking !== undefined && asking !== null && !askingLevels.some((level) => level === asking)) {
    faults.push({ path: "triage.ask_destinations", message: `must be one of ${askingLevels.join(", ")}` });
  }
  if (budget === undefined || budget === null) return faults;
  if (!isObject(budget)) return [...faults, { path: "triage.budget", message: "must be an object" }];
  for (const field of Object.values<BudgetField>(budgetFields)) {
    const value = budget[field.key];
    if (value === undefined || value === null || isAmount(value, field)) continue;
    const kind = field.isWhole ? "a whole number" : "a number";
    faults.push({ path: `triage.budget.${field.key}`, message: `must be ${kind} from 0 to ${field.max}` });
  }
  return faults;
}

const isAmount = (value: unknown, { max, isWhole }: BudgetField): value is number =>
  typeof value === "number" &&
  Number.isFinite(value) &&
  value >= 0 &&
  value <= max &&
  (!isWhole || Number.isInteger(value));

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);
