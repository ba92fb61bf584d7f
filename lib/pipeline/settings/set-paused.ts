import { authorize } from "../authorize";
import type { Context } from "../context";
import { type ConfigConditions, type ConfigOutcome, changeConfig, configSubject } from "./change-config";

export type SetPausedInput = ConfigConditions & { paused: boolean };

/**
 * Pauses or resumes the monitor. Idempotent, and never refused for what else the configuration holds: stopping must
 * not depend on a folder that has moved.
 *
 * @throws AppError forbidden, conflict `config_stale`
 */
export async function setPaused(
  ctx: Context,
  { paused, ...conditions }: SetPausedInput,
): Promise<ConfigOutcome> {
  await authorize(ctx, "configure", configSubject);
  return changeConfig(ctx, {
    ...conditions,
    action: paused ? "incident_monitor.paused" : "incident_monitor.resumed",
    change: (stored) => ({ ...stored, paused }),
    skipValidation: true,
  });
}
