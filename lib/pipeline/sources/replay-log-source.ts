import type { Context } from "../context";
import { notAvailable } from "../not-available";
import { type LogSourceInput, requireLogSource } from "./require-log-source";

/** Submits the newest candidate of a log source again. No log is read in this version. @throws AppError as requireLogSource; not_available */
export async function replayLogSource(ctx: Context, input: LogSourceInput): Promise<never> {
  await requireLogSource(ctx, input);
  throw notAvailable("log_sources", { project_id: input.projectId, source_id: input.sourceId });
}
