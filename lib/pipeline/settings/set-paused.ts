import type { MonitorConfig } from "@/lib/domain/config";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { changeConfig, configSubject } from "./change-config";

/**
 * Pauses or resumes the monitor. Idempotent, and never refused for what else the configuration holds: stopping must
 * not depend on a folder that has moved.
 */
export async function setPaused(ctx: Context, { paused }: { paused: boolean }): Promise<MonitorConfig> {
  await authorize(ctx, "configure", configSubject);
  const { config } = await changeConfig(ctx, {
    action: paused ? "incident_monitor.paused" : "incident_monitor.resumed",
    change: (stored) => ({ ...stored, paused }),
    skipValidation: true,
  });
  return config;
}
