import { defaultConfig, type MonitorConfig } from "@/lib/domain/config";
import { type ConfigPatch, mergeConfig } from "@/lib/domain/config-merge";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigConditions, type ConfigOutcome, changeConfig, configSubject } from "./change-config";
import { requireConfigRevision } from "./require-config-revision";

export type ConfigKey = keyof ConfigPatch;

/** `keys`: only these are made as they were, the rest stays; all of them when absent. */
export type RestoreConfigInput = ConfigConditions & { version: number; keys?: readonly ConfigKey[] };

/**
 * Makes an earlier revision, or some keys of it, the configuration again, as a new revision: history is only added to.
 *
 * @throws AppError not_found `config_revision_not_found`, and what `patchConfig` throws.
 */
export async function restoreConfig(ctx: Context, input: RestoreConfigInput): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  const { version, keys, ...conditions } = input;
  const found = await requireConfigRevision(ctx, version);
  const { version: _version, updatedAtMs: _updatedAtMs, ...wanted } = found.config;
  return changeConfig(ctx, {
    ...conditions,
    action: "incident_monitor.config.restored",
    // Over the defaults, not over what is stored: a key the revision leaves unset is unset again.
    change: (stored) => {
      if (keys) return mergeConfig({ ...stored, ...pick(defaultConfig, keys) }, pick(wanted, keys));
      const base = { ...defaultConfig, version: stored.version, updatedAtMs: stored.updatedAtMs };
      return mergeConfig(base, wanted);
    },
  });
}

function pick(config: Partial<MonitorConfig>, keys: readonly ConfigKey[]): Partial<MonitorConfig> {
  return Object.fromEntries(keys.map((key) => [key, config[key]]));
}
