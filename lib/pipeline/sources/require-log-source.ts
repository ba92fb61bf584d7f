import { loadConfig } from "@/lib/db/config-store";
import type { LogSource } from "@/lib/domain/config";
import { findLogSource, findProject } from "@/lib/domain/source-binding";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export type LogSourceInput = { projectId: string; sourceId: string };

/**
 * A configured log source, once the actor may configure it.
 *
 * @throws AppError not_found `log_source_not_found`, also for a project the actor may not read; forbidden.
 */
export async function requireLogSource(ctx: Context, input: LogSourceInput): Promise<LogSource> {
  const { projectId, sourceId } = input;
  const missing = new AppError("not_found", "log_source_not_found", "There is no such log source", {
    project_id: projectId,
    source_id: sourceId,
  });
  const project = findProject(await loadConfig(ctx.db), projectId);
  const source = project && findLogSource(project, sourceId);
  if (!source) throw missing;
  const subject = { kind: "log_source", id: `${projectId}/${sourceId}`, projectId };
  await authorizeRecord(ctx, "configure", subject, missing);
  return source;
}
