import { loadConfig } from "@/lib/db/config-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { configSubject } from "./change-config";

/** The configuration; somebody with project roles alone is shown those projects and no others. */
export async function getConfig(ctx: Context): Promise<MonitorConfig> {
  await authorize(ctx, "read", configSubject);
  const config = await loadConfig(ctx.db);
  const projects = readableProjects(ctx.actor);
  if (projects === null) return config;
  const monitoredProjects = config.monitoredProjects.filter(({ projectId }) => projects.includes(projectId));
  return { ...config, monitoredProjects };
}
