import { loadConfig } from "@/lib/db/config-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { readableProjects } from "@/lib/domain/permission";
import { lintRoutes, type RouteFinding } from "@/lib/domain/route-lint";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { configSubject } from "../settings/change-config";

/** Every reader may ask, and a large table takes seconds: each stored configuration is looked at once. */
const known = new WeakMap<MonitorConfig, readonly RouteFinding[]>();

function findingsOf(config: MonitorConfig): readonly RouteFinding[] {
  const findings = known.get(config) ?? lintRoutes(config);
  known.set(config, findings);
  return findings;
}

/**
 * What the routing table does that its author hardly meant, of the stored configuration as a whole. Somebody with project
 * roles alone is told of their own projects' sources and no others. Never writes.
 *
 * @throws AppError forbidden
 */
export async function getRouteLint(ctx: Context): Promise<RouteFinding[]> {
  await authorize(ctx, "read", configSubject);
  const findings = findingsOf(await loadConfig(ctx.db));
  const projects = readableProjects(ctx.actor);
  if (projects === null) return [...findings];
  return findings.filter(({ projectId }) => projectId === undefined || projects.includes(projectId));
}
