import type { ConfigWire } from "@/lib/contracts/config";

export type ModelPolicyWire = NonNullable<ConfigWire["model_policy"]>;
export type Model = { provider_id: string; model_id: string };

/** The models a policy names, by role; null is the one for every role that has none of its own. */
export type NamedModel = Model & { role: string | null };

export function modelsOf(policy: ModelPolicyWire | undefined): NamedModel[] {
  const model = (value: unknown): Model | null => {
    if (!isObject(value)) return null;
    return { provider_id: textOf(value.provider_id), model_id: textOf(value.model_id) };
  };
  const main = model(policy?.default_model);
  const roles = isObject(policy?.role_models) ? policy.role_models : {};
  return [
    ...(main ? [{ role: null, ...main }] : []),
    ...Object.entries(roles).flatMap(([role, value]) => {
      const named = model(value);
      return named ? [{ role, ...named }] : [];
    }),
  ];
}

/** With the models given and whatever else the policy holds; undefined when nothing is left of it. */
export function withModels(
  policy: ModelPolicyWire | undefined,
  models: readonly NamedModel[],
): ModelPolicyWire | undefined {
  const { default_model: _default, role_models: _roles, ...rest } = policy ?? {};
  const main = models.find(({ role }) => role === null);
  const roles = models.flatMap(({ role, ...model }) => (role === null ? [] : [[role, model] as const]));
  const next: ModelPolicyWire = {
    ...rest,
    ...(main && { default_model: { provider_id: main.provider_id, model_id: main.model_id } }),
    ...(roles.length > 0 && { role_models: Object.fromEntries(roles) }),
  };
  return Object.keys(next).length > 0 ? next : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
