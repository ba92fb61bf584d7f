import { findRevisionConfig } from "@/lib/db/config-revision-store";
import { defaultConfig } from "@/lib/domain/config";
import { mergeConfig } from "@/lib/domain/config-merge";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type ConfigOutcome, changeConfig, configSubject } from "./change-config";

export type RestoreConfigInput = {
  version: number;
  expectedUpdatedAtMs?: number | null;
  dryRun?: boolean;
};

/**
 * Makes an earlier revision the configuration again, as a new revision: history is only added to.
 *
 * @throws AppError not_found `config_revision_not_found`, and what `patchConfig` throws.
 */
export async function restoreConfig(ctx: Context, input: RestoreConfigInput): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  const { version, ...conditions } = input;
  const revision = await findRevisionConfig(ctx.db, version);
  if (!revision) {
    throw new AppError("not_found", "config_revision_not_found", `There is no revision ${version}.`, {
      version,
    });
  }
  const { version: _version, updatedAtMs: _updatedAtMs, ...wanted } = revision;
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
