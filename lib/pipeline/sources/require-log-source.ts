import { loadConfig } from "@/lib/db/config-store";
import type { AuditSubject } from "@/lib/domain/audit";
import type { LogSource, MonitorConfig, MonitoredProject } from "@/lib/domain/config";
import type { Permission } from "@/lib/domain/permission";
import { findLogSource, findProject } from "@/lib/domain/source-binding";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export type LogSourceInput = { projectId: string; sourceId: string };

export type RequiredLogSource = {
  config: MonitorConfig;
  project: MonitoredProject;
  source: LogSource;
  subject: AuditSubject & { projectId: string };
};

/**
 * A configured log source, once the actor may do this to it.
 *
 * @throws AppError not_found `log_source_not_found`, also for a project the actor may not read; forbidden.
 */
export async function requireLogSource(
  ctx: Context,
  { projectId, sourceId }: LogSourceInput,
  permission: Permission = "configure",
): Promise<RequiredLogSource> {
  const missing = new AppError("not_found", "log_source_not_found", "There is no such log source", {
    project_id: projectId,
    source_id: sourceId,
  });
  const config = await loadConfig(ctx.db);
  const project = findProject(config, projectId);
  const source = project && findLogSource(project, sourceId);
  if (!project || !source) throw missing;
  const subject = { kind: "log_source", id: `${projectId}/${sourceId}`, projectId };
  await authorizeRecord(ctx, permission, subject, missing);
  return { config, project, source, subject };
}
