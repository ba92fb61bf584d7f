import type { LogSourceHealth } from "@/lib/domain/log-source-state";
import type { Context } from "../context";
import { readLogSourceHealth } from "./list-log-sources";
import { type LogSourceInput, requireLogSource } from "./require-log-source";

/** How one log source stands. @throws AppError as requireLogSource */
export async function getLogSource(ctx: Context, input: LogSourceInput): Promise<LogSourceHealth> {
  const { config, project, source } = await requireLogSource(ctx, input, "read");
  const only = { ...config, monitoredProjects: [{ ...project, logSources: [source] }] };
  const [health] = await readLogSourceHealth(ctx, only);
  if (!health) throw new Error("a configured log source has no health");
  return health;
}
