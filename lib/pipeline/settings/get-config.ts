import { loadConfig } from "@/lib/db/config-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { readableProjects } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { configSubject } from "./change-config";
import { seesWhole, shownConfig } from "./config-view";
import { contentTag } from "./content-tag";

/** For other verbs: somebody with project roles alone is given those projects and no others. Not for showing. */
export async function readConfig(ctx: Context): Promise<MonitorConfig> {
  await authorize(ctx, "read", configSubject);
  const config = await loadConfig(ctx.db);
  const projects = readableProjects(ctx.actor);
  if (projects === null) return config;
  const monitoredProjects = config.monitoredProjects.filter(({ projectId }) => projects.includes(projectId));
  return { ...config, monitoredProjects };
}

/** The configuration as the actor may see it: their projects, and URLs shortened for who may not configure. */
export async function getConfig(ctx: Context): Promise<MonitorConfig> {
  return shownConfig(ctx, await readConfig(ctx));
}

/** The same with its tag: the version, which a write may name; with a hash for who sees only some of it. */
export async function viewConfig(ctx: Context): Promise<{ config: MonitorConfig; tag: string }> {
  const config = await getConfig(ctx);
  const version = String(config.version);
  return { config, tag: seesWhole(ctx) ? version : `${version}-${contentTag(config)}` };
}
