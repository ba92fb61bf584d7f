import { announceChange } from "@/lib/db/change-feed";
import { saveMcpInspection } from "@/lib/db/mcp-server-store";
import { inTransaction } from "@/lib/db/transaction";
import type { McpServer, McpTool } from "@/lib/domain/mcp";
import { type Reason, reason } from "@/lib/domain/reason";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordReassessmentTrigger } from "../governance/record-reassessment-trigger";
import { recordAudit } from "../record-audit";
import { withoutHeardSecrets, withoutSecrets } from "../without-secrets";
import { describeMcpServer, type ListedMcpServer } from "./list-mcp-servers";
import { mcpServerSubject, requireMcpServer } from "./require-mcp-server";

const inspectionMs = 10_000;

/**
 * Connects to a server, asks for its tools and keeps them with their schemas and hashes, or why that failed. Calls no tool. A
 * server that is disabled is not asked.
 *
 * @throws AppError forbidden, not_found `mcp_server_not_found`, not_ready `mcp_server_disabled`, conflict `mcp_server_stale`
 */
export async function inspectMcpServer(ctx: Context, input: { name: string }): Promise<ListedMcpServer> {
  await authorize(ctx, "configure", mcpServerSubject(input.name));
  const server = await requireMcpServer(ctx, input.name);
  if (!server.enabled) {
    const message = "The MCP server is disabled; enable it to inspect it";
    throw new AppError("not_ready", "mcp_server_disabled", message, { name: server.name });
  }
  const { stopping } = ctx.services;
  const found = await askForTools(ctx, server, stopping);
  // Stopping says nothing about the server.
  if (stopping?.aborted) return describeMcpServer(ctx, server);
  if (!(await keepInspection(ctx, server, found, "asked"))) {
    const message = "The MCP server was changed while it was inspected; inspect it again";
    throw new AppError("conflict", "mcp_server_stale", message, { name: server.name });
  }
  return describeMcpServer(ctx, await requireMcpServer(ctx, server.name));
}

export type FoundTools = { tools: McpTool[] } | { error: Reason };

/** One conversation with a server: hello, its tools page by page, goodbye. Its texts may quote our sign-in. Writes nothing. */
export async function askForTools(
  ctx: Context,
  server: McpServer,
  signal: AbortSignal | undefined,
): Promise<FoundTools> {
  const { mcp } = ctx.services;
  if (!mcp) return { error: reason("mcp_not_available", "This process cannot call MCP servers.") };
  const opened = await mcp.open(server, { timeoutMs: inspectionMs, ...(signal && { signal }) });
  if (!opened.ok) return { error: withoutHeardSecrets(opened.failure.reason) };
  try {
    const listed = await opened.session.listTools();
    if (!listed.ok) return { error: withoutHeardSecrets(listed.failure.reason) };
    // A tool is called by its name: one that looks like a secret is not kept at all.
    return {
      tools: listed.tools.filter(({ name }) => withoutSecrets(name) === name).map(withoutHeardSecrets),
    };
  } finally {
    await opened.session.close();
  }
}

/**
 * Writes what was found. An inspection nobody asked for is only audited where it changed something; other tools than before
 * are a cause to assess the deployment again, whoever asked.
 */
export async function keepInspection(
  ctx: Context,
  server: McpServer,
  found: FoundTools,
  occasion: "asked" | "refresh",
): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await saveMcpInspection(tx, server, found, new Date(ctx.nowMs)))) return false;
    const changed = changeOf(server, found);
    if (occasion === "asked" || changed.differs) {
      await recordAudit(tx, ctx, {
        action: "incident_monitor.mcp_server.inspected",
        outcome: "tools" in found ? "done" : "failed",
        subject: mcpServerSubject(server.name),
        detail: { occasion, ...changed.facts },
      });
      await announceChange(tx, { topic: "config", id: server.name });
    }
    if (changed.offersOther) {
      await recordReassessmentTrigger(tx, ctx, [
        { trigger: "mcp_inventory_change", detail: [`mcp_servers.${server.name}.tools`] },
      ]);
    }
    return true;
  });
}

function changeOf(server: McpServer, found: FoundTools) {
  if ("error" in found) {
    const differs = server.lastError?.code !== found.error.code;
    return { differs, offersOther: false, facts: { reason: found.error.code } };
  }
  const before = new Map(server.tools.map((tool) => [tool.name, tool.schemaHash]));
  const after = new Map(found.tools.map((tool) => [tool.name, tool.schemaHash]));
  const facts = {
    tools: after.size,
    added: [...after.keys()].filter((name) => !before.has(name)).length,
    removed: [...before.keys()].filter((name) => !after.has(name)).length,
    changed: [...after].filter(([name, hash]) => before.has(name) && before.get(name) !== hash).length,
  };
  const isRecovery = server.lastError !== null || server.connectedAtMs === null;
  const offersOther = facts.added + facts.removed + facts.changed > 0;
  return { differs: isRecovery || offersOther, offersOther, facts };
}
