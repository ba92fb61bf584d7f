import { defaultConfig } from "@/lib/domain/config";
import { mergeConfig } from "@/lib/domain/config-merge";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigConditions, type ConfigOutcome, changeConfig, configSubject } from "./change-config";
import { requireConfigRevision } from "./require-config-revision";

export type RestoreConfigInput = ConfigConditions & { version: number };

/**
 * Makes an earlier revision the configuration again, as a new revision: history is only added to.
 *
 * @throws AppError not_found `config_revision_not_found`, and what `patchConfig` throws.
 */
export async function restoreConfig(ctx: Context, input: RestoreConfigInput): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  const { version, ...conditions } = input;
  const found = await requireConfigRevision(ctx, version);
  const { version: _version, updatedAtMs: _updatedAtMs, ...wanted } = found.config;
  return changeConfig(ctx, {
    ...conditions,
    action: "incident_monitor.config.restored",
    // Over the defaults, not over what is stored: a key the revision leaves unset is unset again.
    change: (stored) => {
      const base = { ...defaultConfig, version: stored.version, updatedAtMs: stored.updatedAtMs };
      return mergeConfig(base, wanted);
    },
  });
}
