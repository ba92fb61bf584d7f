import { claimMcpInspections } from "@/lib/db/mcp-server-store";
import { isConnected, type McpServer } from "@/lib/domain/mcp";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { askForTools, keepInspection } from "./inspect-mcp-server";
import { readMcpServers } from "./read-mcp-servers";
import { mcpServerSubject } from "./require-mcp-server";

/** A server that answers is asked again after this; one that does not, sooner, so that its return is noticed. */
const freshMs = 300_000;
const retryMs = 30_000;
/** Longer than an inspection may take. */
const leaseMs = 45_000;
const atOnceMax = 4;

/**
 * Inspects servers nobody has asked for a while, so that readiness goes by how they are and not by how they once were. Returns
 * how many were asked.
 *
 * @throws AppError forbidden for anyone but the system.
 */
export async function refreshMcpServers(ctx: Context, signal?: AbortSignal): Promise<number> {
  await authorize(ctx, "work", mcpServerSubject("*"));
  if (!ctx.services.mcp) return 0;
  const servers = await readMcpServers(ctx);
  const due = [...servers.values()].filter((each) => each.enabled && isDue(each, ctx.nowMs));
  const taken = await claimMcpInspections(ctx.db, due.slice(0, atOnceMax), ctx.nowMs, leaseMs);
  await Promise.all(
    taken.map(async (name) => {
      const server = servers.get(name);
      if (!server) return;
      const found = await askForTools(ctx, server, signal);
      // Stopping says nothing about the server.
      if (!signal?.aborted) await keepInspection(ctx, server, found, "refresh");
    }),
  );
  return taken.length;
}

function isDue(server: McpServer, nowMs: number): boolean {
  if (server.inspectedAtMs === null) return true;
  return nowMs - server.inspectedAtMs >= (isConnected(server) ? freshMs : retryMs);
}
