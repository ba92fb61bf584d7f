import { budgetFaults, type ModelBudget } from "@/lib/domain/model-budget";
import { type Reason, reason } from "@/lib/domain/reason";
import { checkUrl, type UrlPolicy } from "@/lib/net/url-policy";
import type { ModelAccess } from "./model-analysis";

export type ModelSettings = {
  /** Off unless somebody switches it on. */
  enabled: boolean;
  /** Of the host (D-34); null where none is given. */
  baseUrl: string | null;
  keyRef: string | null;
  modelId: string | null;
  budget: ModelBudget | null;
};

export type ReadinessDeps = {
  policy: UrlPolicy;
  resolveSecret: (reference: string) => { ok: true; values: string[] } | { ok: false; reason: Reason };
};

/** Everything that keeps the model from being asked; empty when it can be. Nobody is asked for it, and no reason has a value of a secret. */
export function modelReadiness(settings: ModelSettings, deps: ReadinessDeps): Reason[] {
  if (!settings.enabled) return [reason("model_off", "Analysis by a model is switched off.")];
  const reasons: Reason[] = [];
  if (!settings.baseUrl)
    reasons.push(reason("model_endpoint_missing", "This host names no endpoint of a model."));
  else reasons.push(...endpointReasons(settings.baseUrl, deps.policy));
  if (!settings.modelId?.trim())
    reasons.push(reason("model_id_missing", "The configuration names no model."));
  else reasons.push(...modelIdReasons(settings.modelId));
  if (!settings.keyRef)
    reasons.push(reason("model_key_missing", "This host names no secret that holds the model's key."));
  else {
    const resolved = deps.resolveSecret(settings.keyRef);
    if (!resolved.ok) reasons.push(resolved.reason);
    else reasons.push(...keyReasons(resolved.values[0] ?? ""));
  }
  reasons.push(...budgetReasons(settings.budget));
  return reasons;
}

/** The same of what a run is given, so that a run that skipped the question is refused too. */
export function accessReasons(access: ModelAccess, budget: ModelBudget): Reason[] {
  return [
    ...endpointReasons(access.baseUrl, access.policy),
    ...modelIdReasons(access.modelId),
    ...keyReasons(access.key),
    ...budgetReasons(budget),
  ];
}

function endpointReasons(baseUrl: string, policy: UrlPolicy): Reason[] {
  const verdict = checkUrl(baseUrl, policy);
  if (!verdict.ok) return verdict.reasons;
  // `/chat/completions` is appended to it as it is written.
  if (!/[?#]/.test(baseUrl)) return [];
  return [reason("model_endpoint_query", "The model's endpoint must be a URL without a query.")];
}

const modelIdReasons = (modelId: string): Reason[] =>
  /^[\x21-\x7e]{1,200}$/.test(modelId)
    ? []
    : [reason("model_id_malformed", "The model's id must be 1 to 200 visible characters without spaces.")];

const keyReasons = (key: string): Reason[] =>
  /^[\x21-\x7e]{8,4096}$/.test(key)
    ? []
    : [reason("secret_malformed", "The model's key is too short, or cannot be sent as a header.")];

function budgetReasons(budget: ModelBudget | null): Reason[] {
  if (!budget)
    return [reason("model_budget_missing", "What the model may use, its prices among it, is not set.")];
  const faults = budgetFaults(budget);
  if (faults.length === 0) return [];
  return [reason("model_budget_malformed", `Not an amount: ${faults.join(", ")}.`)];
}
