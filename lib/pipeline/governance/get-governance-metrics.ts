import {
  defaultThresholds,
  defaultWindowMs,
  type GovernanceThresholds,
} from "@/lib/domain/governance-metrics";
import { projectsHolding } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { type GovernanceMaturity, measureGovernance } from "./measure-governance";

export type GetGovernanceMetricsInput = {
  toMs?: number | null;
  windowMs?: number | null;
  thresholds?: { [K in keyof GovernanceThresholds]?: number | null } | null;
  trendWindows?: number | null;
};

export type GovernanceAnswer = GovernanceMaturity & {
  generatedAtMs: number;
  projects: readonly string[] | null;
};

/**
 * The six metrics and the drift signals of a window, over the projects that the actor may assess. Reads only.
 *
 * @throws AppError forbidden
 */
export async function getGovernanceMetrics(
  ctx: Context,
  input: GetGovernanceMetricsInput,
): Promise<GovernanceAnswer> {
  const projects = projectsHolding(ctx.actor, "assess");
  // Who may assess some projects asks for those; who may assess none is refused as everybody is.
  await authorize(ctx, "assess", { kind: "security", id: "governance_metrics", projectId: projects?.[0] });
  const given = Object.entries(input.thresholds ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const maturity = await measureGovernance(ctx, projects, {
    toMs: input.toMs ?? ctx.nowMs,
    windowMs: Math.max(1, input.windowMs ?? defaultWindowMs),
    thresholds: { ...defaultThresholds, ...Object.fromEntries(given) },
    trendWindows: input.trendWindows ?? 0,
  });
  return { ...maturity, generatedAtMs: ctx.nowMs, projects };
}
