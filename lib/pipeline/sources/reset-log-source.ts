import type { Context } from "../context";
import { notAvailable } from "../not-available";
import { type LogSourceInput, requireLogSource } from "./require-log-source";

/** Reads a log source from its beginning again. No log is read in this version. @throws AppError as requireLogSource; not_available */
export async function resetLogSource(ctx: Context, input: LogSourceInput): Promise<never> {
  await requireLogSource(ctx, input);
  throw notAvailable("log_sources", { project_id: input.projectId, source_id: input.sourceId });
}
