import { countLiveWatchers } from "@/lib/db/source-store";
import { readActivity, readStatusCounts } from "@/lib/db/status-store";
import { effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { isConnected } from "@/lib/domain/mcp";
import { readableProjects } from "@/lib/domain/permission";
import { bindSource } from "@/lib/domain/source-binding";
import {
  type MonitorStatus,
  namedModel,
  readinessFlags,
  requiresApproval,
  statusError,
  wantsGithub,
} from "@/lib/domain/status";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { readMcpServers } from "../mcp/read-mcp-servers";
import { readReadiness } from "../publishing/readiness";
import { modelReasons } from "../triage/ask-model";
import { readConfig } from "./get-config";
import { readSourceReadiness } from "./read-source-readiness";

/** Ready to be asked, where triage may ask one; a model that is only named is known to nobody here. */
function modelKnownIn(ctx: Context, config: MonitorConfig): boolean | null {
  const reasons = modelReasons(ctx, config);
  if (reasons) return reasons.length === 0;
  return namedModel(config) ? false : null;
}

/**
 * What is ready, what is wrong and how much is waiting, of the projects the actor may see. A pure read: it recovers,
 * publishes and connects nothing (D-16, W-50).
 *
 * @throws AppError forbidden
 */
export async function getStatus(ctx: Context): Promise<MonitorStatus> {
  await authorize(ctx, "read", { kind: "status", id: "incident_monitor" });
  const config = await readConfig(ctx);
  const projects = readableProjects(ctx.actor);
  const [readiness, sources, counts, activity, mcpServers, watchers] = await Promise.all([
    readReadiness(ctx, config),
    readSourceReadiness(ctx, config),
    readStatusCounts(ctx.db, projects),
    readActivity(ctx.db, projects),
    readMcpServers(ctx),
    countLiveWatchers(ctx.db, ctx.nowMs),
  ]);
  const destinations = effectiveDestinations(config);
  const standings = destinations.flatMap((destination) => {
    const row = readiness.get(destination.destinationId);
    return row ? [{ ...row, requiresApproval: requiresApproval(config, destination) }] : [];
  });
  const selected = config.mcpServer ? mcpServers.get(config.mcpServer) : undefined;
  const facts = {
    destinations: standings,
    sources: sources.rows,
    mcpServer: selected ? { connected: selected.enabled && isConnected(selected) } : null,
    modelKnown: modelKnownIn(ctx, config),
  };
  const active = config.monitoredProjects.filter((project) => project.enabled && !project.paused);
  return {
    config,
    destinations,
    readiness: readinessFlags(config, facts),
    destinationReadiness: standings,
    sourceReadiness: sources.rows,
    counts,
    activity,
    watcher: {
      running: watchers > 0,
      enabledProjects: active.length,
      enabledSources: active
        .flatMap((project) => project.logSources.map((source) => bindSource(project, source)))
        .filter((binding) => binding.watches).length,
      sources: sources.runtime,
    },
    githubWanted: wantsGithub(config),
    mcpToolNames: selected?.tools.map((tool) => tool.name) ?? [],
    lastError: statusError(config, facts),
  };
}
