import type { MonitorConfig } from "@/lib/domain/config";
import { maskConfig } from "@/lib/domain/config-mask";
import { decidePermission } from "@/lib/domain/permission";
import type { Context } from "../context";

/** Who may configure sees what is configured; everybody else does without the paths of webhook URLs. */
export const seesWhole = (ctx: Context): boolean => decidePermission(ctx.actor, "configure").allowed;

export const shownConfig = (ctx: Context, config: MonitorConfig): MonitorConfig =>
  seesWhole(ctx) ? config : maskConfig(config);
