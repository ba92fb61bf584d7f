import { loadConfig } from "@/lib/db/config-store";
import type { MonitoredProject } from "@/lib/domain/config";
import { findProject } from "@/lib/domain/source-binding";
import type { Context } from "../context";
import { AppError } from "../errors";

/** A configured project. @throws AppError invalid `intake_project_unknown`. */
export async function requireProject(ctx: Context, projectId: string): Promise<MonitoredProject> {
  const project = findProject(await loadConfig(ctx.db), projectId);
  if (project) return project;
  throw new AppError("invalid", "intake_project_unknown", "No monitored project has this id.", {
    project_id: projectId,
  });
}
