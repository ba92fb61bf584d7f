import { keyOfSource, type SourceKey } from "@/lib/db/log-tail-rows";
import type { LogSource, MonitorConfig, MonitoredProject } from "@/lib/domain/config";
import { type LogRules, logRules } from "@/lib/domain/log-reading-rules";
import { bindSource, type SourceBinding, sourceHold } from "@/lib/domain/source-binding";

/** A log source that may be read now, with what the configuration says of how. */
export type WatchedSource = SourceKey & {
  key: string;
  project: Omit<MonitoredProject, "logSources">;
  source: LogSource;
  binding: SourceBinding;
  rules: LogRules;
  /** Changes with anything that is to be read or bound otherwise. */
  version: string;
};

/** The sources that may be read, by key. Paused and disabled ones are not (D-15): their place in the file stays. */
export function listWatchedSources(config: MonitorConfig): Map<string, WatchedSource> {
  const watched = new Map<string, WatchedSource>();
  for (const { logSources, ...project } of config.monitoredProjects) {
    for (const source of logSources) {
      if (sourceHold(config, { ...project, logSources }, source)) continue;
      const { projectId } = project;
      const { sourceId } = source;
      const key = keyOfSource({ projectId, sourceId });
      const version = JSON.stringify([project, source]);
      const binding = bindSource(project, source);
      const rules = logRules(source, binding);
      watched.set(key, { key, projectId, sourceId, project, source, binding, rules, version });
    }
  }
  return watched;
}
