import { listLogSourceRuntime, observeSources } from "@/lib/db/source-store";
import { sha256Hex } from "@/lib/digest";
import type { MonitorConfig } from "@/lib/domain/config";
import { type SourceReadiness, sourceReadiness } from "@/lib/domain/source-readiness";
import type { LogSourceRuntime } from "@/lib/domain/status";
import type { Context } from "../context";

/** Readiness of every project and log source of this configuration, with what the watcher knows of them. Reads only. */
export async function readSourceReadiness(
  ctx: Context,
  config: MonitorConfig,
): Promise<{ rows: SourceReadiness[]; runtime: LogSourceRuntime[] }> {
  const runtime = await listLogSourceRuntime(ctx.db, config);
  const observations = await observeSources(ctx.db, config, runtime);
  return { rows: sourceReadiness(config, observations, ctx.nowMs, sha256Hex), runtime };
}
