import { refreshMcpServers } from "@/lib/pipeline/mcp/refresh-mcp-servers";
import { startSweep } from "./sweep";
import type { Worker, WorkerContext } from "./worker";

/** Asks MCP servers now and then what tools they have. */
export function startRefreshMcp(worker: WorkerContext): Worker {
  const stopping = new AbortController();
  const sweep = startSweep(worker, {
    name: "refresh-mcp",
    everyMs: 5_000,
    failure: "MCP servers could not be inspected",
    run: async () => {
      await refreshMcpServers(worker.context("mcp"), stopping.signal);
    },
  });
  return {
    stop: async () => {
      stopping.abort();
      await sweep.stop();
    },
  };
}
