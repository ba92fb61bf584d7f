import type { ModelPolicyWire } from "./model-policy";

/** What one run may use of a model. Amounts of money are in one currency, whichever the prices are in. */
export const budgetRows = [
  { key: "call_count_max", label: "Calls", unit: "calls", fallback: 8, max: 50, isMoney: false },
  {
    key: "tool_call_count_max",
    label: "Reads it may ask for",
    unit: "reads",
    fallback: 24,
    max: 200,
    isMoney: false,
  },
  {
    key: "input_token_max",
    label: "Read by it",
    unit: "tokens",
    fallback: 120_000,
    max: 2_000_000,
    isMoney: false,
  },
  {
    key: "output_token_max",
    label: "Written by it",
    unit: "tokens",
    fallback: 8_000,
    max: 200_000,
    isMoney: false,
  },
  { key: "duration_ms_max", label: "Time", unit: "ms", fallback: 90_000, max: 300_000, isMoney: false },
  {
    key: "cost_max",
    label: "Cost of a run",
    unit: "at most",
    fallback: undefined,
    max: 1_000,
    isMoney: true,
  },
  {
    key: "input_price_per_million",
    label: "Price of reading",
    unit: "a million tokens",
    fallback: undefined,
    max: 10_000,
    isMoney: true,
  },
  {
    key: "output_price_per_million",
    label: "Price of writing",
    unit: "a million tokens",
    fallback: undefined,
    max: 10_000,
    isMoney: true,
  },
] as const;
export type BudgetKey = (typeof budgetRows)[number]["key"];

export function asksModel(policy: ModelPolicyWire | undefined): boolean {
  return triageOf(policy).enabled === true;
}

/** Whom triage may ask whether a failure was filed before. */
export const askingRows = [
  {
    value: "markers",
    label: "By our marker",
    help: "Sends a hash to the destinations a draft goes to. No reported text leaves.",
  },
  {
    value: "titles",
    label: "By our marker and the title",
    help: "The title leaves before anybody approved it, to find issues that were filed by hand.",
  },
  { value: "off", label: "Nobody", help: "No destination is asked; our own receipts still tell." },
] as const;
export type AskingLevel = (typeof askingRows)[number]["value"];

export function askingOf(policy: ModelPolicyWire | undefined): AskingLevel {
  const said = triageOf(policy).ask_destinations;
  return askingRows.find(({ value }) => value === said)?.value ?? (said === undefined ? "markers" : "off");
}

export function withAskingOf(
  policy: ModelPolicyWire | undefined,
  level: AskingLevel,
): ModelPolicyWire | undefined {
  const { ask_destinations: _, ...rest } = triageOf(policy);
  return withTriage(policy, level === "markers" ? rest : { ...rest, ask_destinations: level });
}

export function budgetOf(policy: ModelPolicyWire | undefined, key: BudgetKey): number | undefined {
  const budget = triageOf(policy).budget;
  const value = isObject(budget) ? budget[key] : undefined;
  return typeof value === "number" ? value : undefined;
}

/** Money that is not said yet: without it a model is not asked. */
export const lacksPrices = (policy: ModelPolicyWire | undefined): boolean =>
  budgetRows.some(({ key, isMoney }) => isMoney && budgetOf(policy, key) === undefined);

export function withAsking(
  policy: ModelPolicyWire | undefined,
  enabled: boolean,
): ModelPolicyWire | undefined {
  const { enabled: _, ...rest } = triageOf(policy);
  return withTriage(policy, enabled ? { ...rest, enabled: true } : rest);
}

export function withBudget(
  policy: ModelPolicyWire | undefined,
  key: BudgetKey,
  value: number | undefined,
): ModelPolicyWire | undefined {
  const triage = triageOf(policy);
  const { [key]: _, ...others } = isObject(triage.budget) ? triage.budget : {};
  const budget = value === undefined ? others : { ...others, [key]: value };
  const { budget: __, ...rest } = triage;
  return withTriage(policy, Object.keys(budget).length > 0 ? { ...rest, budget } : rest);
}

/** An amount as people write it: digits with a point or a comma. */
export function readAmount(text: string): number | undefined {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,6}(?:\.\d{1,6})?$/.test(plain) ? Number(plain) : undefined;
}

function withTriage(
  policy: ModelPolicyWire | undefined,
  triage: Record<string, unknown>,
): ModelPolicyWire | undefined {
  const { triage: _, ...rest } = policy ?? {};
  const next = Object.keys(triage).length > 0 ? { ...rest, triage } : rest;
  return Object.keys(next).length > 0 ? next : undefined;
}

const triageOf = (policy: ModelPolicyWire | undefined): Record<string, unknown> =>
  isObject(policy?.triage) ? policy.triage : {};
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
