import type { Reason } from "@/lib/domain/reason";
import { urlPolicyFor } from "@/lib/net/url-policy";
import type { ModelAccess } from "./model-analysis";
import { type ModelSettings, modelReadiness, type ReadinessDeps } from "./model-readiness";

export type AccessDeps = Pick<ReadinessDeps, "resolveSecret"> & { privateNetworks: readonly string[] };

/** Everything that keeps the model from being asked; empty when it can be. Nobody is asked for it. */
export function modelObstacles(
  settings: ModelSettings,
  { privateNetworks, resolveSecret }: AccessDeps,
): Reason[] {
  return modelReadiness(settings, { policy: policyOf(settings, privateNetworks), resolveSecret });
}

/** How the model is reached, its key resolved; null while anything is in the way. */
export function modelAccess(settings: ModelSettings, deps: AccessDeps): ModelAccess | null {
  if (modelObstacles(settings, deps).length > 0) return null;
  const { baseUrl, keyRef, modelId } = settings;
  const resolved = keyRef ? deps.resolveSecret(keyRef) : null;
  const key = resolved?.ok ? resolved.values[0] : undefined;
  if (!baseUrl || !modelId || !key) return null;
  return { baseUrl, policy: policyOf(settings, deps.privateNetworks), key, modelId };
}

/** The host opens its private networks to it as it does to MCP servers (D-34). */
const policyOf = ({ baseUrl }: ModelSettings, privateNetworks: readonly string[]) =>
  urlPolicyFor(baseUrl ?? "", privateNetworks);
