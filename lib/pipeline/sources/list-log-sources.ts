import { countOpenQuarantined } from "@/lib/db/log-quarantine-store";
import { keyOfSource, type TailState } from "@/lib/db/log-tail-rows";
import { listTailStates } from "@/lib/db/log-tail-store";
import { countLiveWatchers } from "@/lib/db/source-store";
import type { MonitorConfig } from "@/lib/domain/config";
import { logSourceHealth } from "@/lib/domain/log-source-health";
import type { LogSourceHealth, LogSourceHealthState } from "@/lib/domain/log-source-state";
import { bindSource, sourceHold } from "@/lib/domain/source-binding";
import type { Context } from "../context";
import { readConfig } from "../settings/get-config";

export type ListLogSourcesInput = { projectId?: string; state?: LogSourceHealthState };

/** How every log source stands of the projects the actor may see, in the configuration's order. @throws AppError forbidden */
export async function listLogSources(
  ctx: Context,
  { projectId, state }: ListLogSourcesInput = {},
): Promise<LogSourceHealth[]> {
  const config = await readConfig(ctx);
  const all = await readLogSourceHealth(ctx, config);
  return all.filter(
    (each) =>
      (projectId === undefined || each.projectId === projectId) &&
      (state === undefined || each.state === state),
  );
}

/** For other verbs: of every log source of this configuration. */
export async function readLogSourceHealth(ctx: Context, config: MonitorConfig): Promise<LogSourceHealth[]> {
  const [tails, quarantined, watchers] = await Promise.all([
    listTailStates(ctx.db),
    countOpenQuarantined(ctx.db),
    countLiveWatchers(ctx.db, ctx.nowMs),
  ]);
  return config.monitoredProjects.flatMap((project) =>
    project.logSources.map((source) => {
      const key = keyOfSource({ projectId: project.projectId, sourceId: source.sourceId });
      const tail = tails.get(key);
      return logSourceHealth(project.projectId, {
        source,
        stopped: sourceHold(config, project, source),
        standing: tail ? standingOf(tail) : null,
        watched: watchers > 0,
        openQuarantined: quarantined.get(key) ?? 0,
        freshnessSlaMs: bindSource(project, source).dataReadiness.freshnessSlaMs ?? null,
        nowMs: ctx.nowMs,
      });
    }),
  );
}

const standingOf = ({ position, ...tail }: TailState) => ({
  ...tail,
  generation: position?.generation ?? 0,
  offset: position?.offset ?? 0,
});
