import { type ConfigPatch, mergeConfig } from "@/lib/domain/config-merge";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigOutcome, changeConfig, configSubject } from "./change-config";

export type PatchConfigInput = {
  patch: ConfigPatch;
  /** The `updated_at_ms` the writer read. Absent, null or 0: whatever is stored is replaced. */
  expectedUpdatedAtMs?: number | null;
  /** The version the writer read, as an ETag: `"12"`. */
  ifMatch?: string | null;
  /** Decide and answer, write nothing. */
  dryRun?: boolean;
};

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
