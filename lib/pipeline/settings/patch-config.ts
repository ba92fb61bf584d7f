import { type ConfigPatch, mergeConfig } from "@/lib/domain/config-merge";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigConditions, type ConfigOutcome, changeConfig, configSubject } from "./change-config";

/** `expectedUpdatedAtMs`: absent, null or 0 replaces whatever is stored. `ifMatch`: the version read, as an ETag. */
export type PatchConfigInput = ConfigConditions & { patch: ConfigPatch };

/**
 * Merges a patch over the configuration (D-18). A patch that changes nothing writes nothing.
 *
 * @throws AppError conflict `config_stale`, invalid `config_invalid` with `issues` and `detail`.
 */
export async function patchConfig(ctx: Context, input: PatchConfigInput): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  const { patch, ...conditions } = input;
  return changeConfig(ctx, {
    ...conditions,
    action: "incident_monitor.config.updated",
    change: (stored) => mergeConfig(stored, patch),
  });
}
